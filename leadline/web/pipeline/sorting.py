"""The order of cards in a column, and how to go on behind a card without counting rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from operator import attrgetter
from typing import Any

from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadline.activities.models import Activity
from leadline.crm.models.deal_facts import IDLE_SINCE
from leadline.history.numbers import number_of

Deals = QuerySet[Any]


@dataclass(frozen=True)
class Sort:
    """An order: what it is called, the expression it goes by, and how a value of it is read from an address.

    Deals without a value come last; the newest of those that are level comes first. `own` is the same expression for a
    deal in hand; None where only the database can tell.
    """

    word: str | Promise
    key: Any
    falling: bool
    read: Callable[[str], Any]
    own: Callable[[Any], Any] | None = None

    def ordered(self, deals: Deals) -> Deals:
        rows: Deals = deals.annotate(sort_key=self.key)
        return rows.order_by(OrderBy(F("sort_key"), descending=self.falling, nulls_last=True), "-pk")

    def behind(self, deals: Deals, place: str) -> Deals:
        """Those that come after a card's place, `key,id` as `place_of` writes it; all of them for an unreadable one."""
        key, _comma, number = place.rpartition(",")
        pk = number_of(number)
        if pk is None:
            return deals
        try:
            value = self.read(key) if key else None
        except (ValueError, InvalidOperation, OverflowError):
            return deals
        if value is None:
            return deals.filter(sort_key=None, pk__lt=pk)
        further = Q(sort_key__lt=value) if self.falling else Q(sort_key__gt=value)
        return deals.filter(further | Q(sort_key=value, pk__lt=pk) | Q(sort_key=None))

    def rank(self, key: Any) -> float | None:
        """The key as a number that grows from the first card to the last; None where a card has none."""
        number = _number(key)
        return -number if self.falling and number is not None else number


def place_of(key: Any, pk: int) -> str:
    """A card's place in its column, for an address."""
    text = "" if key is None else key.isoformat() if isinstance(key, dt.date) else str(key)
    return f"{text},{pk}"


def _number(key: Any) -> float | None:
    if isinstance(key, dt.datetime):
        return key.timestamp()
    if isinstance(key, dt.date):
        return float(key.toordinal())
    return None if key is None else float(key)


def _moment(text: str) -> dt.datetime:
    """In UTC, as places are written. Raises ValueError, OverflowError."""
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(dt.UTC)


def _amount(text: str) -> Decimal:
    """As the column keeps it. Raises ValueError, InvalidOperation."""
    amount = Decimal(text)
    if not amount.is_finite() or abs(amount) >= MOST:
        raise ValueError(text)
    return round(amount, 2)


MOST = Decimal(10) ** 18  # what the column holds


def idle_since(deal: Any) -> dt.datetime | None:
    """As `Coalesce(*IDLE_SINCE)`, of a deal in hand."""
    return next((at for at in (getattr(deal, name) for name in IDLE_SINCE) if at), None)


def _next_due() -> Subquery:
    planned = Activity.objects.filter(deal=OuterRef("pk"), done_at=None, deleted_at=None).order_by()
    return Subquery(planned.values("deal").annotate(first=Min("due_at")).values("first"))


SORTS: dict[str, Sort] = {
    "entered": Sort(
        _("Newest in stage"),
        F("stage_entered_at"),
        True,
        _moment,
        attrgetter("stage_entered_at"),
    ),
    "next": Sort(_("Next activity"), _next_due(), False, _moment),
    "idle": Sort(_("Longest untouched"), Coalesce(*IDLE_SINCE), False, _moment, idle_since),
    "close": Sort(
        _("Expected close"), F("expected_close_on"), False, dt.date.fromisoformat, attrgetter("expected_close_on")
    ),
    "value": Sort(_("Highest value"), F("value_base"), True, _amount, attrgetter("value_base")),
}
BOARD_SORT, FORECAST_SORT = "entered", "close"
