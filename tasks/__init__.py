"""The stages of the work, the doors to the outside, and the words."""
