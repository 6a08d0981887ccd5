"""What a message says about somebody's safety. Plain Python and a blank spaCy pipeline: nothing of Rasa."""
