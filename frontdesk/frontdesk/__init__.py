"""The helpline's front desk: the public part, which stores every message and always has an answer."""
