"""The narrow door to the assistant: one question, one answer, one deadline, and a named cause for every failure."""
