"""A company in which Umar keeps things to himself, and the addresses of those things."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.accounts.models.visibility import Guarded
from leadline.activities.models import Activity
from leadline.crm.filing import attach
from leadline.crm.models import Deal, DealProduct, File, HandOff, Lead, Note, Organization, Participant, Person, View
from leadline.history import members
from leadline.history.models import Change
from tests import factories as make
from tests.cast import Cast
from tests.crm.playbooks.making import item, playbook

SECRET = "Hushhush"
DUE = dt.date(2099, 1, 1)


@dataclass(frozen=True)
class Hidden:
    """What belongs to Umar; `own` is a deal of Olga's, who tries the doors."""

    deal: Deal
    other_deal: Deal
    lead: Lead
    offered: HandOff
    handed: HandOff
    person: Person
    other_person: Person
    organization: Organization
    activity: Activity
    note: Note
    file: File
    line: DealProduct
    participant: Participant
    view: View
    change: Change
    own: Deal


def hide(cast: Cast) -> Hidden:
    """Every kind of record once, all with the secret in their text."""
    umar, named = cast.outsider, {"owner": cast.outsider, "by": cast.outsider}
    organization = make.organization(name=f"{SECRET} Ltd", **named)
    person = make.person(name=f"{SECRET} Smith", organization=organization, **named)
    deal = make.deal(title=f"{SECRET} deal", organization=organization, person=person, **named)
    other = make.person(name=f"{SECRET} Smithers", **named)
    deal.edit(by=umar, competitor=SECRET)
    change = Change.objects.filter(entity="deal", record_id=deal.pk).latest("id")
    playbook(make.stage(0), item("x", "text", required=False), for_standing=True)
    return Hidden(
        deal=deal,
        other_deal=make.deal(title=f"{SECRET} deal two", **named).park(by=umar, event=SECRET),
        lead=make.lead(title=f"{SECRET} lead", person=person, **named),
        offered=_handed(make.lead(title=f"{SECRET} offer", **named), cast.leader, umar),
        handed=_handed(make.lead(title=f"{SECRET} lead on its way", **named), umar, cast.leader),
        person=person,
        other_person=other,
        organization=organization,
        activity=make.activity(subject=f"{SECRET} call", deal=deal, due_on=DUE, repeats="FREQ=WEEKLY", **named),
        note=make.note(deal, by=umar, text=f"<p>{SECRET} note</p>"),
        file=attach(deal, f"{SECRET}.txt", io.BytesIO(SECRET.encode()), by=umar),
        line=make.line(deal, by=umar, product=make.product()),
        participant=Participant(deal=deal, person=other, role=SECRET).add(by=umar),
        view=View(kind="deal", name=f"{SECRET} view", owner=umar).add(by=umar),
        change=change,
        own=make.deal(title="Olga's own", owner=cast.owner, by=cast.owner),
    )


def _handed(lead: Lead, giver: User, taker: User) -> HandOff:
    one = HandOff(lead=lead, giver=giver, taker=taker, handed_at=timezone.now(), note=SECRET)
    return one.add(by=SYSTEM)


def set_everywhere(see: str, change: str) -> None:
    for kind in Guarded.values:
        members.set_visibility(kind, by=SYSTEM, see=see, change_by=change)


Arguments = Callable[[Hidden], list[Any]]
Data = Callable[[Hidden], Mapping[str, Any]]


@dataclass(frozen=True)
class Door:
    """An address that names a record: its arguments, and a form for it that would be accepted from its owner.

    `open_to_seers`: whoever sees the record may send it, for it changes nothing that others see.
    """

    at: Arguments
    form: Data = field(default=lambda hidden: {})
    open_to_seers: bool = False
    query: str = ""


def _deal(hidden: Hidden) -> list[Any]:
    return [hidden.deal.pk]


def _on_deal(hidden: Hidden) -> list[Any]:
    return ["deal", hidden.deal.pk]


def _lead(hidden: Hidden) -> list[Any]:
    return [hidden.lead.pk]


def _text(name: str, value: str) -> Data:
    return lambda hidden: {name: value}


