"""Cards of a past day: what they were worth and whose they were then, with the titles of today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from leadline.accounts.models import User
from leadline.crm.fields import HIDDEN
from leadline.crm.fields.hiding import hidden_among
from leadline.crm.models import Deal
from leadline.insights.ask_board import Column, Standing
from leadline.web.frame.places import address_of
from leadline.web.pipeline.wording import card_money, initials


@dataclass(frozen=True)
class Card:
    """A card that cannot be moved. `days` are those it had stood in its stage."""

    title: str
    address: str
    party: str
    money: str
    owner: str
    face: str
    days: int | None


@dataclass(frozen=True)
class Lane:
    """A column with its cards; `more` deals are not drawn."""

    column: Column
    cards: list[Card]
    more: int


def lanes(columns: list[Column], moment: dt.datetime, user: User) -> list[Lane]:
    """The columns with cards."""
    ids = [deal.deal for column in columns for deal in column.deals]
    rows = Deal.objects.filter(pk__in=ids).values_list("pk", "title", "organization_id", "organization__name")
    hidden = hidden_among(user, "organization", (row[2] for row in rows))
    titles = {pk: (title, str(HIDDEN) if party in hidden else name or "") for pk, title, party, name in rows}
    owners = dict(User.objects.order_by().values_list("pk", "name"))
    return [
        Lane(
            column,
            [_card(deal, *titles.get(deal.deal, (f"#{deal.deal}", "")), owners, moment) for deal in column.deals],
            column.count - len(column.deals),
        )
        for column in columns
    ]


def _card(deal: Standing, title: str, party: str, owners: dict[int, str], moment: dt.datetime) -> Card:
    owner = owners.get(deal.owner or 0, "")
    return Card(
        title=title,
        address=address_of("deal", deal.deal),
        party=party,
        money="" if deal.value is None or not deal.currency else card_money(deal.value, deal.currency),
        owner=owner,
        face=initials(owner),
        days=max((moment - deal.entered_at).days, 0) if deal.entered_at else None,
    )
