"""PostgreSQL: a GIN index over the words of each message."""

from __future__ import annotations

from django.db import connection

from frontdesk.search.words import Term

# Lower case without accents, as the words of a query are folded; no stemming, no stop words: "not" matters here.
FOLDED = "translate(lower(text), 'áàâäãåéèêëíìîïóòôöõúùûüñç', 'aaaaaaeeeeiiiiooooouuuunc')"
VECTOR = f"to_tsvector('simple', regexp_replace({FOLDED}, '[^[:alnum:]]+', ' ', 'g'))"
INDEX = f"CREATE INDEX IF NOT EXISTS search_text ON transcripts_message USING gin (({VECTOR}))"
# Found first and put in order then: else the planner may walk all messages from the newest, reading each.
FOUND = f"""WITH found AS MATERIALIZED (
    SELECT id FROM transcripts_message WHERE {VECTOR} @@ to_tsquery('simple', %s))
    SELECT id FROM found ORDER BY id DESC LIMIT %s"""  # noqa: S608 - constants of this file


def prepare() -> None:
    """Makes the index where it is missing."""
    if "transcripts_message" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute(INDEX)


def query(terms: tuple[Term, ...]) -> str:
    """The terms in the language of to_tsquery; words are letters and digits only."""
    return " & ".join(f"({' <-> '.join(term.words)}{'' if term.exact else ':*'})" for term in terms)


def forget() -> None:
    """Drops the index's entries of rows that are gone. Never within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM transcripts_message")
