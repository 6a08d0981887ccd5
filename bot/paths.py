"""Where things lie."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "models"
ENCODER = MODELS / "encoder"
NLU_DATA = ROOT / "data" / "nlu"
WEIGHTS = ROOT / "bot" / "encoder" / "weights"
"""The encoder fine-tuned on the project's examples, ready to run."""
