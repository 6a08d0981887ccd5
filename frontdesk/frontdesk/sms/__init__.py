"""The SMS channel: what Twilio calls for each text message, answered in the same request."""
