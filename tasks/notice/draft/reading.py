"""A notice's text into a draft: the rules in their order, nothing else."""

import re
from dataclasses import replace
from datetime import date

from tasks.notice.calendar import Calendar
from tasks.notice.draft.figures.allotting_table import allotting_table
from tasks.notice.draft.figures.enclosed import enclosed
from tasks.notice.draft.figures.grid_quotas import read_heads, unread_table
from tasks.notice.draft.figures.quotas import quotas, targets
from tasks.notice.draft.model import Channel, Contact, Draft, Obligation, Period, Said
from tasks.notice.draft.people.channels import channels
from tasks.notice.draft.people.contacts import contact_offices, contacts
from tasks.notice.draft.people.exceptions import exceptions
from tasks.notice.draft.people.grid_people import people
from tasks.notice.draft.reports.grid import ways
from tasks.notice.draft.reports.obligations import obligations
from tasks.notice.draft.reports.periods import periods
from tasks.notice.draft.reports.standing import standing_orders
from tasks.notice.draft.words import header as heads
from tasks.notice.draft.words.days import Frame
from tasks.notice.draft.words.handing import VERB, section_in, section_of
from tasks.notice.draft.words.layout import Layout
from tasks.notice.draft.words.page import page_of

_PRESS = re.compile(r"本[报网台]讯|（(?:本报)?(?:见习)?(?:记者|通讯员)[^（）]{2,20}）|记者[^，。]{0,30}获悉")
"""A newspaper tells what an office asked of others; nobody is asked by it."""
_OPENING = 300


def draft_of(text: str, calendar: Calendar) -> Draft:
    """Read a notice. Pure: the same text and calendar give the same draft."""
    layout = Layout(page_of(text))
    header = heads.header_of(layout)
    number = header.doc_number.value if header.doc_number else ""
    frame = Frame(header.issued, header.year, calendar)
    stretches = tuple(periods(layout, frame))
    found = obligations(
        layout,
        Frame(header.issued, header.year, calendar, _ends(stretches)),
        header.issuer.value if header.issuer else "",
        stretches,
    )
    if not header.addressees and not number and _PRESS.search(layout.page.text[:_OPENING]):
        found = replace(found, obligations=())
    reporting = bool(found.obligations)
    return Draft(
        issuer=header.issuer,
        doc_number=header.doc_number,
        title=header.title,
        issue_date=header.issue_date,
        superior_document=heads.superior_document(layout, number),
        superior_due=found.superior_due,
        theme=heads.theme(layout),
        section=_section(layout, found.obligations, header.issuer.value if header.issuer else ""),
        late_policy=heads.late_policy(layout),
        amended_document=heads.amended_document(layout, number),
        addressees=header.addressees,
        periods=stretches,
        obligations=found.obligations,
        channels=_channels(layout) if reporting else (),
        contacts=_contacts(layout),
        quotas=tuple(quotas(layout)),
        targets=tuple(targets(layout)),
        forwarded=layout.forwards,
        exceptions=tuple(exceptions(layout)) if reporting else (),
        forms=tuple(enclosed(layout)),
        standing_orders=tuple(standing_orders(layout)),
        allotted_by_table=allotting_table(layout, read_heads(layout)) or unread_table(layout),
    )


def _contacts(layout: Layout) -> tuple[Contact, ...]:
    """Those of the text, and those only a table names."""
    listed = tuple(people(layout))
    phones = {each.phone for each in listed}
    return (*(each for each in contacts(layout) if each.phone not in phones), *listed)


def _channels(layout: Layout) -> tuple[Channel, ...]:
    """What the text says, and the ways only a table names."""
    told = tuple(channels(layout))
    kinds = {each.type for each in told}
    return (*told, *(each for each in ways(layout) if each.type not in kinds))


def is_notice(draft: Draft) -> bool:
    """Whether anything at all marks the text as an official notice."""
    signed = draft.issuer and draft.issue_date
    return bool(draft.title or draft.doc_number or draft.obligations or draft.addressees or signed)


def _ends(stretches: tuple[Period, ...]) -> tuple[tuple[str, date], ...]:
    return tuple((period.name, period.end) for period in stretches)


def _section(layout: Layout, found: tuple[Obligation, ...], issuer: str) -> Said | None:
    """The receiving section: of the reports with a day, of any other, of the people to ask, of “报……科”."""
    if not found:
        return None
    dated = sorted(found, key=lambda each: each.due_date is None)
    named = (Said(each.section, each.evidence) for each in dated if each.section)
    offered = (*named, _of_the_contact(layout), _spoken_of(layout))
    # Events are told to a duty room; reports are not.
    fit = (s for s in offered if s and not issuer.endswith(s.value) and not s.value.endswith("值班室"))
    return next(fit, None)


def _of_the_contact(layout: Layout) -> Said | None:
    """The section of the people to ask, where all of them sit in one."""
    named = {section_in(office): (start, end) for office, start, end in contact_offices(layout)}
    if len(named) != 1 or "" in named:
        return None
    section, (start, end) = next(iter(named.items()))
    return Said(section, heads.evidence(layout.page, start, end))


_SENT_TO = re.compile(r"[发送交](?=[省市县区州我本][\u4e00-\u9fff]{1,12}(?:科|股|处|室))")


def _spoken_of(layout: Layout) -> Said | None:
    for line in layout.body:
        for verb in (*VERB.finditer(line.text), *_SENT_TO.finditer(line.text)):
            stop = re.search(r"[，。；\n]|$", line.text[verb.end() : verb.end() + 40])
            end = verb.end() + (stop.start() if stop else 0)
            section = section_of(line.text[verb.end() : end])
            if section:
                start = line.start + verb.start()
                return Said(section, heads.evidence(layout.page, start, line.start + end))
    return None
