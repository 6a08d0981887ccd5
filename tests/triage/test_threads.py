"""The arithmetic of one message stays on one thread."""

from __future__ import annotations

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from bot.triage.threads import one_thread


def blas_threads() -> set[int]:
    return {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}


def test_numpy_takes_one_thread_from_here_on() -> None:
    assert np.eye(2) @ np.eye(2) == pytest.approx(np.eye(2))  # the library that is counted has been at work
    with threadpool_limits(limits=2, user_api="blas"):
        assert blas_threads() == {2}
        one_thread()
        assert blas_threads() == {1}
