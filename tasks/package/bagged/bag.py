"""The tag files of a BagIt 1.0 folder (RFC 8493), as text: no file is touched here.

Paths are written and read with the three characters the RFC (section 2.1.3) has percent-encoded.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
BAGIT, INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
PAYLOAD = "data/"
_LINE = re.compile(r"([0-9A-Fa-f]{64})[ \t]+\*?(.+)")
_ENCODED = re.compile(r"%(0[Aa]|0[Dd]|25)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One payload file as the manifest knows it: path from the bag's root, SHA-256, size in bytes."""

    path: str
    digest: str
    size: int


def tag_files(entries: Iterable[Entry], info: Mapping[str, str]) -> dict[str, bytes]:
    """The four tag files by name. ``info`` gives the labels of bag-info.txt in their order."""
    payload = sorted(entries, key=lambda e: e.path.encode())
    oxum = f"{sum(e.size for e in payload)}.{len(payload)}"
    tags = {
        BAGIT: DECLARATION.encode(),
        INFO: "".join(f"{k}: {v}\n" for k, v in {**info, "Payload-Oxum": oxum}.items()).encode(),
        MANIFEST: manifest({e.path: e.digest for e in payload}),
    }
    tags[TAG_MANIFEST] = manifest({name: hashlib.sha256(data).hexdigest() for name, data in tags.items()})
    return tags


def manifest(digests: Mapping[str, str]) -> bytes:
    """A manifest of these paths and SHA-256 digests, sorted by path."""
    paths = sorted(digests, key=str.encode)
    return "".join(f"{digests[p]}  {encode(p)}\n" for p in paths).encode()


def read_manifest(text: str) -> tuple[dict[str, str], list[str]]:
    """Digest by path, and what is wrong with the lines, in Chinese."""
    found: dict[str, str] = {}
    faults = []
    for count, line in enumerate(_lines(text), 1):
        match = _LINE.fullmatch(line)
        if match is None:
            faults.append(f"第{count}行格式不对")
        elif decode(match[2]) in found:
            faults.append(f"第{count}行重复列出同一文件")
        else:
            found[decode(match[2])] = match[1].lower()
    return found, faults


def read_info(text: str) -> dict[str, str]:
    """The labels of bag-info.txt, lower-cased; folded lines are joined, the first of equal labels stands."""
    found: dict[str, str] = {}
    for line in _lines(re.sub(r"\r?\n[ \t]+", " ", text)):
        label, colon, value = line.partition(":")
        if colon:
            found.setdefault(label.strip().lower(), value.strip())
    return found


def _lines(text: str) -> list[str]:
    """Lines as the RFC ends them; other line separators may stand in a file's name."""
    lines = re.split(r"\r\n|\r|\n", text)
    return lines if lines[-1] else lines[:-1]


def encode(path: str) -> str:
    """The path as a manifest line carries it."""
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def decode(path: str) -> str:
    """The path a manifest line means."""
    return _ENCODED.sub(lambda m: chr(int(m[1], 16)), path)
