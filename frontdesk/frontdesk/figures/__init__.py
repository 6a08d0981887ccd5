"""Counts and shares of what was said and what was made of it. Never a word of it."""
