"""How sure a share is that was counted in few cases."""

from __future__ import annotations

from math import sqrt

# 95 % of a normal distribution lie within so many standard deviations.
Z = 1.959964


def interval(hits: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (E. B. Wilson, 1927): right for few cases and near 0 and 1 too. `of` > 0."""
    share, spread = hits / of, Z * Z / of
    middle = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * sqrt(share * (1 - share) / of + spread / (4 * of))
    return max(0.0, middle - half), min(1.0, middle + half)
