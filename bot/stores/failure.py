"""A turn that could not be kept.

Rasa wraps every tracker store in one that swallows its errors and goes on in memory, so ours leave a note that the
channel reads.
"""

from contextvars import ContextVar

store_failed: ContextVar[bool] = ContextVar("store_failed", default=False)
"""Set while a turn runs, in that turn's own context: one turn's failure is not told to another."""
