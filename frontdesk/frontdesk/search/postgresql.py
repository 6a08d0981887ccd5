"""PostgreSQL: a column with the words of each message, which it keeps itself, and a GIN index over it."""

from __future__ import annotations

from django.db import connection

from frontdesk.search.words import Term

# Lower case without accents, as the words of a query are folded; no stemming, no stop words: "not" matters here.
FOLDED = "translate(lower(text), 'áàâäãåéèêëíìîïóòôöõúùûüñç', 'aaaaaaeeeeiiiiooooouuuunc')"
VECTOR = f"to_tsvector('simple', regexp_replace({FOLDED}, '[^[:alnum:]]+', ' ', 'g'))"
COLUMN = f"""ALTER TABLE transcripts_message ADD COLUMN IF NOT EXISTS search_words tsvector
    GENERATED ALWAYS AS ({VECTOR}) STORED"""
INDEX = "CREATE INDEX IF NOT EXISTS search_text ON transcripts_message USING gin (search_words)"
# Up to so many matches are looked up in the index and sorted; of a more frequent word, the newest messages are read
# until there are enough. Left to itself the planner takes the second way for a rare word's beginning too, whose
# frequency it does not know: it then reads every message (20 s for a million).
FEW = 20_000
MATCH = "search_words @@ to_tsquery('simple', %s)"
FOUND = f"""WITH few AS MATERIALIZED (SELECT id FROM transcripts_message WHERE {MATCH} LIMIT %s)
    (SELECT id FROM few WHERE (SELECT count(*) FROM few) <= %s
    UNION ALL
    (SELECT id FROM transcripts_message WHERE (SELECT count(*) FROM few) > %s AND {MATCH} ORDER BY id DESC LIMIT %s))
    ORDER BY id DESC LIMIT %s"""  # noqa: S608 (constants; the values are parameters)


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
    return FOUND, [wanted, FEW + 1, FEW, FEW, wanted, most, most]


def query(terms: tuple[Term, ...]) -> str:
    """The terms in the language of to_tsquery; words are letters and digits only."""
    return " & ".join(f"({' <-> '.join(term.words)}{'' if term.exact else ':*'})" for term in terms)


def forget() -> None:
    """Drops the index's entries of rows that are gone. Never within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM transcripts_message")
