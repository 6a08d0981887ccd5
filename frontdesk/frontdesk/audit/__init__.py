"""What was done at the desk, by whom and when: a log that only grows and holds no person's words."""
