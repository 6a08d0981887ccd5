"""How messages reach the assistant."""
