"""Reading the project's examples, and what is said of a file that is not in form."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.triage.examples import Example, ExampleError, read_examples, read_file
from bot.triage.levels import Level, Subject

GOOD = """version: "3.1"
nlu:
- intent: crisis
  metadata: {level: crisis, signals: [self_harm], subject: other, voice: caregiver, calibration: true}
  examples: |
    - she keeps a hoodie on in july
    - - dashes - stay
- intent: followup
  metadata: {kind: why, voice: fragment}
  examples: |
    - how come
- synonym: x
  examples: |
    - y
"""
BAD = {
    "level": ("metadata: {level: urgent}", "crisis: 'urgent' is not a valid Level"),
    "signal": ("metadata: {level: crisis, signals: [sadness]}", r"unknown signals \['sadness'\]"),
    "subject": ("metadata: {level: crisis, subject: them}", "'them' is not a valid Subject"),
    "yaml": ("metadata: {level: [", "not readable as YAML"),
}


def written(folder: Path, text: str, name: str = "some.yml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_examples_with_what_they_are(tmp_path: Path) -> None:
    crisis = (Level.CRISIS, ("self_harm",), Subject.OTHER, "caregiver", "some")
    assert read_file(written(tmp_path, GOOD)) == [
        Example("she keeps a hoodie on in july", "crisis", *crisis, calibration=True),
        Example("- dashes - stay", "crisis", *crisis, calibration=True),
        Example("how come", "followup", Level.NONE, (), Subject.UNKNOWN, "fragment", "some", "why"),
    ]


def test_files_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    written(tmp_path, GOOD, "b.yml")
    written(tmp_path / "a", GOOD.replace("how come", "why is that"), "z.yml")
    assert [one.text for one in read_examples(tmp_path) if one.intent == "followup"] == ["why is that", "how come"]


@pytest.mark.parametrize(("metadata", "message"), BAD.values(), ids=BAD)
def test_a_file_that_is_not_in_form_is_named(tmp_path: Path, metadata: str, message: str) -> None:
    path = written(tmp_path, f"nlu:\n- intent: crisis\n  {metadata}\n  examples: |\n    - x\n")
    with pytest.raises(ExampleError, match=message) as raised:
        read_file(path)
    assert str(raised.value).startswith(f"{path}: ")


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "some.yml").write_bytes("nlu: [é]".encode("latin-1"))
    with pytest.raises(ExampleError, match=r"some\.yml: not readable"):
        read_file(tmp_path / "some.yml")


LABELS = {
    "crisis": "disclosure",
    "distress": "disclosure",
    "faq/alcohol": "faq/alcohol",
    "off_topic": "off_topic",
}


@pytest.mark.parametrize(("intent", "label"), LABELS.items())
def test_the_topic_classifiers_label(intent: str, label: str) -> None:
    assert Example("x", intent, Level.NONE, (), Subject.UNKNOWN, "plain", "").label == label


def test_the_label_of_a_follow_up_is_what_it_asks() -> None:
    assert Example("x", "followup", Level.NONE, (), Subject.UNKNOWN, "plain", "", "why").label == "followup/why"
