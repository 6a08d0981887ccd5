"""Where Rasa keeps conversations and locks, with failures that are told instead of swallowed."""
