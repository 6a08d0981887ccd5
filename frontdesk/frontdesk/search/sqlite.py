"""SQLite: an FTS5 index beside the messages, kept in step by triggers.

The index holds no text of its own (`content=`), only the words and where they stand. Triggers rather than signals: no
way of writing a message can forget them. A migration that rebuilds the table of messages drops its triggers, so
`prepare` runs after every migration and makes anew what is missing.
"""

from __future__ import annotations

import time

from django.db import connection

from frontdesk.search.words import Term
from frontdesk.transcripts.writing import writing

TRIGGERS = {
    "search_added": """AFTER INSERT ON transcripts_message BEGIN
        INSERT INTO search_text(rowid, text) VALUES (new.id, new.text); END""",
    "search_changed": """AFTER UPDATE OF text ON transcripts_message BEGIN
        INSERT INTO search_text(search_text, rowid, text) VALUES ('delete', old.id, old.text);
        INSERT INTO search_text(rowid, text) VALUES (new.id, new.text); END""",
    "search_removed": """AFTER DELETE ON transcripts_message BEGIN
        INSERT INTO search_text(search_text, rowid, text) VALUES ('delete', old.id, old.text); END""",
}
TABLE = """CREATE VIRTUAL TABLE search_text USING fts5(
    text, content='transcripts_message', content_rowid='id', tokenize='unicode61 remove_diacritics 2')"""
# The newest first: the index is walked from its end, and only as far as needed.
FOUND = "SELECT rowid FROM search_text WHERE search_text MATCH %s ORDER BY rowid DESC LIMIT %s"

# Pages of the index that one step of `forget` rewrites: about 20 ms, so that a message never waits long to be stored.
PAGES_A_STEP = 400
BREATH_S = 0.01


def prepare() -> None:
    """Makes the index and its triggers where they are missing, and then fills it with what is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')")
        there = {name for (name,) in cursor.fetchall()}
        if "transcripts_message" not in there or there >= {"search_text", *TRIGGERS}:
            return
        if "search_text" not in there:
            cursor.execute(TABLE)
        for name in TRIGGERS.keys() - there:
            cursor.execute(f"CREATE TRIGGER {name} {TRIGGERS[name]}")
        cursor.execute("INSERT INTO search_text(search_text) VALUES ('rebuild')")


def found(terms: tuple[Term, ...], most: int) -> tuple[str, list[str | int]]:
    """Statement and values: the ids of the newest `most` messages that hold all terms."""
    return FOUND, [query(terms), most]


def query(terms: tuple[Term, ...]) -> str:
    """The terms in FTS5's language; every word is in quotes, so nothing in it is an operator."""
    return " AND ".join(f'"{" ".join(term.words)}"{"" if term.exact else " *"}' for term in terms)


def forget() -> None:
    """Rewrites the index without the words of messages that are gone, in small steps.

    FTS5 only notes that an entry was deleted, and drops the words when it next merges the parts of its index: this
    merges them all (https://www.sqlite.org/fts5.html#the_merge_command).
    """
    pages = -PAGES_A_STEP  # the first, negative step says that all parts are to become one
    while _merge(pages):
        pages = PAGES_A_STEP
        time.sleep(BREATH_S)


def _merge(pages: int) -> bool:
    """Whether there was anything left to do."""
    with writing(), connection.cursor() as cursor:
        before = _changes()
        cursor.execute("INSERT INTO search_text(search_text, rank) VALUES ('merge', %s)", [pages])
        return _changes() - before > 1


def _changes() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT total_changes()")
        return int(cursor.fetchone()[0])
