"""The door to office files."""
