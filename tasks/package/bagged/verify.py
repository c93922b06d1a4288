"""Check a package against its own manifests, by the rules of BagIt 1.0 (RFC 8493)."""

import re
from pathlib import Path

from tasks.package.bagged import bag
from tasks.package.bagged.holdings import Holdings, Unreadable, leaves, opened, shown

_TAGS = (bag.BAGIT, bag.INFO, bag.MANIFEST, bag.TAG_MANIFEST)
_DECLARATION = re.compile(r"\ufeff?BagIt-Version: \d+\.\d+\r?\nTag-File-Character-Encoding: UTF-8(\r?\n)?")

_PART = re.compile(r"\.第(\d{1,3})卷共(\d{1,3})卷\.zip$")


def verify(path: Path) -> list[str]:
    """What is wrong with the package, folder or zip, one Chinese line each; empty when it is sound.

    A package from anyone may be given: nothing is unpacked and nothing outside it is opened.
    """
    part = _PART.search(path.name)
    if part and not path.is_dir():
        told = f"这是第{part[1]}卷（共{part[2]}卷），请把各卷解压到同一文件夹，再核验其中的汇总件文件夹"
        return [f"{shown(path.name)}：{told}"]
    try:
        with opened(path) as holdings:
            return _faults(holdings)
    except Unreadable as fault:
        return [f"{path.name}：{fault}"]


def _faults(holdings: Holdings) -> list[str]:
    absent = [tag for tag in _TAGS if tag not in holdings.sizes]
    if bag.BAGIT in absent and bag.MANIFEST in absent:
        return [*holdings.faults, "不是汇总件：没有 bagit.txt 和 manifest-sha256.txt"]
    faults = [*holdings.faults, *(f"缺少文件：{tag}" for tag in absent)]
    faults += _declaration(holdings)
    payload, more = _manifest(holdings, bag.MANIFEST)
    faults += more
    tags, more = _manifest(holdings, bag.TAG_MANIFEST)
    faults += more
    faults += _payload(holdings, payload)
    faults += _canonical(holdings, tags)
    faults += _tags(holdings, tags)
    return list(dict.fromkeys([*faults, *_oxum(holdings)]))


def _declaration(holdings: Holdings) -> list[str]:
    text, faults = _text(holdings, bag.BAGIT)
    if text is not None and not _DECLARATION.fullmatch(text):
        faults.append("bagit.txt 内容不符合 BagIt 规定")
    return faults


def _manifest(holdings: Holdings, name: str) -> tuple[dict[str, str], list[str]]:
    text, faults = _text(holdings, name)
    listed, wrong = bag.read_manifest(text or "")
    return listed, [*faults, *(f"{name}：{w}" for w in wrong)]


def _text(holdings: Holdings, name: str) -> tuple[str | None, list[str]]:
    if name not in holdings.sizes:
        return None, []
    try:
        return holdings.text(name), []
    except Unreadable as fault:
        return None, [f"{name}：{fault}"]


def _canonical(holdings: Holdings, listed: dict[str, str]) -> list[str]:
    """No other manifest covers the tag manifest, so it must read exactly as it was written."""
    text, _ = _text(holdings, bag.TAG_MANIFEST)
    return (
        [] if text is None or text.encode() == bag.manifest(listed) else [f"内容已改动：{bag.TAG_MANIFEST}"]
    )


def _payload(holdings: Holdings, listed: dict[str, str]) -> list[str]:
    faults = []
    for path, digest in listed.items():
        if leaves(path) or not path.startswith(bag.PAYLOAD):
            faults.append(f"清单所列路径越出 data 之外：{shown(path)}")
        else:
            faults += _compare(holdings, path, digest)
    there = (p for p in holdings.sizes if p.startswith(bag.PAYLOAD))
    return faults + [f"多出文件：{shown(p)}" for p in there if p not in listed]


def _tags(holdings: Holdings, listed: dict[str, str]) -> list[str]:
    faults = []
    for path, digest in listed.items():
        if leaves(path) or path.startswith(bag.PAYLOAD) or path == bag.TAG_MANIFEST:
            faults.append(f"{bag.TAG_MANIFEST} 所列路径不当：{shown(path)}")
        else:
            faults += [f"{fault}（以 {bag.TAG_MANIFEST} 为准）" for fault in _compare(holdings, path, digest)]
    there = (p for p in holdings.sizes if not p.startswith(bag.PAYLOAD) and p != bag.TAG_MANIFEST)
    return faults + [f"多出文件：{shown(p)}" for p in there if p not in listed]


def _compare(holdings: Holdings, path: str, digest: str) -> list[str]:
    if path not in holdings.sizes:
        return [f"缺少文件：{shown(path)}"]
    try:
        return [] if holdings.digest(path) == digest else [f"内容已改动：{shown(path)}"]
    except Unreadable as fault:
        return [f"{shown(path)}：{fault}"]


def _oxum(holdings: Holdings) -> list[str]:
    text, _ = _text(holdings, bag.INFO)
    stated = bag.read_info(text or "").get("payload-oxum")
    sizes = [size for path, size in holdings.sizes.items() if path.startswith(bag.PAYLOAD)]
    if stated is not None and stated != f"{sum(sizes)}.{len(sizes)}":
        return [f"bag-info.txt 所记文件总量（{shown(stated)}）与实际（{sum(sizes)}.{len(sizes)}）不符"]
    return []