FUTURE = "2099-01-02"
# Every address that names a record with an owner, or what hangs on one.
DOORS: dict[str, Door] = {
    "deal": Door(_deal),
    "lead": Door(_lead),
    "person": Door(lambda h: [h.person.pk]),
    "organization": Door(lambda h: [h.organization.pk]),
    "edit": Door(lambda h: ["deal", h.deal.pk, "title"], lambda h: {"value": "New", "was": h.deal.title}),
    "timeline": Door(_on_deal),
    "note_add": Door(_on_deal, _text("text", "<p>Hello</p>")),
    "file_add": Door(_on_deal, lambda h: {"file": io.BytesIO(b"text")}),
    "activity_log": Door(_on_deal, lambda h: {"subject": "Call", "type": h.activity.type_id, "due": f"{FUTURE}T10:00"}),
    "change_undo": Door(lambda h: ["deal", h.deal.pk, h.change.pk]),
    "note": Door(lambda h: [h.note.pk], _text("text", "<p>Other</p>")),
    "note_pin": Door(lambda h: [h.note.pk], _text("pinned", "1")),
    "note_trash": Door(lambda h: [h.note.pk]),
    "file": Door(lambda h: [h.file.pk]),
    "file_rename": Door(lambda h: [h.file.pk], _text("name", "other.txt")),
    "file_trash": Door(lambda h: [h.file.pk]),
    "activity": Door(lambda h: [h.activity.pk]),
    "calendar_event": Door(lambda h: [h.activity.pk]),
    "calendar_move": Door(lambda h: [h.activity.pk], lambda h: {"day": FUTURE, "time": "11:30"}),
    "activity_outcome": Door(lambda h: [h.activity.pk]),
    "activity_next": Door(lambda h: [h.activity.pk], lambda h: {"subject": "Call them", "line": "1"}),
    "activity_move": Door(lambda h: [h.activity.pk], _text("to", "tomorrow")),
    "activity_skip": Door(lambda h: [h.activity.pk]),
    "activity_end": Door(lambda h: [h.activity.pk]),
    "activity_done": Door(lambda h: [h.activity.pk], _text("done", "1")),
    "activity_edit": Door(lambda h: [h.activity.pk], _text("subject", "Other")),
    "activity_trash": Door(lambda h: [h.activity.pk]),
    "focus_done": Door(lambda h: [h.activity.pk], _text("note", "Heard")),
    "focus_skip": Door(lambda h: [h.activity.pk], open_to_seers=True),
    "deal_stage": Door(_deal, lambda h: {"stage": make.stage(2).pk}),
    "deal_month": Door(_deal, _text("month", "2099-03")),
    "deal_won": Door(_deal),
    "deal_asked": Door(_deal, query="?to=won"),
    "deal_answer": Door(_deal, lambda h: {"key": "x"}),
    "deal_lost": Door(_deal),
    "deal_parked": Door(_deal, _text("date", FUTURE)),
    "deal_open": Door(_deal),
    "nurture_happened": Door(lambda h: ["deal", h.other_deal.pk]),
    "record_trash": Door(_on_deal),
    "record_restore": Door(_on_deal),
    "related": Door(lambda h: ["organization", h.organization.pk, "people"], query="?from=0"),
    "lead_discard": Door(_lead, _text("note", "No")),
    "lead_park": Door(_lead, _text("come_back_on", FUTURE)),
    "lead_reopen": Door(_lead),
    "lead_hand": Door(_lead),
    "deal_hand": Door(_deal),
    "hand_off": Door(lambda h: [h.offered.pk]),
    "hand_off_accept": Door(lambda h: [h.offered.pk]),
    "hand_off_return": Door(lambda h: [h.offered.pk], _text("note", "Too thin")),
    "hand_off_withdraw": Door(lambda h: [h.handed.pk]),
    "idea_contact": Door(_lead),
    "merge": Door(lambda h: ["person", h.person.pk], lambda h: {"other": h.other_person.pk}),
    "convert": Door(_lead, lambda h: {"stage": make.stage().pk, "title": "Deal", "value": ""}),
    "deal_convert": Door(_deal),
    "line_add": Door(_deal, lambda h: {"product": h.line.product_id, "quantity": "1"}),
    "lines_value": Door(_deal),
    "line": Door(lambda h: [h.line.pk], _text("quantity", "5")),
    "line_remove": Door(lambda h: [h.line.pk]),
    "participant_add": Door(_deal, lambda h: {"person": h.person.pk, "role": "Buyer"}),
    "participant": Door(lambda h: [h.participant.pk], _text("role", "Buyer")),
    "participant_remove": Door(lambda h: [h.participant.pk]),
    "follow": Door(_on_deal, _text("on", "1"), open_to_seers=True),
}
