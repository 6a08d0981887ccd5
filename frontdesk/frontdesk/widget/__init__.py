"""The chat that any website can show: one script, and the line of HTML that brings it there."""
