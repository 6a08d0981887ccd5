"""A mistake the person at the keyboard can mend."""


class Problem(Exception):
    """Shown as one line; the program ends with exit code 2."""
