"""Numbered steps from one released ledger to the next."""
