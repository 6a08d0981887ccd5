"""How many threads the arithmetic of one message may take."""

from __future__ import annotations

from threadpoolctl import threadpool_limits


def one_thread() -> None:
    """Keep numpy's products on the thread that asks for them, in this process from here on.

    A message is one row: threads that share it wait for each other longer than they work, on one core thirty times as
    long (`helpline bench`). Training, in another process, keeps all.
    """
    threadpool_limits(limits=1, user_api="blas")
