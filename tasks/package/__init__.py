"""The report package for the superior bureau."""
