"""A whole campaign on a virtual clock, through the real flows, on embedded parts."""
