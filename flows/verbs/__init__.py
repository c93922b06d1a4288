"""The verbs of the command line, one file for each family; every file's `add` enters its verbs."""
