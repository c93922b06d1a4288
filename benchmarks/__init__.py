"""Figures beside their floor and their peers, measured in one run: ``make bench``."""
