"""Ideas are added by the line; a line that is there already is held back and said, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor
from leadline.accounts.models import User
from leadline.crm.models import Lead, LeadStatus, Organization, Person
from leadline.history.writing import writing
from leadline.web.frame.places import record_url
from leadline.web.ideas.lines import LONGEST, MOST, Line, core
from leadline.web.records.known import spellings

AT_ONCE = 40  # names that one question asks about
ALIVE = (LeadStatus.OPEN, LeadStatus.NURTURE)


@dataclass(frozen=True)
class Held:
    """A line that was not added, why, and the record that is there already."""

    line: Line
    says: str
    href: str = ""
    may: bool = True  # whether it can be added all the same


@dataclass
class Known:
    """What is there already, as the person sees it: read once for all lines."""

    by_mail: dict[str, Person] = field(default_factory=dict)
    by_name: dict[str, list[Person]] = field(default_factory=dict)
    places: dict[str, Organization] = field(default_factory=dict)
    leads: dict[str, Lead] = field(default_factory=dict)
    lead_of: dict[int, Lead] = field(default_factory=dict)
    near: dict[str, Lead | Organization] = field(default_factory=dict)  # by the core of what they are called


def add(lines: list[Line], user: User, by: Actor, *, anyway: bool = False) -> tuple[list[Lead], list[Held]]:
    """The leads that were made, in one act, and the lines held back. `anyway` adds what is there already too."""
    known, added, held = know(lines, user), [], []
    seen: set[str] = set()
    with writing():
        for number, line in enumerate(lines):
            reason = _impossible(line, number) or (None if anyway else _there(line, known, seen))
            if reason:
                held.append(reason)
                continue
            seen |= {key for key in (line.mail, line.title.casefold()) if key}
            added.append(_make(line, known, user, by))
    return added, held


def know(lines: Iterable[Line], user: User) -> Known:
    """Five queries, and two for every forty lines that are a name alone."""
    lines = list(lines)[:MOST]
    names = {way for line in lines for way in spellings(line.name) if line.name}
    mails = {line.mail for line in lines if line.mail}
    places = {way for line in lines for way in spellings(line.place) if line.place}
    titles = {way for line in lines for way in spellings(line.title)}
    people: Any = Person.objects.visible_to(user).kept()
    found = Known(by_mail={row.first_email: row for row in people.filter(first_email__in=mails).order_by("-pk")})
    for row in people.filter(name__in=names).order_by("pk"):
        found.by_name.setdefault(row.name.casefold(), []).append(row)
    for row in Organization.objects.visible_to(user).kept().filter(name__in=places).order_by("-pk"):
        found.places[row.name.casefold()] = row
    leads: Any = Lead.objects.visible_to(user).kept().filter(status__in=ALIVE)
    found.leads = {row.title.casefold(): row for row in leads.filter(title__in=titles).order_by("-pk")}
    met = [*found.by_mail.values(), *(row for rows in found.by_name.values() for row in rows)]
    found.lead_of = {row.person_id: row for row in leads.filter(person__in=met).order_by("-pk")}
    found.near = _near(lines, leads, Organization.objects.visible_to(user).kept())
    return found


def _near(lines: list[Line], leads: Any, places: Any) -> dict[str, Lead | Organization]:
    """What is called nearly like a line that is a name alone; a lead before an organization."""
    wanted = sorted({core(line.alone) for line in lines if core(line.alone)})
    found: dict[str, Lead | Organization] = {}
    for start in range(0, len(wanted), AT_ONCE):
        ways = {way for name in wanted[start : start + AT_ONCE] for way in spellings(name)}
        for rows, field_ in ((places, "name"), (leads, "title")):
            # Spans, not "begins with": an index finds them.
            spans = (Q(**{f"{field_}__gte": way, f"{field_}__lt": way + chr(0xFFFD)}) for way in sorted(ways))
            for row in rows.filter(reduce(or_, spans)).order_by("-pk")[:MOST]:
                found[core(str(getattr(row, field_))).casefold()] = row
    return found


def _impossible(line: Line, number: int) -> Held | None:
    """What cannot be added at all."""
    if number >= MOST:
        return Held(line, _("At most %(most)s lines at a time.") % {"most": MOST}, may=False)
    if len(line.raw) > LONGEST:
        return Held(line, _("This line is too long: at most %(most)s signs.") % {"most": LONGEST}, may=False)
    if line.heading:
        return Held(line, _("This is the heading of a table, not an idea."), may=False)
    if line.wrong:
        return Held(line, _("%(value)s is not an e-mail address.") % {"value": line.wrong}, may=False)
    if not any(sign.isalnum() for sign in line.title):
        return Held(line, _("Write a name, an organization or an e-mail address."), may=False)
    try:
        if line.mail:
            validate_email(line.mail)
    except ValidationError:
        return Held(line, _("%(value)s is not an e-mail address.") % {"value": line.mail}, may=False)
    return None


def _there(line: Line, known: Known, seen: set[str]) -> Held | None:
    """What is there already, or stands twice in what was pasted."""
    if {line.mail, line.title.casefold()} & seen - {""}:
        return Held(line, _("Stands twice in these lines."))
    if lead := known.leads.get(line.title.casefold()):
        return Held(line, _("There is a lead “%(lead)s” already.") % {"lead": lead}, record_url(lead))
    person = known.by_mail.get(line.mail) if line.mail else _namesake(line, known)
    if person is None:
        return _nearly(line, known)
    if lead := known.lead_of.get(person.pk):
        words = {"person": person, "lead": lead}
        return Held(line, _("%(person)s is on the lead “%(lead)s” already.") % words, record_url(lead))
    return Held(line, _("%(person)s is a contact already.") % {"person": person}, record_url(person))


def _nearly(line: Line, known: Known) -> Held | None:
    """A name alone that a lead or an organization has, but for what is put behind it."""
    near = known.near.get(core(line.alone).casefold()) if line.alone else None
    if near is None:
        return None
    there = _("There is a lead “%(lead)s” already.") if isinstance(near, Lead) else _("%(lead)s is a contact already.")
    return Held(line, there % {"lead": near}, record_url(near))


def _namesake(line: Line, known: Known) -> Person | None:
    """Somebody of that name at that organization; of that name alone where the line names none."""
    rows = known.by_name.get(line.name.casefold(), [])
    at = known.places.get(line.place.casefold())
    if line.place:
        rows = [row for row in rows if at is not None and row.organization_id == at.pk]
    return rows[0] if rows else None


def _make(line: Line, known: Known, user: User, by: Actor) -> Lead:
    """The lead with its person and organization: those that are there, else new ones."""
    now, place = timezone.now(), None
    if line.place:
        place = known.places.get(line.place.casefold())
        if place is None:
            place = Organization(name=line.place[:255], owner=user, created_at=now).add(by=by)
            known.places[line.place.casefold()] = place
    person = known.by_mail.get(line.mail) if line.mail else _namesake(line, known)
    if person is None and line.name and (line.place or line.mail or line.phone):
        person = Person(name=line.name[:255], owner=user, organization=place, created_at=now)
        person.emails = [{"value": line.mail}] if line.mail else []
        person.phones = [{"value": line.phone}] if line.phone else []
        person = person.add(by=by)
        known.by_name.setdefault(line.name.casefold(), []).append(person)
        if line.mail:
            known.by_mail[line.mail] = person
    place = place or (person.organization if person else None)
    return Lead(title=line.title[:255], owner=user, person=person, organization=place).add(by=by)
