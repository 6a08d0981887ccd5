"""The one decision: from the evidence to level, signals and subject. A pure function; docs/decisions says why it is
built so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.triage.conversation import Conversation, says
from bot.triage.levels import SIGNAL_LEVELS, Assessment, Evidence, Level, Subject
from bot.triage.needs import need_of
from bot.triage.rules import tells_of_a_death, told_from_outside
from bot.triage.thresholds import level_of

LEARNED = "learned"
"""Source of evidence that no rule gave."""
REFUSAL = "refusal"
"""The reply to somebody in danger who won't call; it is given once, then help is named as before."""
LEARNED_SIGNAL = 0.5
"""Probability from which a learned signal is named beside the one that made the level."""
CLEAR_SIGNAL = 0.8
"""Probability from which a learned signal has a say in which reply is given, where words stand for one of the level."""
EXCUSED = 0.5
"""Share of its threshold that the learned score must reach for a rule of danger whose words a context excuses."""
HELP_FROM_OUTSIDE = 0.5
"""How likely a need of help must be in news or a story that names nobody ("in the news, an overdose"): as
likely as not. Danger is taken as seriously there as anywhere.
"""

DANGER_AFTER_A_DEATH = 0.5
"""The same for danger, where a death by suicide or overdose is told that has happened: that is grief (triage.md),
unless more is said.
"""


@dataclass(frozen=True)
class Learned:
    """What the learned part says of one message. `span` is where in the original the most alarming piece stands."""

    scores: dict[str, float]
    signals: dict[str, float]
    subject: Subject
    addiction_over_distress: bool
    span: tuple[int, int]


@dataclass(frozen=True)
class _Reason:
    level: Level
    why: str
    evidence: tuple[Evidence, ...] = ()


def decide(
    text: str, rules: Sequence[Evidence], learned: Learned, conversation: Conversation, thresholds: dict[str, float]
) -> Assessment:
    """The assessment of a message: the highest level that any evidence calls for.

    `text` is the normalised message. Evidence of the same level is named in this order: rules, the learned part, the
    turn before.
    """
    thresholds = _for_message(text, thresholds)
    reasons = [
        _by_rules(rules, learned, thresholds),
        _by_learning(text, learned, thresholds, conversation),
        *_by_turn(text, conversation, learned.span),
    ]
    reason = max(reasons, key=lambda one: one.level.rank)
    if reason.level is Level.NONE:
        return Assessment(why=reason.why, scores=learned.scores)
    found = [e for one in reasons for e in one.evidence if SIGNAL_LEVELS[e.signal].rank <= reason.level.rank]
    found += _learned_evidence(reason.level, learned, {e.signal for e in found})
    found.sort(key=lambda e: -SIGNAL_LEVELS[e.signal].rank)
    signals = tuple(dict.fromkeys(e.signal for e in found))
    subject = _subject(found, learned)
    told = {e.need for e in found if e.need and e.level is reason.level}
    need = need_of(reason.level, _deciding(found, reason.level, learned), subject, told)
    return Assessment(reason.level, signals, subject, tuple(found), need, reason.why, learned.scores)


def _for_message(text: str, thresholds: dict[str, float]) -> dict[str, float]:
    """The thresholds, raised where the words of danger or need tell of others or of a death that has happened."""
    least = {}
    if told_from_outside(text):
        least = {"help": HELP_FROM_OUTSIDE}
    if tells_of_a_death(text):
        least |= {"emergency": DANGER_AFTER_A_DEATH, "danger": DANGER_AFTER_A_DEATH}
    return {name: max(value, least.get(name, 0)) for name, value in thresholds.items()}


