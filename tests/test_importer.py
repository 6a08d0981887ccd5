"""Rasa makes the same of our importer's data as of its own's, and warns of nothing."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from rasa.shared.exceptions import YamlSyntaxException
from rasa.shared.importers.importer import CombinedDataImporter, ResponsesSyncImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.importer import Importer
from bot.nlu.reply_selector import RETRIEVAL
from bot.paths import ROOT

READ = Importer.get_nlu_data


@pytest.fixture(autouse=True)
def _few_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them take Rasa a minute to read; here only which intents have a slash matters."""
    few = TrainingData([Message.build(f"one of {intent}", f"{intent}/detail") for intent in RETRIEVAL])
    for kind in (RasaFileImporter, Importer):
        monkeypatch.setattr(kind, "get_nlu_data", lambda *_: few)


def made(kind: type[RasaFileImporter]) -> ResponsesSyncImporter:
    own = kind(str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(ROOT / "data")])
    return ResponsesSyncImporter(CombinedDataImporter([own]))


def test_the_domain_and_the_rules_stay_the_same() -> None:
    ours, rasas = made(Importer), made(RasaFileImporter)
    assert ours.get_domain().fingerprint() == rasas.get_domain().fingerprint()
    assert ours.get_stories().fingerprint() == rasas.get_stories().fingerprint()
    assert set(RETRIEVAL) <= set(ours.get_domain().intents)


@pytest.mark.parametrize(("kind", "warned"), [(Importer, False), (RasaFileImporter, True)])
def test_only_rasas_own_calls_intents_duplicated(kind: type[RasaFileImporter], *, warned: bool) -> None:
    """When Rasa's no longer does, ours can go."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        made(kind).get_domain()
    assert any("duplicated intents" in str(one.message) for one in caught) is warned


def test_examples_without_a_domain() -> None:
    """As `rasa test nlu --cross-validation` reads each fold."""
    own = Importer(str(ROOT / "config.yml"), training_data_paths=[str(ROOT / "data")])
    assert own.get_domain().is_empty()


BLOCK = """- intent: crisis/abuse
  metadata: {level: crisis, signals: [abuse], subject: self, voice: plain}
  examples: |
    - he took my phone
    -   "sorry", he says: every time
"""
FILES = [
    ("plain", BLOCK),
    ("an intent without tags", "- intent: off_topic\n  examples: |\n    - what's the weather\n"),
    ("an entity", BLOCK + "    - in [Boston](place) again\n"),
    ("a block of its own form", BLOCK + "- synonym: oxycodone\n  examples: |\n    - oxys\n"),
    ("examples that are a list", "- intent: off_topic\n  examples:\n  - text: |\n      what now\n"),
    ("a line that is none", BLOCK + "    not one\n"),
    ("an indented line", BLOCK + "       - deeper\n"),
]


@pytest.mark.filterwarnings("ignore:Issue found while processing")
@pytest.mark.parametrize("blocks", [blocks for _, blocks in FILES], ids=[name for name, _ in FILES])
def test_examples_are_read_as_rasa_reads_them(tmp_path: Path, blocks: str) -> None:
    file = tmp_path / "some.yml"
    file.write_text('version: "3.1"\nnlu:\n' + blocks, encoding="utf-8")
    ours, rasas = READ(Importer(training_data_paths=[str(file)])), load_data(str(file))
    assert rasas.training_examples
    assert [one.as_dict() for one in ours.training_examples] == [one.as_dict() for one in rasas.training_examples]
    assert ours.fingerprint() == rasas.fingerprint()


@pytest.mark.filterwarnings("ignore:Training data file")
def test_a_file_of_another_version_is_left_to_rasa(tmp_path: Path) -> None:
    file = tmp_path / "some.yml"
    file.write_text('version: "9.0"\nnlu:\n' + BLOCK, encoding="utf-8")
    assert READ(Importer(training_data_paths=[str(file)])).is_empty()


def test_the_examples_are_read_once(tmp_path: Path) -> None:
    file = tmp_path / "some.yml"
    file.write_text('version: "3.1"\nnlu:\n' + BLOCK, encoding="utf-8")
    own = Importer(training_data_paths=[str(file)])
    assert READ(own) is READ(own)


def test_a_file_that_breaks_later_is_named(tmp_path: Path) -> None:
    file = tmp_path / "some.yml"
    file.write_text('version: "3.1"\nnlu:\n' + BLOCK, encoding="utf-8")
    own = Importer(training_data_paths=[str(file)])
    file.write_text('version: "3.1"\nnlu:\n- intent: "off\n', encoding="utf-8")
    with pytest.raises(YamlSyntaxException, match=r"some\.yml"):
        READ(own)
