"""Custom actions. Nothing that a person in danger depends on."""
