"""Finds conversations by the words in their messages, with what each database has for it."""
