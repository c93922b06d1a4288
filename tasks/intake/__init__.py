"""Taking in what arrives: original kept first, then read, then judged."""
