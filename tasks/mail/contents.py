"""What hangs on a mail: its texts, its files, and the files inside those, within bounds."""

import mimetypes
import re
from collections.abc import Iterator

from tasks.mail import passed_on
from tasks.mail.archives import packed, tnef
from tasks.mail.archives.member import Member
from tasks.mail.archives.uu import without_uu
from tasks.mail.charset import decode_text
from tasks.mail.decode import clean_name, file_name, header_text, sender_of
from tasks.mail.found import ICON_SIZE, PHOTO_SIZE, Contents
from tasks.mail.links import links_to_cloud
from tasks.mail.markup import Markup, read_markup
from tasks.mail.mime import Bounds, Part, content, cut, parameters
from tasks.mail.traps import is_program, is_trap
from tasks.terms.mails import File, Inside, as_file

MAX_NESTED = 4
"""Archives and mails inside one another are opened this far."""
MAX_TEXT = 1_000_000

MAIL_TYPES = frozenset({"message/rfc822", "message/global"})
IGNORED_TYPES = frozenset({"application/applefile"})
RETURNED_TYPES = frozenset({"text/rfc822-headers", "message/rfc822-headers", "message/global-headers"})
REPORT_TYPES = frozenset(
    {"message/delivery-status", "message/global-delivery-status", "message/disposition-notification"}
    | {"message/feedback-report"}
)
SEALED_TYPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
PGP = b"-----BEGIN PGP MESSAGE"
NOT_SENT = frozenset({"message/external-body", "message/partial"})
"""What stands for a file that is elsewhere, and one piece of a mail that was cut into several."""
NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|]')


def collect(root: Part, bounds: Bounds) -> Contents:
    """Everything that hangs on the mail."""
    found = Contents()
    _Walk(found, bounds).walk(root)
    if not root.closed:
        found.flag("DAMAGED", "邮件在传送中被截断，末尾部分缺失，请重新发送")
    return found


