"""What parent and child say to each other: framed bytes, never pickle."""

import struct

HEAD = struct.Struct("<IQ")
"""A request: length of the question, length of the data; both follow."""

LENGTH = struct.Struct("<Q")
"""An answer: length of what follows."""

READY = b"R"
"""The child's first byte: imports are done and the limits stand."""

MAX_ANSWER = 256 << 20
