"""Whose report a document is, and of what: pure rules over what was read.

A document becomes part of a submission only when unit and obligation are both certain. Everything else
goes to the queue with the candidates and the reasons.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tasks.intake.form_units import form_codes
from tasks.intake.not_a_report import is_our_notice, is_unrelated
from tasks.intake.occurrence import head_of, stated
from tasks.intake.shared_mailbox import others_document, others_words
from tasks.mail.classify import may_report
from tasks.roster.match import Match, match
from tasks.roster.names import names_of
from tasks.terms.campaign import Campaign
from tasks.terms.mails import ROBOTS, File, Mail
from tasks.terms.obligation import Obligation
from tasks.terms.readings import Content, Reading, Row
from tasks.terms.units import Roster
from tasks.terms.wording import quoted

NAMING_FINDINGS = frozenset({"UNIT_MISSING", "AMBIGUOUS_UNIT"})
"""A form that does not name its unit is no fault once the sender is known."""

STAYED_SHUT = frozenset({"ENCRYPTED", "HOSTILE", "DAMAGED"})
"""Findings on a mail that say some member of an archive was not taken out."""

_CLOSED = STAYED_SHUT | {"WRONG_FORMAT"}
"""Findings on a document out of which nothing was read."""

LINKED = "信中另有下载链接（超大附件或网盘），其中的文件没有随信发来"
PICTURE = "image"
ACKNOWLEDGEMENT = re.compile(r"^(收到|已收到|好的|谢谢|感谢|已阅|知悉|已知悉|明白|遵照办理|按时报送|\W)+$")
"""A short reply that asks nothing and reports nothing."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that came, with what was read from it."""

    file: File
    content: Content
    reading: Reading


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds the documents of one arrival."""

    sender: str = ""
    subject: str = ""
    folder: str = ""
    text: str = ""
    received: date | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A report that is certain: unit, obligation, the judged document and the files beside it."""

    obligation: str
    unit: str
    document: Document
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Undecided:
    """What a clerk must place. ``file`` None stands for the mail as a whole."""

    file: File | None
    candidates: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """Everything one arrival came to, for one campaign."""

    placed: tuple[Placed, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def outcome(self) -> str:
        """In one word, for the ledger."""
        return "submission" if self.placed else "queued" if self.undecided else "ignored"


@dataclass(frozen=True)
class Rules:
    """One campaign's view: its roster and who reports what (reporting unit → obligation ids)."""

    campaign: Campaign
    roster: Roster
    reporters: dict[str, tuple[str, ...]]
    bureau: str = ""
    trusted: frozenset[str] = frozenset()
    """Addresses of the bureau itself and of its superior."""
    others: tuple[Campaign, ...] = ()
    """The campaigns that read the same sources."""

    def roster_names(self, name: str) -> bool:
        """Whether a unit is called exactly this."""
        return bool(names_of(self.roster).exactly(name))

    def reporter(self, code: str | None) -> str | None:
        """The reporting unit behind a code: itself, or the parent it reports through."""
        while code is not None and code not in self.reporters:
            code = self.roster[code].parent if code in self.roster else None
        return code

    def match(self, context: Context, reading: Reading | None, filenames: Sequence[str]) -> Match:
        """Who sent this, from every hint there is."""
        return match(
            self.roster,
            form_unit=reading.unit if reading else None,
            sender=context.sender,
            subject=context.subject,
            filenames=filenames,
            folder_hint=context.folder,
            text_candidates=reading.candidates if reading else (),
            reporters=frozenset(self.reporters),
        )


def place_mail(
    rules: Rules, mail: Mail, documents: Sequence[Document], received: date | None = None
) -> Placement:
    """Place a mail and its documents, received on that day.

    A robot's mail is noted and never answered; a report that hangs on an automatic answer is for a person.
    """
    context = Context(sender=mail.sender, subject=mail.subject, text=mail.text, received=received)
    if mail.kind in ROBOTS:
        reports = documents if mail.kind == "auto_reply" else ()
        left = [_from_a_robot(rules, context, d) for d in reports if _may_report(d)]
        return Placement(undecided=tuple(left), reasons=mail.reasons)
    documents, elsewhere = _ours(rules, mail, documents)
    if elsewhere and not documents:
        return Placement(reasons=(*mail.reasons, *elsewhere))
    own = [d for d in documents if is_our_notice(rules.campaign, d.file, d.content)]
    documents = [d for d in documents if d not in own]
    told = tuple(f"附件“{d.file.filename}”是本局的通知，不是报送材料" for d in own)
    mail = replace(mail, reasons=(*mail.reasons, *told)) if told else mail
    answers = mail.kind == "reply" or (own and not documents)
    if answers and not documents and ACKNOWLEDGEMENT.match(mail.text.strip()[:200] or "."):
        return Placement(reasons=(*mail.reasons, "回复中没有报送内容，已记录"))
    if mail.kind in {"suspicious", "needs_person"} or not documents:
        return Placement(undecided=(_whole_mail(rules, mail, context),), reasons=mail.reasons)
    if mail.sender not in rules.roster.by_address:
        return Placement(undecided=tuple(_unknown_sender(rules, context, d) for d in documents))
    placement = place_documents(rules, context, documents)
    taken = mail.unpacked or any(_CLOSED.isdisjoint(_codes(p.document)) for p in placement.placed)
    said = (LINKED, *mail.reasons) if mail.linked else mail.reasons
    shut = taken and (mail.linked or not STAYED_SHUT.isdisjoint(mail.flags))
    return with_what_stayed_shut(rules, said, context, placement) if shut else placement


def _ours(
    rules: Rules, mail: Mail, documents: Sequence[Document]
) -> tuple[Sequence[Document], tuple[str, ...]]:
    """The documents without those another campaign takes in, and what is said of these."""
    if not rules.others or mail.kind == "suspicious":
        return documents, ()
    if not documents:
        meant = others_words(rules.campaign, rules.others, (mail.subject, mail.text))
        return (), (f"来信说的是“{meant.title}”，由该专项处理",) if meant else ()
    found = [
        (d, others_document(rules.campaign, rules.others, mail.subject, d.file, d.content)) for d in documents
    ]
    kept = [d for d, meant in found if meant is None]
    said = tuple(f"“{d.file.filename}”是“{m.title}”的材料，由该专项收取" for d, m in found if m is not None)
    if said and all(d.content.format == PICTURE for d in kept):
        return (), said
    return kept, said


def with_what_stayed_shut(
    rules: Rules, said: Sequence[str], context: Context, placement: Placement
) -> Placement:
    """Beside what was taken, what stayed shut or was lost: it may be a report, and a person is told of it."""
    found = rules.match(context, None, ())
    reasons = ("来件中有没能打开或不完整的内容，请查看原件", *said)
    left = Undecided(None, _reporting(rules, found), reasons)
    return replace(placement, undecided=(*placement.undecided, left))


def _whole_mail(rules: Rules, mail: Mail, context: Context) -> Undecided:
    found = rules.match(context, None, ())
    # Only a mail that may hold the report itself keeps its unit from being chased.
    may_report = mail.kind in {"body_only", "large_attachment_link", "suspicious", "needs_person"}
    return Undecided(None, _reporting(rules, found) if may_report else (), (*mail.reasons, *found.reasons))


def _from_a_robot(rules: Rules, context: Context, document: Document) -> Undecided:
    found = rules.match(context, document.reading, [document.file.filename])
    reason = "自动回复的邮件带有文件，可能是报送材料，请核实后指定报送单位；不会答复发件人"
    return Undecided(document.file, _reporting(rules, found), (reason, *found.reasons))


def _may_report(document: Document) -> bool:
    """No picture, no card, and not our own blank form coming back."""
    blank = "BLANK_FORM" in _codes(document)
    return document.content.format != PICTURE and not blank and may_report(document.file)


def _codes(document: Document) -> frozenset[str]:
    return frozenset(f.code for f in document.reading.findings)


def _unknown_sender(rules: Rules, context: Context, document: Document) -> Undecided:
    found = rules.match(context, document.reading, [document.file.filename])
    reason = f"发件地址 {context.sender or '（空）'} 不在名册上，请核实后指定报送单位"
    return Undecided(document.file, _reporting(rules, found), (reason, *_said(document), *found.reasons))


def place_documents(rules: Rules, context: Context, documents: Sequence[Document]) -> Placement:
    """Place documents that came together: main documents become reports, the rest goes with them."""
    main = [d for d in documents if d.content.format != PICTURE]
    if not main:
        found = rules.match(context, None, [d.file.filename for d in documents])
        reasons = ("只有图片，没有可读的材料", *found.reasons)
        return Placement(
            undecided=tuple(Undecided(d.file, _reporting(rules, found), reasons) for d in documents)
        )
    placed: list[Placed] = []
    undecided: list[Undecided] = []
    for document in main:
        result = _place_one(rules, context, document)
        (placed if isinstance(result, Placed) else undecided).append(result)  # type: ignore[arg-type]
    kept, doubled = _one_form_each(placed)
    pictures = tuple(d.file for d in documents if d.content.format == PICTURE)
    return Placement(tuple(_with_companions(kept, pictures)), (*undecided, *doubled))


def _place_one(rules: Rules, context: Context, document: Document) -> Placed | Undecided:
    found = rules.match(context, document.reading, [document.file.filename])
    unit = rules.reporter(found.unit)
    obligation = obligation_of(rules.campaign, document, context.subject, context.received)
    reasons = (*_said(document), *found.reasons, *document.reading.reasons)
    if unit is None:
        return Undecided(document.file, _reporting(rules, found), reasons)
    if obligation is None:
        return Undecided(document.file, (unit,), (*reasons, _open_question(rules.campaign, document)))
    if is_unrelated(rules.campaign.obligation(obligation), document.file, document.content):
        return Undecided(document.file, (unit,), (*reasons, "看不出这份文件是不是本专项的材料，请核实"))
    if obligation not in rules.reporters[unit]:
        title = rules.campaign.obligation(obligation).title
        name = rules.roster[unit].name
        return Undecided(document.file, (unit,), (*reasons, f"“{name}”不承担{quoted(title)}，请核实"))
    return Placed(obligation, unit, named(document), (document.file,))


def _reporting(rules: Rules, found: Match) -> tuple[str, ...]:
    codes = (found.unit, *found.candidates) if found.unit else found.candidates
    return tuple(dict.fromkeys(r for c in codes if (r := rules.reporter(c))))


def obligation_of(
    campaign: Campaign, document: Document, subject: str = "", received: date | None = None
) -> str | None:
    """The obligation a document answers, or None when that is not certain."""
    read, content = document.reading.obligation, document.content
    if read:
        top = next((sheet.rows for sheet in content.sheets if sheet.visible and sheet.rows), ())
        titles = [document.file.filename, subject, *head_of(top, content.text)]
        return stated(campaign, read, form_codes(content), titles, received)
    if len(campaign.obligations) == 1:
        return campaign.obligations[0].id
    named = [o.id for o in campaign.obligations if _names(document.file.filename, o)]
    return named[0] if len(named) == 1 else None


def _open_question(campaign: Campaign, document: Document) -> str:
    if document.reading.obligation is None:
        return "看不出这份材料对应哪个报送事项，请指定"
    title = campaign.obligation(document.reading.obligation).title.partition("（")[0]
    return f"看不出这份材料是哪一次的{quoted(title)}，请指定"


def _names(filename: str, obligation: Obligation) -> bool:
    words = {"form": ("统计表", "汇总表", "报表"), "narrative": ("总结", "报告", "小结")}
    return obligation.title in filename or any(w in filename for w in words[obligation.deliverable])


def named(document: Document) -> Document:
    """A document whose unit is certain, without the findings that only said it was not named."""
    findings = tuple(f for f in document.reading.findings if f.code not in NAMING_FINDINGS)
    return replace(document, reading=replace(document.reading, findings=findings))


def _one_form_each(placed: Sequence[Placed]) -> tuple[list[Placed], list[Undecided]]:
    """One report a unit and obligation: two forms that differ about one unit are put before a person.

    A town sends a form for each of its villages: those are reports of their own. Of several narratives the
    longest is the report and the others go with it.
    """
    groups: dict[tuple[str, str], list[Placed]] = {}
    for each in placed:
        groups.setdefault((each.unit, each.obligation), []).append(each)
    kept: list[Placed] = []
    doubled: list[Undecided] = []
    for group in groups.values():
        if _disagree(group):
            reason = "同一来件中有几份数字不同的统计表，请指定以哪一份为准"
            doubled += [Undecided(p.document.file, (p.unit,), (reason,)) for p in group]
        else:
            read = [p for p in group if _CLOSED.isdisjoint(_codes(p.document))]
            shut = [p for p in group if p not in read] if read else []
            kept += [_merged(each) for each in _by_subject(read or group)]
            doubled += [Undecided(p.document.file, (p.unit,), _said(p.document)) for p in shut]
    return kept, doubled


def _by_subject(group: Sequence[Placed]) -> list[list[Placed]]:
    """Reports by the units their figures are of; what has no figures goes with the first."""
    found: dict[frozenset[str], list[Placed]] = {}
    for each in group:
        if rows := each.document.reading.rows:
            found.setdefault(frozenset(row.unit for row in rows), []).append(each)
    without = [p for p in group if not p.document.reading.rows]
    subjects = list(found.values()) or [[]]
    subjects[0] += without
    return subjects


def _said(document: Document) -> tuple[str, ...]:
    """Why nothing could be read from a file, if nothing could."""
    return tuple(f.text for f in document.reading.findings if f.code in _CLOSED)


def _disagree(group: Sequence[Placed]) -> bool:
    """Whether two forms have different figures for one unit."""
    said: dict[str, list[Row]] = {}
    for each in group:
        for row in each.document.reading.rows:
            said.setdefault(row.unit, []).append(row)
    return any(row.values != rows[0].values for rows in said.values() for row in rows[1:])


def _merged(group: Sequence[Placed]) -> Placed:
    main = max(group, key=lambda p: (not p.document.reading.blocking, len(p.document.content.text)))
    others = tuple(p.document.file for p in group if p is not main)
    return replace(main, files=(main.document.file, *others))


def _with_companions(placed: Sequence[Placed], pictures: tuple[File, ...]) -> list[Placed]:
    """Pictures go with the narrative they came with, else with the first report."""
    if not placed or not pictures:
        return list(placed)
    texts = [i for i, p in enumerate(placed) if p.document.content.text]
    home = texts[0] if texts else 0
    return [replace(p, files=(*p.files, *pictures)) if i == home else p for i, p in enumerate(placed)]
