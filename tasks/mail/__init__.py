"""The door to mail: decoding, sources, building, handing over."""
