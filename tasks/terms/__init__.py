"""The words of the field, in plain Python: no I/O, no clock, no third-party library."""
