"""What parent and child say to each other: framed bytes, never pickle."""

import struct

HEAD = struct.Struct("<IQd")
"""A request: length of the question, length of the data, seconds of CPU time allowed; both follow."""

LENGTH = struct.Struct("<Q")
"""An answer: length of what follows."""

READY = b"R"
"""The child's first byte: imports are done and the limits stand."""

MAX_ANSWER = 160 << 20
