"""What is typed into the search field is taken apart the same way for both databases."""

from __future__ import annotations

import pytest

from frontdesk.search import postgresql, sqlite
from frontdesk.search.words import MOST_TERMS, folded, terms


@pytest.mark.parametrize(
    ("typed", "in_sqlite", "in_postgresql"),
    [
        pytest.param("pills", '"pills" *', "(pills:*)", id="a beginning"),
        pytest.param("Too  MANY", '"too" AND "many" *', "(too) & (many:*)", id="every word"),
        pytest.param('"want to die"', '"want to die"', "(want <-> to <-> die) & wantzzto & tozzdie", id="side by side"),
        pytest.param('"open', '"open" *', "(open:*)", id="a quote that is not closed"),
        pytest.param("can't", '"can t"', "(can <-> t) & canzzt", id="an apostrophe"),
        pytest.param("Corazón", '"corazon" *', "(corazon:*)", id="an accent"),
        pytest.param(
            "a OR NOT b*",
            '"a" AND "or" AND "not" AND "b"',
            "(a) & (or) & (not) & (b)",
            id="no operators",
        ),
        pytest.param(
            "x'); DROP TABLE y; --",
            '"x" AND "drop" * AND "table" * AND "y"',
            "(x) & (drop:*) & (table:*) & (y)",
            id="no SQL",
        ),
        pytest.param('!? "..." _', "", "", id="no word"),
    ],
)
def test_terms(typed: str, in_sqlite: str, in_postgresql: str) -> None:
    found = terms(typed)
    assert (sqlite.query(found), postgresql.query(found)) == (in_sqlite, in_postgresql)


def test_a_whole_page_pasted_in_is_cut() -> None:
    assert len(terms("word " * 500)) == MOST_TERMS


def test_folded() -> None:
    assert folded("ÁRBOL ñandú") == "arbol nandu"
