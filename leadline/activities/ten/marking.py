"""A note is written, answered, or its person skipped: each one key, each one act to be taken back as one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor, By, actor
from leadline.activities.models import Activity, ActivityType, Answer, CountsAs, Opening, Outcome, TenEntry
from leadline.activities.ten.listing import fill_up
from leadline.crm.models import Deal, Lead, Organization, Person, Status
from leadline.history.writing import writing

MOST_SUBJECT = 255  # characters
MEANS = {
    Answer.CONVERSATION: CountsAs.CONVERSATION,
    Answer.REPLY: CountsAs.REACHED,
    Answer.WRONG: CountsAs.NO_ANSWER,
    Answer.NONE: CountsAs.NO_ANSWER,
}


def write(entry: TenEntry, *, by: By, opening: Opening | None = None) -> TenEntry:
    """The note was written, just now: a done e-mail (a call where there is no address). Written twice is once."""
    doer = actor(by).together()
    with writing(), entry.changing(doer) as when:
        if entry.written_at is None:
            entry.opening, entry.skipped_at = opening, None
            entry.activity = _note(entry, when, doer)
            entry.written_at = when
    return entry


def mark(entry: TenEntry, answer: Answer, *, by: By, opening: Opening | None = None) -> TenEntry:
    """What came back, also on a note that nobody has marked as written; the activity says what it counts as."""
    doer = actor(by).together()
    with writing():
        write(entry, by=doer, opening=opening)
        with entry.changing(doer) as when:
            if entry.answer != answer:
                entry.answer, entry.answered_at = answer, when
        activity = entry.activity
        if activity is not None and activity.deleted_at is None and activity.outcome != (word := _word(answer)):
            activity.edit(by=doer, outcome=word)
    return entry


def skip(entry: TenEntry, *, by: By) -> TenEntry:
    """Not today: somebody else comes onto the list instead, where there is somebody. Skipped twice is once."""
    doer = actor(by).together()
    with writing():
        with entry.changing(doer) as when:
            new = entry.skipped_at is None and entry.written_at is None
            entry.skipped_at = when if new else entry.skipped_at
        if new:
            fill_up(entry.owner, entry.on_date, by=doer, room=1)
    return entry


def place_of(entry: TenEntry) -> Organization | None:
    """Where the one written to works, as far as the list's owner sees it."""
    pk = entry.person.organization_id if entry.person else entry.lead.organization_id if entry.lead else None
    found: Organization | None = Organization.objects.visible_to(entry.owner).kept().filter(pk=pk).first()
    return found


def _note(entry: TenEntry, when: dt.datetime, doer: Actor) -> Activity:
    deal, lead = _deal(entry), _lead(entry)
    return Activity(
        type=type_for(entry.person),
        subject=_subject(entry),
        owner=entry.owner,
        person=entry.person,
        organization=place_of(entry),
        deal=deal,
        lead=None if deal else lead,
        done_at=when,
    ).add(by=doer)


def _subject(entry: TenEntry) -> str:
    """What was written and to whom, as lists of what was done show it: "Say thank you: Carla Zeller"."""
    words = str(entry.opening or _("A note that sells nothing"))
    name = str(entry.person or entry.lead or "")
    said = _("%(words)s: %(name)s") % {"words": words, "name": name} if name else words
    return said[:MOST_SUBJECT]


def type_for(person: Person | None) -> ActivityType:
    """E-mail by its icon, whatever the company calls it; for whom there is only a phone, a call."""
    icon = "phone" if person and not person.first_email and person.phones else "mail"
    types = list(ActivityType.objects.kept().order_by("position", "pk"))
    found = next((one for one in types if one.icon == icon), types[0] if types else None)
    return found or ActivityType(name=_("E-mail"), icon="mail").add(by=Actor(None, "job"))


def _deal(entry: TenEntry) -> Deal | None:
    """The deal that the note is about: of the owner's with this person an open one, else one to be asked again."""
    if entry.person_id is None or entry.lead_id is not None:
        return None
    deals: Any = Deal.objects.visible_to(entry.owner).kept().filter(owner=entry.owner, person=entry.person_id)
    ranked = sorted(deals.exclude(status=Status.WON), key=lambda deal: (deal.status != Status.OPEN, -deal.pk))
    wanted = [deal for deal in ranked if deal.status == Status.OPEN or entry.rule == "revisits"]
    return wanted[0] if wanted else None


def _lead(entry: TenEntry) -> Lead | None:
    """The lead that the entry is about, or an open one of the owner's with this person."""
    mine = Lead.objects.visible_to(entry.owner).kept()
    if entry.lead_id is not None:
        return mine.filter(pk=entry.lead_id).first()
    found: Lead | None = mine.filter(owner=entry.owner, person=entry.person_id, status="open").order_by("-pk").first()
    return found


def _word(answer: Answer) -> str:
    """The company's first word for what it counts as; "" where it has none."""
    found = Outcome.objects.kept().filter(counts_as=MEANS[answer]).order_by("position", "pk").first()
    return found.name if found else ""
