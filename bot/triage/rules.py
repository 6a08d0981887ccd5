"""Rules for what must never be missed: patterns and contexts as data (data/rules/*.yml), matched on normalised text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from bot.triage.data import FOLDER, load
from bot.triage.levels import SIGNAL_LEVELS, Evidence, Level
from bot.triage.normalise import Normalised
from bot.triage.sentences import Span, split
from bot.triage.subjects import subject_of

GROUP = re.compile(r"<([a-z_]+)>")
RULE_KEYS = {"id", "signal", "level", "subject", "need", "reason", "any", "match", "no_match"}
RULE_OPTIONS = {"unless", "requires", "figurative"}
FROM_OUTSIDE = ("news", "fiction")
"""Contexts in which what is told need not be about a life; not a lesson: those who sit in it write here too."""


class RuleError(ValueError):
    """A rule in data/rules can't be read; the message names the rule and what is wrong."""


@dataclass(frozen=True)
class Context:
    """Words around a match that change its meaning."""

    name: str
    whole_message: bool
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Rule:
    """One thing people say, and what it means."""

    id: str
    signal: str
    level: Level
    subject: str
    need: str
    unless: tuple[str, ...]
    requires: tuple[str, ...]
    figurative: bool
    """Also said in jest or of everyday things: the learned part may overrule it (docs/decisions/0010)."""
    patterns: tuple[re.Pattern[str], ...]
    match: tuple[str, ...]
    no_match: tuple[str, ...]


def expand(pattern: str) -> str:
    """The pattern with each <group> of vocabulary.yml written out; RuleError for an unknown group."""
    vocabulary = load("vocabulary")

    def replace(found: re.Match[str]) -> str:
        if found.group(1) not in vocabulary:
            raise RuleError(f"<{found.group(1)}> is no group of vocabulary.yml (in {pattern!r})")
        return str(vocabulary[found.group(1)])

    while GROUP.search(pattern):
        pattern = GROUP.sub(replace, pattern)
    return pattern


def _compiled(pattern: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(expand(pattern))
    except re.error as error:
        raise RuleError(f"{where}: {pattern!r} is not a regular expression: {error}") from error


@lru_cache(maxsize=1)
def contexts() -> dict[str, Context]:
    """All of contexts.yml, by name."""
    return {
        name: Context(
            name, entry["scope"] == "message", _compiled("|".join(f"(?:{p})" for p in entry["patterns"]), name)
        )
        for name, entry in load("contexts").items()
    }


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule of data/rules, in the order of the files' names. Raises RuleError for a rule that can't be read."""
    files = sorted((FOLDER / "rules").glob("*.yml"))
    return tuple(
        _rule(entry, file.name) for file in files for entry in yaml.safe_load(file.read_text(encoding="utf-8"))
    )


def _rule(entry: dict[str, Any], file: str) -> Rule:
    where = f"{file}: {entry.get('id', 'a rule without id')}"
    if unknown := set(entry) - RULE_KEYS - RULE_OPTIONS:
        raise RuleError(f"{where}: unknown keys {sorted(unknown)}")
    if entry["signal"] not in SIGNAL_LEVELS:
        raise RuleError(f"{where}: no signal is named {entry['signal']!r}")
    named = [*entry.get("unless", []), *entry.get("requires", [])]
    if missing := [name for name in named if name not in contexts()]:
        raise RuleError(f"{where}: no context is named {missing}")
    return Rule(
        id=entry["id"],
        signal=entry["signal"],
        level=Level(entry["level"]),
        subject=entry["subject"],
        need=entry.get("need", ""),
        unless=tuple(entry.get("unless", [])),
        requires=tuple(entry.get("requires", [])),
        figurative=bool(entry.get("figurative", False)),
        patterns=tuple(_compiled(pattern, where) for pattern in entry["any"]),
        match=tuple(map(str, entry["match"])),
        no_match=tuple(map(str, entry.get("no_match", []))),
    )


def told_from_outside(text: str) -> bool:
    """Whether a normalised message tells news or a story, and names nobody whose life it could be
    (triage.md, third person).
    """
    return not _somebody().search(text) and any(contexts()[name].pattern.search(text) for name in FROM_OUTSIDE)


def tells_of_a_death(text: str) -> bool:
    """Whether a normalised message tells of a death by suicide or overdose that has happened (triage.md: grief)."""
    return bool(contexts()["death_told"].pattern.search(text))


@lru_cache(maxsize=1)
def _somebody() -> re.Pattern[str]:
    return re.compile(expand(r"\b<somebody>\b"))


def find(message: Normalised, sentences: Sequence[Span] | None = None) -> list[Evidence]:
    """Everything the rules see in the message, with its span in the original text; the longest match of each rule.

    Where a context stands around every match of a rule, one of danger is `excused` and any other is not there
    (docs/decisions/0010). `sentences` of the normalised text spare the time to look for them again.
    """
    found: list[Evidence] = []
    whole = {
        name for name, context in contexts().items() if context.whole_message and context.pattern.search(message.text)
    }
    spans = split(message.text).sentences if sentences is None else sentences
    for rule in all_rules():
        around = {match: _sentence_around(match, message.text, spans) for match in _matches(rule, message.text)}
        holding = [match for match in around if all(_applies(name, around[match], whole) for name in rule.requires)]
        clear = [match for match in holding if not any(_applies(name, around[match], whole) for name in rule.unless)]
        if clear or (holding and rule.level.is_danger):
            best = max(clear or holding, key=lambda match: match.end() - match.start())
            found.append(_evidence(rule, best, message, excused=not clear))
    return found


def _matches(rule: Rule, text: str) -> Iterator[re.Match[str]]:
    for pattern in rule.patterns:
        yield from pattern.finditer(text)


def _applies(name: str, around: str, whole: set[str]) -> bool:
    """Whether the context is there: in the sentence, or among those found in the whole message."""
    context = contexts()[name]
    return name in whole if context.whole_message else bool(context.pattern.search(around))


def _sentence_around(match: re.Match[str], text: str, spans: Sequence[Span]) -> str:
    touching = [span for span in spans if span[0] < match.end() and span[1] > match.start()]
    if not touching:
        return match.group()
    return text[min(start for start, _ in touching) : max(end for _, end in touching)]


def _evidence(rule: Rule, match: re.Match[str], message: Normalised, *, excused: bool) -> Evidence:
    start, end = message.original_span(match.start(), match.end())
    subject = subject_of(rule.subject, match.group(), message.text)
    return Evidence(rule.signal, rule.level, start, end, rule.id, subject, rule.need, rule.figurative, excused)
