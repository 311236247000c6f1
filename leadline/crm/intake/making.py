"""An arrival becomes a lead, or joins the one that is there: one transaction each, one after the other (R39)."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.actors import SYSTEM, Actor
from leadline.accounts.models import User
from leadline.crm.addresses import company_domain
from leadline.crm.assigning import assign
from leadline.crm.intake import matching
from leadline.crm.intake.noting import note
from leadline.crm.intake.reading import Told, told
from leadline.crm.intake.waking import many_come, wanted
from leadline.crm.models import (
    Arrival,
    ArrivalState,
    CustomField,
    Lead,
    LeadStatus,
    Note,
    Notice,
    Organization,
    Person,
    Why,
)
from leadline.crm.models.custom_values import plain_value
from leadline.crm.parties.turn import in_turn
from leadline.history import beside, once
from leadline.history.models import Change
from leadline.history.writing import locked, writing

PAUSE = 15.0  # seconds between two looks, where nothing comes
# After each it rests so many times as long as it took, so that people at their pages come first.
REST, REST_WHILE_MANY_COME = 1.0, 9.0
TOO_OFTEN = 5  # times in a row that the database could not take one
_again: dict[int, int] = {}
log = logging.getLogger(__name__)


def make_waiting(*, gently: bool = False) -> int:
    """All that wait, oldest first; returns how many. Several servers do so without harm. `gently`: with rests."""
    done, began = 0, time.monotonic()
    while make_next():
        done += 1
        if gently:
            time.sleep((REST_WHILE_MANY_COME if many_come() else REST) * (time.monotonic() - began))
        began = time.monotonic()
    return done


def in_background() -> None:
    """As soon as something has come, as long as the server runs."""
    beside.again("making leads of arrivals", PAUSE, lambda: make_waiting(gently=True), wanted)


def make_now(pk: int) -> None:
    """This one, if it waits, before all that have waited longer."""
    _make_first(Arrival.objects.filter(pk=pk))


def make_next() -> bool:
    """The oldest that waits; False where there is none. What cannot be made says why, and stops no other.

    Whoever comes second waits for the row, and then finds it done: two servers never make the same person twice.
    """
    return _make_first(Arrival.objects.all())


def _make_first(rows: QuerySet[Arrival]) -> bool:
    pk = None
    try:
        with writing():
            waiting = rows.filter(state=ArrivalState.WAITING).order_by("pk").select_related(None)
            arrival = locked(waiting)[:1].first()
            if arrival is None:
                return waiting.exists()  # somebody else has just made the oldest: is there another?
            pk = arrival.pk
            _make(arrival)
    except (OperationalError, InterfaceError) as error:  # the database is away, or busy: it waits on
        if pk is None or not _too_often(pk):
            raise
        _fail(pk, error)
    except Exception as error:
        if pk is None:
            raise
        _fail(pk, error)
    return True


def _too_often(pk: int) -> bool:
    """Whether it was this one again and again: it is not the database then, and the others wait for nothing."""
    if pk not in _again:
        _again.clear()
    _again[pk] = _again.get(pk, 0) + 1
    return _again[pk] >= TOO_OFTEN


def _fail(pk: int, error: Exception) -> None:
    if isinstance(error, ValidationError):
        why = " ".join(error.messages)
    else:
        log.exception("making a lead of arrival %s", pk)
        why = _("Leadline failed: %(error)s") % {"error": type(error).__name__}
    with writing():
        rows = Arrival.objects.filter(pk=pk, state=ArrivalState.WAITING)
        rows.update(state=ArrivalState.FAILED, why=why[:500], done_at=timezone.now())


def _make(arrival: Arrival) -> None:
    doer = once.marked(SYSTEM, f"arrival {arrival.pk}")
    said = told(arrival)
    if not said.names_somebody:
        raise ValidationError(_("It names nobody: no e-mail address, name, organization or telephone was found in it."))
    in_turn()
    person = matching.known_person(said)
    lead = matching.lead_of(person) if person else None
    if lead is not None:
        arrival.state = _join(lead, arrival, said, doer)
    else:
        lead = _new_lead(arrival, said, person, doer)
        arrival.state = ArrivalState.TAKEN
    arrival.lead, arrival.why, arrival.done_at = lead, "", timezone.now()
    arrival.save(update_fields=["state", "lead", "why", "done_at"])


def _join(lead: Lead, arrival: Arrival, said: Told, doer: Actor) -> ArrivalState:
    if lead.status == LeadStatus.NURTURE:
        lead.reopen(by=doer)
    head = _("Came again by %(door)s") % {"door": arrival.door}
    note(lead, said, [*said.own.values(), *said.rest], doer, head=head)
    if lead.owner_id:
        _tell(lead.owner_id, lead, Note.ENTITY, Why.FOLLOWED, doer)
    else:
        assign(lead, by=doer)
    return ArrivalState.JOINED


def _new_lead(arrival: Arrival, said: Told, known: Person | None, doer: Actor) -> Lead:
    door, owner = arrival.door, arrival.door.owner
    owner = owner if owner is not None and owner.may_own else None
    made: list[Any] = []
    organization = _organization(said, known, owner, made, doer)
    person = known or _person(said, organization, owner, made, doer)
    custom = _own_fields(said, Lead.ENTITY)
    kept = custom.keys() | {key for record in made for key in record.custom}
    rest = [*said.rest, *(told for key, told in said.own.items() if key not in kept)]
    whence = {**arrival.origin, **said.whence}
    campaign = matching.campaign_of(door, str(whence.get("utm_campaign", "")))
    lead = Lead(
        title=said.said.get("title") or str(organization or person),
        person=person,
        organization=organization,
        owner=owner,
        source=matching.source_of(door, campaign),
        campaign=campaign,
        stage=door.stage,
        custom=custom,
        origin={**whence, "arrival": arrival.pk, "door": door.pk},
        created_at=arrival.came_at,
    ).add(by=doer)
    note(lead, said, rest, doer, head=_("Came by %(door)s") % {"door": door} if known else "")
    if owner is None:
        assign(lead, by=doer)
        _follow(lead, made, doer)
    else:
        _tell(owner.pk, lead, lead.ENTITY, Why.GIVEN, doer)
    return lead


def _organization(
    said: Told, person: Person | None, owner: User | None, made: list[Any], doer: Actor
) -> Organization | None:
    """The person's own, else the one that is known; a new one only where it was named."""
    if person is not None and person.organization_id:
        return person.organization
    found = matching.known_organization(said)
    if found is not None or not said.organization:
        return found
    domain, website = company_domain(said.email), said.said.get("website", "")
    custom = _own_fields(said, Organization.ENTITY)
    new = Organization(name=said.organization, domain=domain, website=website, owner=owner, custom=custom).add(by=doer)
    made.append(new)
    return new


