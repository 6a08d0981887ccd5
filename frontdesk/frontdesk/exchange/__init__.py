"""The way of one message, whichever channel it came by: redact, store, ask, store, answer."""
