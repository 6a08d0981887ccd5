"""`make train`: train the assistant; the command itself sees whether anything changed since the last time."""

from __future__ import annotations

from scripts.problem import exit_with
from scripts.steps import ROOT, Step

TRAIN = Step(
    "Training the assistant (nothing to do when nothing changed)",
    [ROOT / ".venv/bin/helpline", "train"],
    "train",
    "If the data was edited, `.venv/bin/rasa data validate` says what is wrong with it.",
)


def main() -> int:
    TRAIN.run()
    return 0


if __name__ == "__main__":
    exit_with(main)