def _person(
    said: Told, organization: Organization | None, owner: User | None, made: list[Any], doer: Actor
) -> Person | None:
    phone = said.said.get("phone", "")
    name = said.name or said.email or phone
    if not name:
        return None
    new = Person(
        name=name[:255],
        **{part: said.said.get(part, "") for part in ("first_name", "last_name", "job_title")},
        emails=[{"value": said.email, "primary": True}] if said.email else [],
        phones=[{"value": phone, "primary": True}] if phone else [],
        organization=organization,
        owner=owner,
        custom=_own_fields(said, Person.ENTITY),
    ).add(by=doer)
    made.append(new)
    return new


def _own_fields(said: Told, entity: str) -> dict[str, Any]:
    """Own fields of one kind of record as far as they can be read; the others go into the note."""
    custom: dict[str, Any] = {}
    for one in CustomField.objects.kept().filter(entity=entity, key__in=said.own) if said.own else ():
        try:
            custom[one.key] = plain_value(one, said.own[one.key][1])
        except ValidationError:
            continue
    return custom


def _follow(lead: Lead, made: list[Any], doer: Actor) -> None:
    """Whoever gets the lead gets those who came with it."""
    lead.refresh_from_db()
    if lead.owner_id:
        for record in made:
            record.edit(by=doer, owner_id=lead.owner_id)


def _tell(user_id: int, lead: Lead, kind: str, why: Why, doer: Actor) -> None:
    """Nobody's hand did it, so that it is no news by itself; to whoever has the lead it is."""
    change = Change.objects.filter(act=doer.act, entity=kind).order_by("-id").values_list("pk", flat=True).first()
    if change is not None:
        told = {"why": why, "kind": lead.ENTITY, "record_id": lead.pk}
        Notice.objects.get_or_create(user_id=user_id, change_id=change, defaults=told)
