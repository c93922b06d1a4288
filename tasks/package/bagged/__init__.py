"""A package as a folder and a zip that can be checked: BagIt, digests, signature, parts."""
