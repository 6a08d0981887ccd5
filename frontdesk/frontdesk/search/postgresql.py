"""PostgreSQL: a column with the words of each message, which it keeps itself, and a GIN index over it."""

from __future__ import annotations

from itertools import pairwise

from django.db import connection

from frontdesk.search.words import Term

# Lower case without accents, as the words of a query are folded; no stemming, no stop words: "not" matters here.
FOLDED = "translate(lower(text), 'áàâäãåéèêëíìîïóòôöõúùûüñç', 'aaaaaaeeeeiiiiooooouuuunc')"
WORDS = f"regexp_replace({FOLDED}, '[^[:alnum:]]+', ' ', 'g')"
# Beside its words, each two that follow each other as one, joined by JOINT: a phrase of frequent words ("lower the
# dose") is looked up by them. Without, each message with all its words is read to see whether they stand in a row.
JOINT = "zz"
PAIRED = f"'(\\S+) (\\S+)', '\\1{JOINT}\\2', 'g'"
PAIRS = f"regexp_replace({WORDS}, {PAIRED}) || ' ' || regexp_replace(regexp_replace({WORDS}, '^ ?\\S+ ', ''), {PAIRED})"
VECTOR = f"to_tsvector('simple', {WORDS}) || strip(to_tsvector('simple', {PAIRS}))"
COLUMN = f"""ALTER TABLE transcripts_message DROP COLUMN IF EXISTS search_words,
    ADD COLUMN IF NOT EXISTS search_vector tsvector GENERATED ALWAYS AS ({VECTOR}) STORED"""
INDEX = "CREATE INDEX IF NOT EXISTS search_vector_gin ON transcripts_message USING gin (search_vector)"
# Where one in a hundred of the newest messages matches, messages are read from the newest on until there are enough;
# what is rarer is looked up in the index. Left to itself the planner takes the first way for a rare word's beginning
# too, whose frequency it does not know: it then reads every message (20 s for a million). OFFSET 0 and MATERIALIZED
# keep it from mixing the two.
NEWEST, OFTEN = 5000, 50
MATCH = "search_vector @@ to_tsquery('simple', %s)"
FOUND = f"""WITH frequent AS MATERIALIZED (SELECT count(*) >= %s AS so FROM
        (SELECT search_vector FROM transcripts_message ORDER BY id DESC LIMIT %s) AS newest WHERE {MATCH}),
    looked_up AS MATERIALIZED
        (SELECT id FROM transcripts_message WHERE NOT (SELECT so FROM frequent) AND {MATCH})
    (SELECT id FROM (SELECT id, search_vector FROM transcripts_message WHERE (SELECT so FROM frequent)
        ORDER BY id DESC OFFSET 0) AS read WHERE {MATCH} LIMIT %s)
    UNION ALL (SELECT id FROM looked_up ORDER BY id DESC LIMIT %s)"""  # noqa: S608 (constants; the values are parameters)


def prepare() -> None:
    """Makes the column and the index where they are missing."""
    if "transcripts_message" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute(COLUMN)
        cursor.execute(INDEX)


def found(terms: tuple[Term, ...], most: int) -> tuple[str, list[str | int]]:
    """Statement and values: the ids of the newest `most` messages that hold all terms."""
    wanted = query(terms)
    return FOUND, [OFTEN, NEWEST, wanted, wanted, wanted, most, most]


def query(terms: tuple[Term, ...]) -> str:
    """The terms in the language of to_tsquery; words are letters and digits only."""
    return " & ".join(_looked_up(term) for term in terms)


def _looked_up(term: Term) -> str:
    beginning = "" if term.exact else ":*"
    pairs = [JOINT.join(two) for two in pairwise(term.words)]
    phrase = " <-> ".join(term.words) + beginning
    return " & ".join([f"({phrase})", *pairs]) + (beginning if pairs else "")


def forget() -> None:
    """Drops the index's entries of rows that are gone. Never within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM transcripts_message")
