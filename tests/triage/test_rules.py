"""The rules for what must never be missed: each against its own rows, and what they stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from _pytest.mark.structures import ParameterSet

from bot.triage import data
from bot.triage.levels import SIGNAL_LEVELS, Evidence, Level, Subject
from bot.triage.needs import all_needs
from bot.triage.normalise import normalise
from bot.triage.rules import RuleError, _rule, all_rules, contexts, expand, find, tells_of_a_death

FILES = sorted(path for path in data.FOLDER.rglob("*.yml"))
ENTRIES = [
    entry for file in sorted((data.FOLDER / "rules").glob("*.yml")) for entry in yaml.safe_load(file.read_text())
]
GOOD = {"id": "x", "signal": "overdose", "level": "emergency", "subject": "other", "any": ["a"], "match": ["a"]}
BAD: dict[str, tuple[dict[str, Any], str]] = {
    "unknown key": ({"when": "now"}, r"unknown keys \['when'\]"),
    "unknown signal": ({"signal": "sadness"}, "no signal is named 'sadness'"),
    "unknown context": ({"unless": ["dreams"]}, r"no context is named \['dreams'\]"),
    "unknown context required": ({"requires": ["dreams"]}, r"no context is named \['dreams'\]"),
    "unknown group": ({"any": ["<weather>"]}, "<weather> is no group"),
    "no regular expression": ({"any": ["("]}, "is not a regular expression"),
}


def rows(kind: str) -> Iterator[ParameterSet]:
    for rule in all_rules():
        for message in getattr(rule, kind):
            yield pytest.param(rule.id, message, id=f"{rule.id}: {message}")


def found(message: str) -> list[Evidence]:
    """What stands whatever is learned."""
    return [evidence for evidence in find(normalise(message)) if not evidence.excused]


@pytest.mark.parametrize(("rule", "message"), rows("match"))
def test_a_rule_matches_what_it_must(rule: str, message: str) -> None:
    assert rule in {evidence.source for evidence in found(message)}


@pytest.mark.parametrize(("rule", "message"), rows("no_match"))
def test_a_rule_leaves_alone_what_it_must(rule: str, message: str) -> None:
    assert rule not in {evidence.source for evidence in found(message)}


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_a_rule_has_rows_of_both_kinds(rule: Any) -> None:
    assert rule.match
    assert rule.no_match


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
def test_a_rule_says_why_it_is_there(entry: dict[str, Any]) -> None:
    assert len(entry.get("reason", "")) > 10


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_a_rule_names_what_exists(rule: Any) -> None:
    assert not rule.need or rule.need in all_needs()[rule.level.value]
    assert rule.subject in ("self", "other", "unknown", "from_words")
    assert SIGNAL_LEVELS[rule.signal] is rule.level


def test_no_two_rules_share_a_name() -> None:
    names = [rule.id for rule in all_rules()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", contexts())
def test_a_context_is_used_by_a_rule_and_has_a_reason(name: str) -> None:
    assert any(name in (*rule.unless, *rule.requires) for rule in all_rules())
    assert data.load("contexts")[name]["reason"]


@pytest.mark.parametrize(("change", "message"), BAD.values(), ids=BAD)
def test_a_rule_that_can_not_be_read_is_named(change: dict[str, Any], message: str) -> None:
    with pytest.raises(RuleError, match=message):
        _rule({**GOOD, **change}, "some.yml")


def test_a_group_within_a_group_is_written_out() -> None:
    assert "<" not in expand("<other>").replace("(?<", "")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_word_of_the_data_is_a_yaml_boolean(file: Path) -> None:
    """A bare yes, no, on or off is true or false to YAML: `says("yes", …)` once failed every turn after a crisis."""

    def words(node: Any) -> Iterator[Any]:
        if isinstance(node, dict):
            for key, value in node.items():
                yield from (key, *(() if key in ("rule", "need", "figurative") and value is True else words(value)))
        elif isinstance(node, list):
            for value in node:
                yield from words(value)
        else:
            yield node

    odd = [word for word in words(yaml.safe_load(file.read_text(encoding="utf-8"))) if not isinstance(word, str)]
    assert odd == []


def test_evidence_counts_in_the_message_as_it_was_typed() -> None:
    message = "😭 sry… my bf od\u2019d"
    [evidence] = [one for one in found(message) if one.source == "overdosing"]
    assert message[evidence.start : evidence.end] == "my bf od\u2019d"
    assert (evidence.signal, evidence.level, evidence.subject) == ("overdose", Level.EMERGENCY, Subject.OTHER)


def test_the_longest_match_of_a_rule_is_its_evidence() -> None:
    message = "hes not breathing. my big brother is not even breathing"
    [evidence] = [one for one in found(message) if one.source == "not_breathing"]
    assert message[evidence.start : evidence.end] == "my big brother is not even breathing"


@pytest.mark.parametrize(
    ("message", "death"),
    [
        ("my brother died by suicide last year", True),
        ("we lost her to an overdose", True),
        ("my dad took his own life in june", True),
        ("he killed himself when i was nine", True),
        ("she overdosed and died", True),
        ("my brother died by suicide and i still miss him, today is his birthday", True),
        ("i took my own life in my hands", False),
        ("my brother talks about suicide", False),
        ("he overdosed", False),
        ("my dad just killed himself in the garage", False),
        ("i found him, he took his own life", False),
        ("i think she overdosed and died", False),
        ("she wants to kill herself", False),
    ],
)
def test_a_death_that_has_happened(message: str, *, death: bool) -> None:
    assert tells_of_a_death(normalise(message).text) is death


NEGATED = [
    "no one cares i want to kill myself",
    "im not suicidal i just want to die",
    "i dont want to kill myself but i keep thinking about suicide",
    "not saying i would cut myself again",
    "he didnt overdose i think he overdosed on something else",
]


@pytest.mark.parametrize("message", NEGATED)
def test_negation_never_silences_suicide_self_harm_or_overdose(message: str) -> None:
    assert any(evidence.level.is_danger for evidence in found(message))


def test_a_context_of_the_sentence_reaches_no_further() -> None:
    assert not any(e.source == "want_to_die" for e in found("lol i want to die"))
    assert any(e.source == "want_to_die" for e in found("that was funny lol. i want to die"))


def test_a_context_of_the_message_reaches_all_of_it() -> None:
    assert not found("he wont wake up. thats how the novel ends")


def test_danger_that_a_context_excuses_is_still_seen() -> None:
    [evidence] = find(normalise("we were watching a movie n she wont wake up"))
    assert (evidence.source, evidence.excused) == ("not_waking", True)


def test_what_is_less_than_danger_is_gone_where_a_context_excuses_it() -> None:
    assert find(normalise("the hero of my novel is addicted to heroin")) == []


def test_a_match_that_nothing_excuses_goes_before_a_longer_one() -> None:
    message = "lol he took too much. my very best friend from the gym took too much of her pills"
    [evidence] = [one for one in find(normalise(message)) if one.source == "took_too_many"]
    assert not evidence.excused
    message = "he took too much. lol my friend took way too much of her pills"
    [evidence] = [one for one in find(normalise(message)) if one.source == "took_too_many"]
    assert (message[evidence.start : evidence.end], evidence.excused) == ("took too much", False)
