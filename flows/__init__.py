"""When and in what order; the work itself is in tasks."""
