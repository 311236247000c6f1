"""People at organizations or on deals where a contact of mine is, whom I have never touched; through whom is said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from leadline.activities.models import Activity
from leadline.activities.ten.found import Found, Search, Setting, chunks, first_of
from leadline.activities.ten.reach import rested
from leadline.crm.models import Deal, Organization, Participant, Person

MOST = 600  # contacts from whom is looked on: those of last time first


def found(search: Search, _setting: Setting) -> list[Found]:
    """By way of those whom I was in touch with last."""
    return first_of(_found(search))


def _found(search: Search) -> Iterator[Found]:
    contacts = _contacts(search)
    strangers = _strangers(search)
    for ids in chunks(contacts):
        by_deal = _on_deals(search, strangers, list(ids))
        by_place = _at_organizations(search, strangers, list(ids))
        rank = {pk: n for n, pk in enumerate(ids)}
        both = sorted([*by_deal, *by_place], key=lambda row: (rank[row[0]], row[1].person))
        yield from (one for _via, one in both)


def _contacts(search: Search) -> list[int]:
    """With whom I have done something; those of last time first."""
    done: Any = Activity.objects.kept().filter(owner=search.user, done_at__isnull=False).order_by("-done_at", "-pk")
    rows = done.values_list("person_id", flat=True)[: MOST * 5]
    recent = [pk for pk in dict.fromkeys(rows) if pk][:MOST]
    seen = set(Person.objects.visible_to(search.user).kept().filter(pk__in=recent).values_list("pk", flat=True))
    return [pk for pk in recent if pk in seen]


def _strangers(search: Search) -> QuerySet[Person]:
    """People to write to with whom I have never done anything, and of whose deals none is mine."""
    mine = Activity.objects.kept().filter(owner=search.user, person=OuterRef("pk"), done_at__isnull=False).order_by()
    deals = Deal.objects.kept().filter(owner=search.user, person=OuterRef("pk")).order_by()
    return rested(search).exclude(Exists(mine) | Exists(deals))


def _at_organizations(search: Search, strangers: QuerySet[Person], contacts: list[int]) -> list[tuple[int, Found]]:
    known = Person.objects.filter(pk__in=contacts, organization__isnull=False).order_by()
    order = {pk: n for n, pk in enumerate(contacts)}
    rows = sorted(known.values_list("organization_id", "pk", "name"), key=lambda row: order[row[1]])
    seen = Organization.objects.visible_to(search.user).kept().filter(pk__in={row[0] for row in rows})
    names = dict(seen.values_list("pk", "name"))
    via: dict[int, tuple[int, str, str]] = {}
    for place, pk, name in rows:
        if place in names:
            via.setdefault(place, (pk, name, names[place]))
    there = strangers.filter(organization__in=list(via)).exclude(pk__in=contacts).order_by("pk")
    return [
        (via[place][0], Found(pk, _("Through %(name)s at %(place)s") % {"name": via[place][1], "place": via[place][2]}))
        for pk, place in there.values_list("pk", "organization_id")[:MOST]
    ]


def _on_deals(search: Search, strangers: QuerySet[Person], contacts: list[int]) -> list[tuple[int, Found]]:
    deals = Deal.objects.visible_to(search.user).kept()
    parts = Participant.objects.kept().filter(deal__in=deals)
    through: dict[int, tuple[int, str]] = {}
    led = deals.filter(person__in=contacts).values_list("pk", "person_id", "person__name")
    joined = parts.filter(person__in=contacts).values_list("deal_id", "person_id", "person__name")
    for deal, pk, name in [*led.order_by("pk"), *joined.order_by("pk")]:
        through.setdefault(deal, (pk, name))
    others = [*parts.filter(deal__in=list(through)).values_list("person_id", "deal_id", "deal__title")]
    others += deals.filter(pk__in=list(through), person__isnull=False).values_list("person_id", "pk", "title")
    wanted = {pk for pk, _deal, _title in others} - set(contacts)
    new = set(strangers.filter(pk__in=wanted).values_list("pk", flat=True))
    return [
        (through[deal][0], Found(pk, _("Through %(name)s on %(deal)s") % {"name": through[deal][1], "deal": title}))
        for pk, deal, title in others
        if pk in new
    ]
