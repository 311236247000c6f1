"""People who are near a deal, for items that ask for somebody with a role; named as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.crm.models import ItemKind, Participant, Person
from leadline.crm.playbooks import Standing
from leadline.web.playbooks.asks import NEAR, Ask


def introduce(asks: Collection[Ask], reader: User) -> None:
    """Who could be named: the contact, who takes part, who works at the organization."""
    wanted = [ask for ask in asks if ask.item["kind"] == ItemKind.PERSON and not ask.standing.answered]
    for deal in {ask.deal.pk: ask.deal for ask in wanted}.values():
        close = Q(pk=deal.person_id or 0) | Q(pk__in=Participant.objects.kept().filter(deal=deal).values("person"))
        if deal.organization_id:
            close |= Q(organization=deal.organization_id)
        people = list(Person.objects.visible_to(reader).kept().filter(close).order_by("name", "pk")[:NEAR])
        for ask in wanted:
            if ask.deal is deal:
                ask.near = people


def discreet(rows: Collection[Standing], reader: User) -> list[Standing]:
    """People that the reader may not see are not named."""
    ids = {row.value for row in rows if row.item["kind"] == ItemKind.PERSON and row.answered and row.value}
    seen = set(Participant.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    return [
        replace(row, said=_("somebody who is not open to you"))
        if row.item["kind"] == ItemKind.PERSON and row.value and row.value not in seen
        else row
        for row in rows
    ]
