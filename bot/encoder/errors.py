"""What can be wrong with the encoder's files."""


class EncoderError(Exception):
    """The encoder is missing or not what it should be; the message says what to do."""
