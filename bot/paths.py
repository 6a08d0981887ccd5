"""Where things lie."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "models"
ENCODER = MODELS / "encoder"
NLU_DATA = ROOT / "data" / "nlu"
