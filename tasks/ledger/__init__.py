"""The ledger 台账: every fact, in SQL."""
