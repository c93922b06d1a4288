"""Building a letter and handing it over once."""
