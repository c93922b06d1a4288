"""Handing the package up."""
