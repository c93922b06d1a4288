"""Whose report something is and of what, and what must wait for a person."""
