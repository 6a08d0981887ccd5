"""The figures of the desk: each a plot, the numbers it is drawn from, and a sentence on how to read it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.safestring import SafeString

from frontdesk.desk.models import Correction, Review, State
from frontdesk.figures import plots
from frontdesk.figures.shared_words import LEAST, grouped
from frontdesk.figures.when import Day, Hour, Period
from frontdesk.figures.wilson import interval
from frontdesk.transcripts.levels import OFFERS_HELP, Cause, Channel, Kind, Level
from frontdesk.transcripts.models import Conversation, Message, Reply

MOST_TOPICS = 20
# Texts compared for the words that unanswered questions share: enough to see what is asked, and quick.
NEWEST = 2000
# What the assistant says when it has no answer (data/nlu): these intents, or a reply of kind `unsure`.
NO_ANSWER = ("not_in_article", "off_topic")
OPEN = Q(replies__kind=Kind.UNSURE) | Q(intent__in=NO_ANSWER) | Q(replies__kind=Kind.SAFETY)
URGENT_FIRST = tuple(reversed(Level))


@dataclass(frozen=True)
class Figure:
    """`columns` name what the tuples of `rows` hold."""

    title: str
    note: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    plot: SafeString


def by_day(period: Period) -> Figure:
    counts = _by_day(_conversations(period), "channel")
    series = {channel.label: [counts[day, channel.value] for day in _days(period)] for channel in Channel}
    note = "Conversations by the day on which they began."
    return _daily("Conversations a day, by channel", note, period, series)


def by_hour(period: Period) -> Figure:
    found = _messages(period).values(hour=Hour("received_at"), channel=F("conversation__channel"))
    counts = {(row["hour"], row["channel"]): row["count"] for row in found.annotate(count=Count("pk"))}
    series = {channel.label: [counts.get((hour, channel.value), 0) for hour in range(24)] for channel in Channel}
    labels = [f"{hour:02}:00" for hour in range(24)]
    title = "Messages by hour of the day"
    note = "Messages of all days together, by the hour (UTC) in which they came."
    rows = list(zip(labels, *series.values(), strict=True))
    return Figure(title, note, ("hour", *series), rows, plots.columns(title, labels, series))


def levels(period: Period) -> Figure:
    counts = _by_day(_conversations(period), "level")
    series = {level.label: [counts[day, level.value] for day in _days(period)] for level in URGENT_FIRST}
    note = "Conversations by the day on which they began and the highest level in them."
    return _daily("Levels over time", note, period, series)


def hand_offs(period: Period) -> Figure:
    offered = _by_day(_conversations(period), "help_offered")
    days = _days(period)
    series = {
        "help offered": [offered[day, True] for day in days],
        "not offered": [offered[day, False] for day in days],
    }
    kinds = ", ".join(sorted(OFFERS_HELP))
    note = f"Conversations in which the number was offered (a reply of kind {kinds}), and those in which it was not."
    return _daily("Hand-offs", note, period, series)


def topics(period: Period) -> Figure:
    found = _messages(period).exclude(topic="").values("topic").annotate(count=Count("pk")).order_by("-count", "topic")
    rows = [(row["topic"], row["count"]) for row in found]
    title = "Topics"
    note = f"Messages by the topic the assistant answered; the plot shows the {MOST_TOPICS} most frequent."
    return Figure(title, note, ("topic", "messages"), rows, plots.bars(title, rows[:MOST_TOPICS]))


def unanswered(period: Period) -> Figure:
    found = _messages(period).filter(OPEN).values("intent", "replies__kind").annotate(count=Count("pk", distinct=True))
    counts: Counter[str] = Counter()
    for row in found:
        counts[_why(row["intent"], row["replies__kind"])] += row["count"]
    rows = counts.most_common()
    title = "Unanswered questions"
    note = "Messages that got no answer from the article, by why. The list finds them: filter, or search for a word."
    return Figure(title, note, ("why", "messages"), rows, plots.bars(title, rows))


def asked_about(period: Period) -> Figure:
    newest = _messages(period).exclude(text="").order_by("-received_at").values_list("text", flat=True)
    groups, alone = grouped(list(newest.filter(OPEN).distinct()[:NEWEST]), list(newest.exclude(OPEN)[:NEWEST]))
    rows = [*groups[:MOST_TOPICS], ("none of these", alone + sum(count for _, count in groups[MOST_TOPICS:]))]
    title = "What unanswered questions share"
    note = (
        f"The newest {NEWEST} unanswered messages, each counted once under a word that at least {LEAST} of them share"
        " and that answered ones seldom have. A word asked for often may be worth an answer; search the list for it."
    )
    return Figure(title, note, ("word", "messages"), rows, plots.bars(title, rows[:-1]))


def agreement(period: Period) -> Figure:
    pairs = _judged(period)
    rows: list[tuple[Any, ...]] = []
    drawn: list[tuple[str, float | None, float, float]] = []
    for level in URGENT_FIRST:
        said, right = (
            sum(n for (a, _), n in pairs.items() if a == level),
            sum(n for (_, b), n in pairs.items() if b == level),
        )
        for name, of in (("precision", said), ("recall", right)):
            hits = pairs[level, level]
            low, high = interval(hits, of) if of else (0.0, 1.0)
            drawn.append((f"{level.label}, {name}", hits / of if of else None, low, high))
            share = (f"{hits / of:.3f}", f"{low:.3f}", f"{high:.3f}") if of else ("", "", "")
            rows.append((level.label, name, hits, of, *share))
    title = "Agreement with reviewers"
    note = (
        "Of the messages in reviewed conversations. Precision: of those the assistant gave this level, how many the"
        " reviewers left there. Recall: of those that have it by the reviewers, how many the assistant gave it. Lines:"
        " 95 % (Wilson). Urgent conversations are reviewed more often than others, so recall looks better than it is."
    )
    columns = ("level", "measure", "right", "of", "share", "from", "to")
    return Figure(title, note, columns, rows, plots.intervals(title, drawn))


def first_review(period: Period) -> Figure:
    reviewed = Review.objects.filter(conversation__started_at__gte=period.start, first_at__isnull=False)
    found = reviewed.values_list("conversation__level", "conversation__started_at", "first_at")
    hours: dict[int, list[float]] = defaultdict(list)
    for level, started_at, first_at in found.iterator():
        if first_at is not None:
            hours[level].append(max(0.0, (first_at - started_at).total_seconds() / 3600))
    rows = [
        (level.label, len(took), round(median(took), 2) if took else "", round(_ninth(took), 2) if took else "")
        for level, took in ((level, hours[level]) for level in URGENT_FIRST)
    ]
    title = "Time to the first review"
    note = "Hours from the first message to the first review: the median, and what nine of ten stay below."
    drawn = [(label, float(middle)) for label, _, middle, _ in rows if middle != ""]
    columns = ("level", "reviewed", "median hours", "nine of ten within hours")
    return Figure(title, note, columns, rows, plots.bars(f"{title}: median", drawn, " h"))


def safety(period: Period) -> Figure:
    given = Reply.objects.filter(kind=Kind.SAFETY, message__received_at__gte=period.start).order_by()
    counts = dict(given.values_list("cause").annotate(count=Count("pk")))
    rows = [(cause.label, counts.get(cause.value, 0)) for cause in Cause]
    rows.sort(key=lambda row: -row[1])
    title = "Safety replies"
    note = "Replies that the front desk gave by itself, by why."
    return Figure(title, note, ("cause", "replies"), rows, plots.bars(title, [row for row in rows if row[1]]))


FIGURES: dict[str, Callable[[Period], Figure]] = {
    "by-day": by_day,
    "by-hour": by_hour,
    "levels": levels,
    "hand-offs": hand_offs,
    "topics": topics,
    "unanswered": unanswered,
    "asked-about": asked_about,
    "agreement": agreement,
    "first-review": first_review,
    "safety": safety,
}


def _conversations(period: Period) -> QuerySet[Conversation]:
    return Conversation.objects.filter(started_at__gte=period.start).order_by()


def _messages(period: Period) -> QuerySet[Message]:
    return Message.objects.filter(received_at__gte=period.start).order_by()


def _days(period: Period) -> list[str]:
    return [day.isoformat() for day in period.dates()]


def _by_day(found: QuerySet[Conversation], name: str) -> Counter[tuple[str, Any]]:
    grouped = found.values(name, day=Day("started_at")).annotate(count=Count("pk"))
    return Counter({(row["day"], row[name]): row["count"] for row in grouped})


def _daily(title: str, note: str, period: Period, series: dict[str, list[int]]) -> Figure:
    days = _days(period)
    rows = list(zip(days, *series.values(), strict=True))
    labels = [day[5:] for day in days]
    return Figure(title, note, ("day", *series), rows, plots.columns(title, labels, series))


def _why(intent: str, kind: str | None) -> str:
    if kind == Kind.SAFETY:
        return "the assistant did not answer"
    return {"not_in_article": "not in the article", "off_topic": "off topic"}.get(intent, "not understood well enough")


def _judged(period: Period) -> Counter[tuple[int, int]]:
    """How many messages of reviewed conversations have which level by the assistant and which by the reviewers."""
    last = Correction.objects.filter(message=OuterRef("pk"), level__isnull=False).order_by("-id")
    reviewed = (State.REVIEWED, State.DONE)
    found = _messages(period).filter(level__isnull=False, conversation__review__state__in=reviewed)
    seen = found.filter(received_at__lte=F("conversation__review__changed_at"))
    grouped = (
        seen.annotate(right=Subquery(last.values("level")[:1])).values_list("level", "right").annotate(n=Count("pk"))
    )
    counts: Counter[tuple[int, int]] = Counter()
    for level, right, count in grouped:
        counts[level, level if right is None else right] += count
    return counts


def _ninth(values: list[float]) -> float:
    return quantiles(values, n=10)[-1] if len(values) > 1 else values[0]
