"""Summaries in prose: what a text claims, of whom and of which time."""
