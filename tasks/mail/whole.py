"""Whether bytes end where their own format says they end. Pure."""

ZIP_END = b"PK\x05\x06"
ZIP_END_BYTES = 22
PDF_END_WITHIN = 1024


def ends_whole(data: bytes) -> bool:
    """Whether nothing is missing at the end, by the format's own mark; False where a format has none."""
    if data.startswith(b"PK"):
        at = data.rfind(ZIP_END)
        comment = int.from_bytes(data[at + 20 : at + ZIP_END_BYTES], "little")
        return at >= 0 and at + ZIP_END_BYTES + comment == len(data)
    if data.startswith(b"%PDF-"):
        return b"%%EOF" in data[-PDF_END_WITHIN:]
    if data.startswith(b"\x89PNG"):
        return data.endswith(b"IEND\xaeB`\x82")
    return data.startswith(b"\xff\xd8") and data.endswith(b"\xff\xd9")
