"""Figures a notice sets, and those its enclosed forms ask for."""
