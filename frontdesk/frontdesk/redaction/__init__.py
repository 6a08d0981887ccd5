"""Takes out what identifies a person, before anything is stored or thought about."""
