"""Letters of this campaign, written and frozen: words, attachments, one recipient each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from tasks.chase import announced, bulletin, contexts, together
from tasks.chase.announce import OFFICE, Announcement
from tasks.chase.announced import Counted
from tasks.chase.bulletin import Told
from tasks.chase.chart import bars
from tasks.chase.grace import correction_date
from tasks.chase.grants import Grant
from tasks.chase.ladder import Summons
from tasks.chase.letter import Composed, Letters
from tasks.chase.merge import NAME
from tasks.chase.rulings import Answer
from tasks.chase.together import Reminder
from tasks.desk import Desk
from tasks.documents.fillin import write_form
from tasks.ledger.submissions import Submission
from tasks.mail.sending.build import build_mail, message_id
from tasks.roster.duty import rows_for
from tasks.settings import Account
from tasks.status.report import still_owed
from tasks.status.view import View
from tasks.terms import times
from tasks.terms.heap import everything_stays
from tasks.terms.letters import Form, Letter, Part
from tasks.terms.standings import REPORTED, State
from tasks.terms.units import Role

File = tuple[str, bytes]
Audience = Role | Literal["parent", "ops"]


@dataclass(frozen=True)
class Writer:
    """Writes the letters of one campaign as it stands in one view."""

    desk: Desk
    view: View
    counts: dict[tuple[str, ...], list[Counted]] = field(default_factory=dict)
    forms: dict[tuple[str, Composed], Form] = field(default_factory=dict)

    @cached_property
    def templates(self) -> Letters:
        """The campaign's own templates, then the office's, then the shipped ones."""
        return Letters(*self.desk.home.template_folders(self.desk.campaign.id))

    @cached_property
    def account(self) -> Account:
        """Whom the letters come from."""
        return self.desk.account

    def start(self, summons: Summons) -> Iterator[Letter]:
        """A notice of start, one letter for each address of its audience."""
        forms = self._forms(summons)
        names = [name for name, _ in forms]
        facts = contexts.start(self._facts(summons.reporter), self.desk.campaign, summons, names)
        for address in self.addressees(summons):
            yield self.letter(
                summons.rung.template,
                summons.reporter,
                address,
                facts,
                occasion=summons.occasion,
                obligations=summons.obligations,
                files=forms,
            )

    def reminders(self, summons: Summons) -> Iterator[Reminder]:
        """What a reminder says, for each address of its audience."""
        campaign = self.desk.campaign
        forms = tuple(self._forms(summons))
        facts = self._reminder_facts(summons, [name for name, _ in forms])
        part = Part(campaign.id, summons.reporter, summons.occasion, summons.obligations)
        for address in self.addressees(summons):
            yield Reminder(part, summons.rung.template, address, campaign.title, facts, forms)

    def reminder(self, said: Reminder) -> Letter:
        """A reminder that goes alone."""
        return self.letter(
            said.kind,
            said.part.unit,
            said.address,
            said.facts,
            occasion=said.part.occasion,
            obligations=said.part.obligations,
            files=said.files,
        )

    def together(self, several: Sequence[Reminder]) -> Letter:
        """The one letter of several reminders to one address."""
        unit = several[0].part.unit
        return self.letter(
            together.KIND,
            unit,
            several[0].address,
            together.facts(self._facts(unit), several),
            occasion=together.occasion(each.part for each in several),
            obligations=several[0].part.obligations,
            files=together.files(several),
            parts=[each.part for each in several],
        )

    def addressees(self, summons: Summons) -> list[str]:
        """Who is written to: each address once, whatever its roles."""
        return self._addresses(summons.reporter, summons.rung.audience)

    def answer(self, answer: Answer) -> Iterator[Letter]:
        """The receipt for a version, or its return; to whoever sent it, else to the unit's preparer."""
        version = answer.version
        facts = self._facts(version.unit)
        campaign = self.desk.campaign
        kind = "return" if version.verdict == State.RETURNED else "receipt"
        if kind == "return":
            until = answer.until or correction_date(self.desk.now, self._due(version), self.desk.calendar)
            facts = contexts.returned(facts, campaign, version, until)
        else:
            closed = any(s.too_late == version.id for s in self.view.by_reporter.get(version.unit, ()))
            missing = self._missing(version)
            facts = contexts.receipt(facts, campaign, self.desk.roster, version, missing, too_late=closed)
        for address in self._answer_addresses(version):
            yield self.letter(
                kind,
                version.unit,
                address,
                facts,
                occasion=answer.occasion,
                obligations=(version.obligation,),
            )

    def granted(self, grant: Grant) -> Iterator[Letter]:
        """The answer to a request for more time, to whoever fills the report in."""
        facts = announced.extended(self._facts(grant.reporter), self.desk.campaign, self.desk.roster, grant)
        for address in self._addresses(grant.reporter, ("preparer",)):
            yield self.letter(
                "extended",
                grant.reporter,
                address,
                facts,
                occasion=grant.occasion,
                obligations=(grant.obligation,),
            )

    def announcements(self, told: Announcement) -> Iterator[Told]:
        """What thanks, a circular or the office's digest say, for each address of their audience."""
        items = self._counted(told.obligations)
        facts = announced.announced(told, self.view, self._facts(told.reporter), items)
        own = told.reporter == OFFICE
        part = Part(self.desk.campaign.id, told.reporter, told.occasion, told.obligations)
        pictures = ((facts["chart"], bars([each.bar for each in items])),) if own else ()
        for address, addressee in self._announced_to(told).items():
            fit = {**facts, "unit": addressee} if own else facts
            yield Told(part, told.rung.template, address, fit, pictures, addressee)

    @everything_stays()
    def announce(self, told: Iterable[Announcement], *, alone: bool = False) -> list[Letter]:
        """The letters of all these announcements: one for each address, or each alone."""
        said = [each for announcement in told for each in self.announcements(announcement)]
        groups = ([each] for each in said) if alone else bulletin.by_address(said)
        return [self.announcement(group) for group in groups]

    def announcement(self, told: Sequence[Told]) -> Letter:
        """The one letter of all that is announced to one address."""
        first, *more = told
        said = bulletin.sections(told) if more else [first.facts]
        alone = len(said) == 1
        return self.letter(
            first.kind if alone else bulletin.KIND,
            first.part.unit,
            first.address,
            said[0] if alone else bulletin.facts(self._facts(first.part.unit), said),
            occasion=together.occasion(each.part for each in told) if more else first.part.occasion,
            obligations=first.part.obligations,
            pictures=bulletin.pictures(told),
            addressee=first.addressee,
            parts=[each.part for each in told] if more else (),
        )

    def _counted(self, obligations: tuple[str, ...]) -> list[Counted]:
        """Counted once for all the letters that tell of it."""
        if obligations not in self.counts:
            self.counts[obligations] = announced.counted(self.view, obligations)
        return self.counts[obligations]

    def _announced_to(self, told: Announcement) -> dict[str, str]:
        """Each address once; of the office's own people also how each is greeted."""
        if told.reporter != OFFICE:
            return dict.fromkeys(self._addresses(told.reporter, told.rung.audience), "")
        of = {"ops": self.desk.office.on_duty, "leader": self.desk.office.leaders}
        roles: dict[str, list[str]] = {}
        for role in told.rung.audience:
            for address in of.get(role, ()):
                roles.setdefault(address.lower(), []).append(role)
        return {address: announced.salutation(found) for address, found in roles.items()}

    def letter(
        self,
        kind: str,
        unit: str,
        address: str,
        facts: Mapping[str, Any],
        *,
        occasion: str,
        obligations: Sequence[str] = (),
        files: Sequence[File] = (),
        pictures: Sequence[File] = (),
        addressee: str = "",
        parts: Sequence[Part] = (),
    ) -> Letter:
        """Compose a letter and freeze it as bytes; the addressee is the unit, or named, or the superior."""
        account, campaign = self.account, self.desk.campaign
        domain = account.address.rpartition("@")[2]
        identity = message_id(campaign.id, unit, kind, occasion, address, domain=domain)
        known = unit in self.desk.roster
        name = self.desk.roster[unit].name if known else addressee or campaign.superior.name
        form = None if files or pictures or name != facts.get(NAME) else self.templates.form(kind, facts)
        composed = form or self.templates.compose(kind, facts)
        headers = {"X-Baosong-Letter": kind}
        wire = (
            b""
            if form
            else build_mail(
                sender=account.address,
                sender_name=account.display_name,
                recipient=address,
                recipient_name=name,
                subject=composed.subject,
                text=composed.text,
                html=composed.html,
                message_id=identity,
                date=times.local(self.desk.now),
                files=files,
                pictures=pictures,
                headers=headers,
            )
        )
        return Letter(
            campaign=campaign.id,
            unit=unit,
            kind=kind,
            occasion=occasion,
            address=address,
            subject=composed.subject,
            message_id=identity,
            wire=wire,
            obligations=tuple(obligations),
            parts=tuple(parts),
            form=self._form(kind, form) if form else None,
            name=name if form else "",
        )

    def _form(self, kind: str, words: Composed) -> Form:
        """The words as they are frozen; the same words are the same form."""
        if (kind, words) not in self.forms:
            account = self.account
            date = times.local(self.desk.now).isoformat()
            self.forms[kind, words] = Form(
                account.address,
                account.display_name,
                words.subject,
                words.text,
                words.html,
                date,
                (("X-Baosong-Letter", kind),),
            )
        return self.forms[kind, words]

    def _facts(self, unit: str) -> contexts.Facts:
        roster = self.desk.roster
        return {**self._common, NAME: roster[unit].name if unit in roster else unit}

    @cached_property
    def _common(self) -> contexts.Facts:
        """What every letter says, worked out once."""
        return contexts.common(self.desk.campaign, self.desk.now)

    def _reminder_facts(self, summons: Summons, forms: Sequence[str]) -> contexts.Facts:
        received = [s for s in self.view.by_reporter.get(summons.reporter, ()) if s.state in REPORTED]
        return contexts.reminder(
            self._facts(summons.reporter),
            self.desk.campaign,
            self.desk.roster,
            summons,
            received,
            as_of=self.desk.now,
            forms=forms,
        )

    def _forms(self, summons: Summons) -> list[File]:
        """The reporter's own fill-in form of every form obligation the letter speaks of."""
        day = times.local(self.desk.now).date()
        reporter = self.desk.roster[summons.reporter]
        found = []
        for each in (self.desk.campaign.obligation(o) for o in summons.obligations):
            if each.deliverable == "form":
                rows = rows_for(each, reporter.code, self.desk.roster, day)
                name = f"{reporter.name}-{each.title.replace('“', '').replace('”', '')}.xlsx"
                found.append((name, write_form(self.desk.campaign, each, reporter, rows)))
        return found

    def _addresses(self, unit: str, roles: Sequence[Audience]) -> list[str]:
        """The addresses of these roles that work, each once: one gets one letter, whatever its roles."""
        found = [address for role in roles for address in self._of_role(unit, role)]
        return [a for a in dict.fromkeys(a.lower() for a in found if a) if a not in self.view.dead]

    def _of_role(self, unit: str, role: Audience) -> list[str]:
        if role == "ops":
            return list(self.desk.office.on_duty)
        known = self.desk.roster[unit]
        if role == "parent":
            above = self.desk.roster.by_code.get(known.parent or "")
            return list(above.addresses("sender") or above.addresses("preparer")) if above else []
        return list(known.addresses(role))

    def _answer_addresses(self, version: Submission) -> list[str]:
        if version.sender and version.sender in self.desk.roster.by_address:
            return [version.sender]
        return self._addresses(version.unit, ("preparer",))

    def _due(self, version: Submission) -> Any:
        mine = self.view.by_reporter.get(version.unit, ())
        return next((s.due.at for s in mine if s.obligation == version.obligation), None)

    def _missing(self, version: Submission) -> list[str]:
        """What the reporter still owes, by name; optional things are not asked for."""
        owing = still_owed(self.view.by_reporter.get(version.unit, ()))
        owed = {s.obligation for s in owing if s.too_late is None}
        return [o.title for o in self.desk.campaign.obligations if o.id in owed and not o.optional]
