"""A service to be told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.alerts.service import Service


@pytest.fixture
def service() -> Iterator[Service]:
    found = Service()
    yield found
    found.close()
