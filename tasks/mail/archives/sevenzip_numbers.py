"""The directory of a 7z archive as a row of numbers, bits and checksums."""

from tasks.mail.archives.member import MAX_MEMBERS

MAX_ENTRIES = 5 * MAX_MEMBERS
"""Folders of the archive's own are entries, too."""


class TooMany(Exception):
    """There are more files than any office sends."""


class Reader:
    """Numbers and bits in order; past the end is an error."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        """The next octets."""
        if count < 0 or self._at + count > len(self._data):
            raise ValueError("directory ends too early")
        self._at += count
        return self._data[self._at - count : self._at]

    def rest(self) -> bytes:
        """All that is left."""
        return self.take(len(self._data) - self._at)

    def byte(self) -> int:
        """One octet."""
        return self.take(1)[0]

    def number(self) -> int:
        """7z's own form: the high bits of the first byte say how many follow."""
        first, value, mask = self.byte(), 0, 0x80
        for shift in range(8):
            if not first & mask:
                return value | (first & (mask - 1)) << (8 * shift)
            value |= self.byte() << (8 * shift)
            mask >>= 1
        return value

    def few(self, most: int = MAX_ENTRIES) -> int:
        """A count."""
        value = self.number()
        if value > most:
            raise TooMany
        return value

    def bits(self, count: int) -> list[bool]:
        """So many bits, the highest first."""
        data = self.take((count + 7) // 8)
        return [bool(data[n >> 3] & 0x80 >> (n & 7)) for n in range(count)]

    def marked(self, count: int) -> list[bool]:
        """Bits, or one byte that says all are set."""
        return [True] * count if self.byte() else self.bits(count)

    def checksums(self, count: int) -> list[int | None]:
        """So many checksums; None where one is not given."""
        given = self.marked(count)
        return [int.from_bytes(self.take(4), "little") if each else None for each in given]

    def expect(self, wanted: int) -> None:
        """The octet that must stand here."""
        if self.byte() != wanted:
            raise ValueError("directory out of order")
