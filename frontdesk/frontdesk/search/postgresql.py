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
# The planner knows how frequent a word is: a rare one is looked up, for a frequent one the newest messages are read
# until there are enough. The column is there for the second way, which would else cut each message into words anew.
FOUND = "SELECT id FROM transcripts_message WHERE search_words @@ to_tsquery('simple', %s) ORDER BY id DESC LIMIT %s"


def prepare() -> None:
    """Makes the column and the index where they are missing."""
    if "transcripts_message" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute(COLUMN)
        cursor.execute(INDEX)


def query(terms: tuple[Term, ...]) -> str:
    """The terms in the language of to_tsquery; words are letters and digits only."""
    return " & ".join(f"({' <-> '.join(term.words)}{'' if term.exact else ':*'})" for term in terms)


def forget() -> None:
    """Drops the index's entries of rows that are gone. Never within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM transcripts_message")
