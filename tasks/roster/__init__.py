"""Who reports: reading the roster and matching what arrives to it."""
