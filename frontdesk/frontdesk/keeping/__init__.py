"""How long words are kept, and how they go: from every file, not only from sight."""
