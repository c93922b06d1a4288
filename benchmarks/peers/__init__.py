"""How others do the same job."""
