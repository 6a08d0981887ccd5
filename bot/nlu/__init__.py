"""Rasa's view of reading a message: one thin graph component a file, in the order of config.yml."""
