"""Teaching the encoder what matters here: `helpline fine-tune`, run by hand when the examples have changed much.

What it makes lies in bot/encoder/weights (docs/decisions/0005 says what it brings); nothing else of the project needs
TensorFlow at work.
"""
