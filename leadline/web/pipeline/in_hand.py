"""Cards of deals in hand, which a verb has just changed: nothing is asked that they know themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from leadline.accounts.models import User
from leadline.accounts.permissions import seen_by
from leadline.crm.models import Deal, Label, Organization, Person
from leadline.history.statements import Statement
from leadline.web.pipeline.cards import COLUMNS, Card, Names, card_of, without_hidden
from leadline.web.pipeline.coming import coming
from leadline.web.pipeline.sorting import Sort


def tells_itself(deal: Deal, sort: Sort, user: User) -> bool:
    """Whether its card on a board can be made of the deal alone: its place in this order, and that this person sees it.

    Who owns a deal sees it; about everybody else the database is asked, unless they see them all.
    """
    return sort.own is not None and (deal.owner_id == user.pk or (user.is_active and not seen_by(user, "deal")))


def cards_in_hand(deals: Sequence[Deal], sort: Sort, user: User, now: dt.datetime, *, new: bool) -> list[Card]:
    """What `columns.some` would read on a board by stages. On `new` deals nothing can be planned yet."""
    planned = {} if new else coming([deal.pk for deal in deals], now)
    names = _names(deals, user)
    rows = without_hidden([_row(deal, sort) for deal in deals], user)
    return [card_of(row, names, planned, sort, now) for row in rows]


def _row(deal: Deal, sort: Sort) -> tuple[object, ...]:
    assert sort.own is not None
    told = {
        "organization__name": _name(_organization, deal.organization_id),
        "person__name": _name(_person, deal.person_id),
        "sort_key": sort.own(deal),
        "lane": deal.stage_id,
    }
    return tuple(told[name] if name in told else getattr(deal, name) for name in COLUMNS)


def _names(deals: Sequence[Deal], user: User) -> Names:
    labels = {pk for deal in deals for pk in deal.label_ids}
    return Names(
        user,
        {pk: _name(_user, pk) for pk in {deal.owner_id for deal in deals} if pk},
        {label.pk: label for label in Label.objects.kept().filter(pk__in=labels)} if labels else {},
        {deal.stage.pk: deal.stage for deal in deals if deal.stage},
    )


def _name(names: Statement, pk: int | None) -> str:
    rows = names.rows(pk) if pk else []
    return rows[0][0] if rows else ""


_organization = Statement(lambda: Organization.objects.filter(pk=0).values_list("name"))
_person = Statement(lambda: Person.objects.filter(pk=0).values_list("name"))
_user = Statement(lambda: User.objects.order_by().filter(pk=0).values_list("name"))
