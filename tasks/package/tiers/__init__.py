"""A package from the tier below, as that office's report."""
