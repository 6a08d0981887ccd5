"""A secret made by two programs at the same moment is one secret."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from frontdesk.secret import kept_secret


def test_ten_at_once_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(10) as pool:
        found = set(pool.map(kept_secret, [tmp_path / "var" / "key"] * 10))

    assert len(found) == 1
    assert len(found.pop()) == 64
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["key"]
