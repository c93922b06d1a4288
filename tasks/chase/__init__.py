"""Letters to those who owe something."""
