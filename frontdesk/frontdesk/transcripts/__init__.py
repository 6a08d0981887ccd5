"""What was said: conversations, messages and their replies, redacted before they come here."""
