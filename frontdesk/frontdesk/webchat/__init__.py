"""The web channel: signed sessions, one endpoint for messages, and the limits that keep it open for everybody."""
