"""What no file tells and people do by hand: notes, who takes part, colours of labels, when parked deals come back."""

from __future__ import annotations

import datetime as dt
import random
from itertools import cycle

from leadline.accounts.actors import Actor
from leadline.accounts.models import User
from leadline.crm.models import Deal, Follow, Label, Note, Participant, Person
from leadline.imports.example.signing_in import SIGN_INS
from leadline.insights.simulator.words.work import NOTES, REPLIES

NOTED, SHARED, PARKED, FOLLOWED = 90, 60, 12, 12  # deals
COLOURS = ("blue", "violet", "teal", "orange", "green", "pink", "indigo", "red")
ROLES = ("signs", "champion", "may say no", "uses it")
WHY_PARKED = ("Budget next year", "Building is sold first", "New manager starts in spring", "Insurer decides first")
DAY = dt.timedelta(days=1)


def touch_up(by: Actor, now: dt.datetime, seed: int) -> None:
    """All of it, on deals of the last weeks; the same for the same seed."""
    chance = random.Random(seed)
    deals = list(Deal.objects.open().select_related("owner").order_by("-last_touch_at", "pk")[:300])
    _colour_labels(by)
    _park(by, deals[-PARKED:], now, chance)
    deals = deals[:-PARKED]
    _write_notes(by, chance.sample(deals, min(NOTED, len(deals))), chance)
    _take_part(by, chance.sample(deals, min(SHARED, len(deals))), chance)
    _follow(deals)


def _colour_labels(by: Actor) -> None:
    for label, colour in zip(Label.objects.kept().order_by("name", "pk"), cycle(COLOURS)):
        label.edit(by=by, colour=colour)


def _park(by: Actor, deals: list[Deal], now: dt.datetime, chance: random.Random) -> None:
    """Into the nurture stream for some weeks to come (R4)."""
    for deal in deals:
        back = (now + chance.randint(10, 120) * DAY).date()
        deal.park(by=by, come_back_on=back, reason=chance.choice(WHY_PARKED))


def _write_notes(by: Actor, deals: list[Deal], chance: random.Random) -> None:
    """By the deal's owner, when the deal was last touched: what was learned, or what the buyer has written."""
    for deal in deals:
        if deal.owner is None or deal.last_touch_at is None:
            continue
        text = f"<p>{chance.choice(NOTES)}</p>"
        if chance.random() < 0.4:
            text += f"<blockquote>{chance.choice(REPLIES)}</blockquote>"
        note = Note(deal=deal, text=text, author=deal.owner, pinned=chance.random() < 0.15)
        note.add(by=by, at=deal.last_touch_at)


def _take_part(by: Actor, deals: list[Deal], chance: random.Random) -> None:
    """Colleagues of the main contact, each with a role."""
    ids = {deal.organization_id for deal in deals}
    colleagues: dict[int | None, list[Person]] = {}
    for person in Person.objects.kept().filter(organization__in=ids).order_by("pk"):
        colleagues.setdefault(person.organization_id, []).append(person)
    for deal in deals:
        others = [one for one in colleagues.get(deal.organization_id, []) if one.pk != deal.person_id]
        for person, role in zip(others[:2], chance.sample(ROLES, 2), strict=False):
            Participant(deal=deal, person=person, role=role).add(by=by, at=deal.last_touch_at or deal.created_at)


def _follow(deals: list[Deal]) -> None:
    """Whoever signs in first follows the largest ones."""
    reader = User.objects.get(email=SIGN_INS[0].email)
    largest = sorted(deals, key=lambda deal: -(deal.value_base or 0))[:FOLLOWED]
    Follow.objects.bulk_create([Follow(user=reader, kind="deal", record_id=deal.pk) for deal in largest])