def _by_rules(rules: Sequence[Evidence], learned: Learned, thresholds: dict[str, float]) -> _Reason:
    """The rules' level, of those that stand (docs/decisions/0010).

    Where the learned part is all but certain that the message is harmless ("i took too many selfies"), only those whose
    words are never said in jest. Of those that a context excuses ("we were watching a movie"), only where the learned
    part hears danger too, though not loudly enough to say so alone.
    """
    if not rules:
        return _Reason(Level.NONE, "no rule")
    harmless = 1 - learned.scores["help"] >= thresholds["harmless"]
    standing = tuple(
        evidence
        for evidence in rules
        if not (harmless and evidence.figurative) and not (evidence.excused and _unheard(evidence, learned, thresholds))
    )
    if not standing:
        return _Reason(Level.NONE, f"rule {rules[0].source}, read as harmless")
    top = max(standing, key=lambda evidence: evidence.level.rank)
    return _Reason(top.level, f"rule {top.source}", standing)


def _unheard(evidence: Evidence, learned: Learned, thresholds: dict[str, float]) -> bool:
    tail = "emergency" if evidence.level is Level.EMERGENCY else "danger"
    return learned.scores[tail] < EXCUSED * thresholds[tail]


def _by_learning(text: str, learned: Learned, thresholds: dict[str, float], conversation: Conversation) -> _Reason:
    if says("parting", text) and not (conversation.highest.is_danger or conversation.recent_despair):
        return _Reason(Level.NONE, "a bare parting, no danger told before")
    return _Reason(
        level_of(learned.scores, thresholds, addiction_over_distress=learned.addiction_over_distress), "learned"
    )


def _by_turn(text: str, conversation: Conversation, span: tuple[int, int]) -> list[_Reason]:
    """What the turn before makes of this message (triage.md, hard cases)."""
    subject = conversation.turns[-1].subject if conversation.turns else Subject.SELF

    def reason(level: Level, why: str, signal: str, need: str = "") -> _Reason:
        return _Reason(level, why, (Evidence(signal, level, *span, why, subject, need),))

    found = []
    if conversation.asked == "danger_now":
        if says("yes", text):
            found.append(reason(Level.EMERGENCY, "yes to danger now", conversation.danger_meant))
        elif says("no", text):
            found.append(reason(Level.DISTRESS, "no to danger now", "hopelessness"))
    if conversation.danger_fresh and says("retraction", text):
        found.append(reason(Level.DISTRESS, "taken back after a crisis", "hopelessness"))
    if conversation.danger_fresh and says("refusal", text):
        need = "" if conversation.turns[-1].need == REFUSAL else REFUSAL
        found.append(reason(conversation.recent_danger, "refusal of help after a crisis", "suicidal_thoughts", need))
    if conversation.recent_despair and says("means_question", text):
        found.append(reason(Level.CRISIS, "means asked after despair", "lethal_means"))
    return found


def _learned_evidence(level: Level, learned: Learned, known: set[str]) -> list[Evidence]:
    """Signals above one half, and the likeliest one of the level itself when nothing else stands for it."""
    names = [
        s
        for s, p in learned.signals.items()
        if p >= LEARNED_SIGNAL and SIGNAL_LEVELS[s].rank <= level.rank and s not in known
    ]
    if not any(SIGNAL_LEVELS[s] is level for s in (*known, *names)):
        names.append(max((s for s in learned.signals if SIGNAL_LEVELS[s] is level), key=lambda s: learned.signals[s]))
    return [Evidence(s, SIGNAL_LEVELS[s], *learned.span, LEARNED, learned.subject) for s in names]


def _deciding(found: Sequence[Evidence], level: Level, learned: Learned) -> tuple[str, ...]:
    """The signals that choose the reply: all of them, but without the doubtful ones when words stand for the level.

    "I cut myself again" gets the words about self-harm although the learned part may hear of suicide in it as well.
    """
    worded = [e for e in found if e.source != LEARNED and e.level is level]
    return tuple(
        e.signal for e in found if not worded or e.source != LEARNED or learned.signals[e.signal] >= CLEAR_SIGNAL
    )


def _subject(found: Sequence[Evidence], learned: Learned) -> Subject:
    """Whose life the highest signal is about; the learned part where the words do not say."""
    top = max(SIGNAL_LEVELS[e.signal].rank for e in found)
    named = [e.subject for e in found if SIGNAL_LEVELS[e.signal].rank == top and e.subject is not Subject.UNKNOWN]
    return named[0] if named else learned.subject
