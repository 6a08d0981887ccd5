"""The pages anybody may open."""
