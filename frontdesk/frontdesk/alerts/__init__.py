"""Tells people outside of the desk that a conversation needs them now. Never with a word of what was said."""
