"""Invented conversations: to see the desk with, and to measure it. Never where real people write."""
