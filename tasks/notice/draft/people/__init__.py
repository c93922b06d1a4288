"""Whom to ask, by which ways to hand in, who need not."""
