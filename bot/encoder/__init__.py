"""The sentence encoder: text to a vector of meaning, on ONNX Runtime."""

from bot.encoder.encoder import Encoder, load_encoder
from bot.encoder.errors import EncoderError

__all__ = ["Encoder", "EncoderError", "load_encoder"]