class _Walk:
    """One mail's parts, walked once; nested mails get a walk of their own into the same contents."""

    def __init__(self, found: Contents, bounds: Bounds, nested: int = 0) -> None:
        self._found = found
        self._bounds = bounds
        self._nested = nested
        self._kept = found.unpacked if nested else found.attachments
        self._pictures: list[tuple[Part, File, int]] = []
        self._markup: list[Markup] = []
        self._before = len(found.inline_images)

    def walk(self, root: Part) -> None:
        """Take every part, then tell the pictures the text shows from those sent, each in its place."""
        self._part(root, report=root.type == "multipart/report")
        self._before = len(self._found.inline_images)
        shown = frozenset().union(*(each.pictures for each in self._markup))
        for part, file, place in reversed(self._pictures):
            self._picture(part, file, shown, place)

    def _part(self, part: Part, *, report: bool) -> None:
        if part.children:
            for child in part.children:
                self._part(child, report=report or child.type == "multipart/report")
        elif part.type in REPORT_TYPES:
            self._reported(part)
        elif report and not self._nested and part.type in MAIL_TYPES | RETURNED_TYPES:
            self._found.returned.append(content(part)[0])
        elif part.type in {"text/plain", "text/html"} and not _is_file(part):
            self._text(part)
        elif part.type.startswith("multipart/"):
            self._boundless(part)
        elif part.type in NOT_SENT:
            self._not_sent(part)
        elif part.type not in IGNORED_TYPES:
            self._file(part)

    def _reported(self, part: Part) -> None:
        """What a server says in the mail itself; a bounce someone passes on says nothing of our letters."""
        if not self._nested:
            self._found.reports.append(content(part)[0])

    def _boundless(self, part: Part) -> None:
        """A multipart whose boundaries are not there: its text is shown, its files cannot be told apart."""
        if part.body.strip():
            self._found.plain.append(decode_text(part.body[:MAX_TEXT]).strip())
            self._found.flag("DAMAGED", "邮件结构已损坏，附件无法分出，请重新发送")

    def _not_sent(self, part: Part) -> None:
        if part.type == "message/external-body":
            self._found.cloud_links = True
            return
        self._found.shut[part.type] = None
        self._found.flag("DAMAGED", "邮件被拆成几段寄来，这里只有其中一段，请整封重新发送或分开报送")

    def _text(self, part: Part) -> None:
        data, _ = content(part)
        if part.type == "text/plain":
            data = self._without_uu(data)
        text = decode_text(
            data[: 4 * MAX_TEXT], part.parameters.get("charset", b"").decode("ascii", "replace")
        )
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")[:MAX_TEXT]
        self._found.cloud_links |= links_to_cloud(text)
        if part.type == "text/html":
            markup = read_markup(text)
            self._markup.append(markup)
            self._found.markup.append(markup)
        elif text.strip():
            self._found.plain.append(text.strip())

    def _without_uu(self, data: bytes) -> bytes:
        """The text by itself: what old programs write into it as uuencoded files is kept as files."""
        text, inside = without_uu(data, self._found.files_left)
        for each in inside:
            self._found.files_left -= 1
            file = as_file(clean_name(decode_text(each.name)) or "附件", each.data)
            self._told_broken(file, whole=each.whole)
            self._keep(file)
        return text

    def _told_broken(self, file: File, *, whole: bool) -> None:
        if not whole:
            self._found.broken.append(file.digest)
            self._found.flag("DAMAGED", f"附件“{file.filename}”在传送中损坏或不完整，请重新发送")

    def _file(self, part: Part) -> None:
        data, whole = content(part)
        if part.type in MAIL_TYPES and not data.strip() and not _given_name(part):
            return
        file = as_file(self._name(part, data), data)
        self._told_broken(file, whole=whole)
        if part.type in SEALED_TYPES or data.startswith(PGP):
            self._found.shut[file.digest] = None
            self._found.flag(
                "ENCRYPTED", "邮件经过加密或整体封装（S/MIME、PGP），无法打开，请以普通邮件重新发送"
            )
        if part.type.startswith("image/"):
            self._pictures.append((part, file, len(self._kept)))
            return
        self._keep(file)

    def _keep(self, file: File) -> None:
        self._kept.append(file)
        open_files(file, self._found, self._bounds, self._nested)

    def _picture(self, part: Part, file: File, shown: frozenset[str], place: int) -> None:
        identity = header_text(part.header("content-id")).strip("<> ").lower()
        shown_as = {identity, header_text(part.header("content-location")).strip().lower()} - {""}
        # Where no page refers to pictures by an identity, an inline one is a file put between the lines.
        least = PHOTO_SIZE if identity and self._markup else ICON_SIZE
        sent = part.disposition == "attachment" or (part.disposition == "inline" and file.size >= least)
        named_only = not part.disposition and not identity
        if shown_as.isdisjoint(shown) and (sent or named_only):
            self._kept.insert(place, file)
        else:
            self._found.inline_images.insert(self._before, file)

    def _name(self, part: Part, data: bytes) -> str:
        if name := _given_name(part):
            return name
        if part.type in MAIL_TYPES:
            subject = header_text(cut(data, Bounds()).header("subject"))
            return f"{clean_name(NOT_IN_A_NAME.sub(' ', subject)) or '转发邮件'}.eml"
        number = len(self._found.attachments) + len(self._found.unpacked) + len(self._pictures) + 1
        return f"附件{number}{mimetypes.guess_extension(part.type) or ''}"


def open_files(file: File, found: Contents, bounds: Bounds, nested: int) -> None:
    """Put what is inside an archive, a mail or a winmail.dat among the unpacked."""
    before = len(found.unpacked)
    if is_program(file.filename, file.data):
        found.programs.append(file.filename)
    elif is_trap(file.filename, file.data):
        found.traps.append(file.filename)
    holder = _open(file, found, bounds, nested)
    if len(found.unpacked) > before:
        found.opened[file.digest] = None
    elif holder:
        found.shut[file.digest] = None


