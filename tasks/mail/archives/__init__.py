"""What comes packed: archives, and what old programs wrap files in."""
