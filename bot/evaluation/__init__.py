"""How well the assistant does, on messages that nothing was trained, tuned or chosen on: docs/evaluation.md."""
