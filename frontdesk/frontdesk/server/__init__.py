"""The process that serves the front desk, and its commands."""
