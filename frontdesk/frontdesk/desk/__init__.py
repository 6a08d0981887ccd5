"""The coordinators' desk: the list of conversations, one conversation, and its review."""
