"""The door: what a file is and whether it may be opened at all, before any parser sees it.

Every limit is far above what an office sends and far below what brings a machine down. What is refused
here is answered with a sentence the sender can act on; what slips through still meets the bounded child.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from tasks.documents import notes
from tasks.documents.cells import SheetFacts, sheet_facts
from tasks.documents.sniff import sniff, zip_format
from tasks.documents.struck import worth_a_look
from tasks.documents.xml_root import as_usually_written
from tasks.terms.readings import Finding

MAX_FILE = 64 << 20
MAX_MEMBERS = 3000
MAX_TOTAL = 200 << 20
MAX_PART = 60 << 20
MAX_RATIO = 300
RATIO_FROM = 1 << 20
"""Small parts of repeated blanks compress beyond any ratio and harm nobody."""

_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_UNIQUE_COUNT = re.compile(rb'<(?:\w+:)?sst\b[^>]*?\buniqueCount="(\d+)"')
_LEAST_STRING_BYTES = 5
_WORKSHEET = re.compile(rb"<(?:\w+:)?worksheet\b")
_TOP = 1024
_STRINGS = "xl/sharedstrings.xml"
_LOOKED_INTO = frozenset({_STRINGS, "xl/styles.xml"})
"""Parts of a workbook beside its worksheets that are searched for more than what no part may hold."""
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_REMOTE = re.compile(rb'Target="(?:https?:|ftp:|\\\\|//|file://[^/"])', re.IGNORECASE)
_FETCHED = re.compile(rb'Type="[^"]*/(?:attachedTemplate|oleObject|frame|subDocument|externalLinkPath)"')
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
"""What a broken or strange archive raises; NotImplementedError is zipfile's word for a method it lacks."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the door says of one file.

    Attributes:
        format: by content, see ``Content.format``.
        findings: reasons not to read it (or, for SUSPICIOUS_TEXT, to ask about it).
        sheets: facts of each worksheet part by its path, for .xlsx only.
    """

    format: str
    findings: tuple[Finding, ...] = ()
    sheets: dict[str, SheetFacts] = field(default_factory=dict)
    strange: bool = False
    """Whether some figure may be struck out, or printed smaller than it is stored."""

    @property
    def refused(self) -> bool:
        """Whether no parser may see the file."""
        return any(f.code != "SUSPICIOUS_TEXT" for f in self.findings)


def inspect(name: str, data: bytes) -> Verdict:
    """Sniff a file and refuse what must not be opened. Never raises for bad input."""
    if not data:
        return Verdict("unknown", (_damaged("文件是空的（0 字节），请检查后重新报送"),))
    if len(data) > MAX_FILE:
        return Verdict("unknown", (_hostile(f"文件超过 {MAX_FILE >> 20} MB，请压缩图片后重新报送"),))
    kind = sniff(data)
    if kind.refused:
        return Verdict(kind.format, (wrong_format(kind.refused),))
    if container := _CONTAINERS.get(kind.format):
        return container(data)
    if kind.format == "txt" and name.lower().endswith((".csv", ".tsv")):
        return Verdict("csv")
    return Verdict(kind.format)


def wrong_format(what: str) -> Finding:
    """The finding for a file nobody here can read, with what to send instead."""
    return Finding(
        "WRONG_FORMAT",
        f"收到的是{what}，不能读取，请改报电子文档（统计表用 .xlsx，文字材料用 .docx）",
    )


def _damaged(text: str) -> Finding:
    return Finding("DAMAGED", text)


def _hostile(text: str) -> Finding:
    return Finding("HOSTILE", text)


ENCRYPTED = Finding("ENCRYPTED", "文件设有打开密码，不能读取，请取消密码后重新报送")
BROKEN = _damaged("文件已损坏，不能打开，请在本机打开检查并另存后重新报送")
TRACKED = Finding(
    "TRACKED_CHANGES",
    "文档中还有未接受的修订，无法确定以哪种文字为准，请在“审阅”中接受或拒绝全部修订后重新报送",
)
MACRO = _hostile("文件含有宏程序，出于安全考虑未予打开，请另存为不含宏的文档（.xlsx 或 .docx）后重新报送")


def _inspect_ole(data: bytes) -> Verdict:
    from tasks.documents import ole  # noqa: PLC0415  rare, and it costs every start of the child 30 ms

    facts = ole.look(data)
    if facts is None:
        return Verdict("unknown", (BROKEN,))
    findings = [ENCRYPTED] if facts.encrypted else [MACRO] if facts.macros else []
    if facts.format in {"xls", "doc"} or findings:
        return Verdict(facts.format, tuple(findings))
    return Verdict("unknown", (wrong_format(facts.described),))


def _inspect_zip(data: bytes) -> Verdict:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _inspect_archive(archive)
    except _BROKEN:
        return Verdict("unknown", (BROKEN,))


_CONTAINERS: dict[str, Callable[[bytes], Verdict]] = {"ole": _inspect_ole, "zip": _inspect_zip}


def _inspect_archive(archive: zipfile.ZipFile) -> Verdict:
    members = archive.infolist()
    names = [m.filename for m in members]
    if problem := _oversized(members) or _bad_names(names):
        return Verdict("zip", (problem,))
    if any(m.flag_bits & 1 for m in members):
        return Verdict("zip", (ENCRYPTED,))
    kind = zip_format(names, archive)
    if kind == "zip":
        return Verdict("zip", (wrong_format("压缩包（其中的文件未能逐一取出）"),))
    if kind in {"pptx", "odt", "odf"}:
        return Verdict("unknown", (wrong_format("演示文稿" if kind == "pptx" else "开放文档格式的文件"),))
    findings = _active_parts(names)
    sheets: dict[str, SheetFacts] = {}
    strange: list[str] = []
    for member in members:
        if not findings or not any(f.code == "HOSTILE" for f in findings):
            findings += _inspect_part(archive, member, kind, sheets, strange)
    return Verdict(kind, tuple(dict.fromkeys(findings)), sheets, bool(strange))


def _oversized(members: list[zipfile.ZipInfo]) -> Finding | None:
    if (
        len(members) > MAX_MEMBERS
        or sum(m.file_size for m in members) > MAX_TOTAL
        or any(map(_bomb, members))
    ):
        return _hostile("文件解开后过大，疑似压缩炸弹，未予打开，请重新制作后报送")
    return None


def _bomb(member: zipfile.ZipInfo) -> bool:
    inflated = member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * max(1, member.compress_size)
    return inflated or (member.filename.lower().endswith((".xml", ".rels")) and member.file_size > MAX_PART)


def _bad_names(names: list[str]) -> Finding | None:
    for name in names:
        steps = name.replace("\\", "/").split("/")
        if ".." in steps or name.startswith(("/", "\\")) or ":" in steps[0]:
            return _hostile("文件内部含有越出目录的路径，未予打开，请重新制作后报送")
    return None


def _active_parts(names: list[str]) -> list[Finding]:
    lower = [n.lower() for n in names]
    if any(n.endswith("vbaproject.bin") or "/activex/" in n or n.startswith("basic/") for n in lower):
        return [MACRO]
    if any("/embeddings/" in n and n.endswith(".bin") for n in lower):
        text = "文件中嵌有其他文件，嵌入的部分没有读取，请核对是否需要单独报送"
        return [Finding("SUSPICIOUS_TEXT", text)]
    return []


def _inspect_part(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    kind: str,
    sheets: dict[str, SheetFacts],
    strange: list[str],
) -> list[Finding]:
    name = member.filename.lower()
    if not name.endswith((".xml", ".rels")):
        return []
    with archive.open(member) as part:
        data = part.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        return [_hostile("文件解开后过大，疑似压缩炸弹，未予打开，请重新制作后报送")]
    if _declares(data):
        return [_hostile("文件内部含有不应出现的实体声明，未予打开，请另存后重新报送")]
    if name.endswith(".rels"):
        return _relations(name, as_usually_written(data))
    if kind == "xlsx":
        return _inspect_workbook_part(member.filename, data, sheets, strange)
    return [ENCRYPTED] if name == "meta-inf/manifest.xml" and b"encryption-data" in data else []


def _inspect_workbook_part(
    path: str, data: bytes, sheets: dict[str, SheetFacts], strange: list[str]
) -> list[Finding]:
    name = path.lower()
    if notes.worth_a_look(name):
        strange.append(name)
    is_sheet = name.startswith("xl/worksheets/") or _WORKSHEET.search(data[:_TOP]) is not None
    if not is_sheet and name not in _LOOKED_INTO:
        return []
    data = as_usually_written(data)
    if worth_a_look(name, data):
        strange.append(name)
    if is_sheet:
        sheets[path] = facts = sheet_facts(data)
        return facts.refusal()
    return _string_table(data) if name == _STRINGS else []


def _declares(data: bytes) -> bool:
    plain = data.replace(b"\0", b"") if b"\0" in data[:200] else data  # UTF-16 hides the word otherwise
    return _DECLARATION.search(plain) is not None


def _string_table(data: bytes) -> list[Finding]:
    stated = _UNIQUE_COUNT.search(data[:4096])
    if stated and int(stated[1]) > max(1000, len(data) // _LEAST_STRING_BYTES):
        return [_hostile("文件内部声明的文字数量与实际不符，未予打开，请另存后重新报送")]
    return []


def _relations(name: str, data: bytes) -> list[Finding]:
    fetched = [r for r in _RELATION.findall(data) if _FETCHED.search(r)]
    if any(_REMOTE.search(r) for r in fetched):
        return [_hostile("文件会连接外部网址取得内容，出于安全考虑未予打开，请断开外部链接后重新报送")]
    if fetched and "externallinks/" in name:
        text = "表中有公式引用其他工作簿，请把这些公式改成数值，并核对数字是否最新"
        return [Finding("SUSPICIOUS_TEXT", text)]
    return []