def _open(file: File, found: Contents, bounds: Bounds, nested: int) -> bool:
    """Whether it is something that holds others and is no report by itself."""
    data = file.data
    if kind := packed.unreadable(data):
        found.flag(
            "WRONG_FORMAT", f"“{file.filename}”是 {kind} 压缩包，无法读取，请改用 ZIP 压缩或直接发送文件"
        )
        return True
    if data.startswith(tnef.SIGNATURE):
        _open_tnef(file, found, bounds, nested)
        return True
    if file.filename.lower().endswith(".eml"):
        _open_mail(file, found, bounds, nested)
        return False
    members = packed.members(file.filename, data)
    if members is not None:
        _open_archive(file, members, found, bounds, nested)
    return members is not None


def _open_archive(
    file: File, members: Iterator[Member], found: Contents, bounds: Bounds, nested: int
) -> None:
    if nested >= MAX_NESTED:
        found.flag("HOSTILE", f"“{file.filename}”压缩层数过多，未予解压")
        return
    if file.size > packed.LARGEST_ARCHIVE:
        found.flag(
            "HOSTILE", f"“{file.filename}”超过 {packed.LARGEST_ARCHIVE >> 20} MB，未予解压，请分开报送"
        )
        return
    empty = True
    for member in members:
        empty = False
        if member.flag is not None:
            found.flag(member.flag, member.reason)
            if is_program(member.name, b""):
                found.programs.append(member.name)
        else:
            _take(member.name, member.data, found, bounds, nested)
    if empty:
        found.flag("WRONG_FORMAT", f"压缩包“{file.filename}”是空的，里面没有文件，请重新压缩后报送")


def _open_tnef(file: File, found: Contents, bounds: Bounds, nested: int) -> None:
    try:
        inside = tnef.files(file.data)
    except ValueError:
        found.flag("DAMAGED", f"“{file.filename}”（Outlook 格式）已损坏，请改用普通附件重新发送")
        return
    for name, data in inside:
        _take(clean_name(name) or "附件", data, found, bounds, nested)


def _take(name: str, data: bytes, found: Contents, bounds: Bounds, nested: int) -> None:
    if len(data) > found.bytes_left or not found.files_left:
        found.flag("HOSTILE", "压缩包内的文件过多或过大，未全部解压")
        return
    found.bytes_left -= len(data)
    found.files_left -= 1
    inner = as_file(name, data)
    found.unpacked.append(inner)
    open_files(inner, found, bounds, nested + 1)


def _open_mail(file: File, found: Contents, bounds: Bounds, nested: int) -> None:
    if nested >= MAX_NESTED:
        bounds.too_deep = True
        return
    root = cut(file.data, bounds)
    if len(found.authors) < passed_on.MOST and (author := sender_of(root.headers.get("from", []))[1]):
        found.authors.append(author)
    _Walk(found, bounds, nested + 1).walk(root)
    if not root.closed:
        found.flag("DAMAGED", f"转发的邮件“{file.filename}”不完整，请重新发送")


def _is_file(part: Part) -> bool:
    return part.disposition == "attachment" or bool(_given_name(part))


def _given_name(part: Part) -> str:
    return file_name(parameters(part.header("content-disposition")), part.parameters)


def may_hold_files(file: File) -> bool:
    """Whether a file begins or is named like something that holds others; documents may, too."""
    eml = file.filename.lower().endswith(".eml")
    return eml or file.data.startswith(tnef.SIGNATURE) or packed.may_be(file.data)


def inside(file: File) -> Inside:
    """What is inside a file that is an archive, a mail or a winmail.dat; nothing for any other file."""
    found, bounds = Contents(), Bounds()
    open_files(file, found, bounds, 0)
    if bounds.too_deep or bounds.too_many:
        found.flag("HOSTILE", f"“{file.filename}”内的邮件层数或部分过多，没有全部拆开，请人工查看")
    if found.programs:
        found.flag("HOSTILE", f"“{file.filename}”内有可执行程序：{'、'.join(found.programs[:3])}")
    if found.traps:
        found.flag("HOSTILE", f"“{file.filename}”内有要求输入密码或可疑的网页：{'、'.join(found.traps[:3])}")
    return Inside(tuple(found.unpacked), tuple(found.opened), tuple(found.findings))
