"""Setting targets cell by cell, and many at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.actors import By, actor
from leadline.crm.models.target import Target
from leadline.history.writing import writing

MOST_GROWTH = 1000  # percent
# The metrics of the catalogue of which there are targets, the usual one first.
METRICS_SET = {
    "booked_revenue": gettext_lazy("Won value"),
    "deals_won": gettext_lazy("Deals won"),
    "deals_added": gettext_lazy("Deals added"),
    "activities_done": gettext_lazy("Activities done"),
}


@dataclass(frozen=True)
class Who:
    """A person, a team or (neither) the company."""

    user_id: int | None = None
    team_id: int | None = None


@dataclass(frozen=True)
class Span:
    """A metric over some days, both ends included."""

    metric: str
    start_on: dt.date
    end_on: dt.date


def target_of(who: Who, span: Span) -> Target | None:
    """The target for exactly these days, over all pipelines."""
    found: Target | None = (
        Target.objects.kept()
        .filter(
            metric=span.metric, user=who.user_id, team=who.team_id, pipeline=None,
            start_on=span.start_on, end_on=span.end_on,
        )
        .first()
    )  # fmt: skip
    return found


def set_target(who: Who, span: Span, amount: Decimal | None, *, by: By) -> Target | None:
    """Set, change or (None) take away what somebody should reach. Raises ValidationError, PermissionDenied."""
    with writing():
        row = target_of(who, span)
        if amount is None:
            return row.trash(by=by) if row else None
        if row:
            return row.edit(by=by, amount=amount)
        return Target(
            metric=span.metric, start_on=span.start_on, end_on=span.end_on, amount=amount,
            user_id=who.user_id, team_id=who.team_id,
        ).add(by=by)  # fmt: skip


def fill_same(people: Iterable[Who], span: Span, amount: Decimal, *, by: By) -> int:
    """The same target for everybody named, in one act; returns for how many."""
    return _fill(dict.fromkeys(people, amount), span, by)


def fill_grown(people: Iterable[Who], span: Span, before: Span, percent: Decimal, *, by: By) -> int:
    """The target of the time before and so many percent more, for everybody named who has one; returns for how many.

    Whole amounts. Raises ValidationError where nobody has one.
    """
    if not -100 < percent <= MOST_GROWTH:
        raise ValidationError({"percent": _("Write a number of percent above -100 and up to 1,000.")})
    rows = {who: target_of(who, before) for who in people}
    grown = {who: _whole(row.amount * (100 + percent) / 100) for who, row in rows.items() if row}
    if not grown:
        raise ValidationError({"percent": _("Nobody here has a target for the time before. Set that one first.")})
    return _fill(grown, span, by)


def _fill(amounts: Mapping[Who, Decimal], span: Span, by: By) -> int:
    doer = actor(by).together()
    with writing():
        for who, amount in amounts.items():
            set_target(who, span, amount, by=doer)
    return len(amounts)


def _whole(amount: Decimal) -> Decimal:
    return max(amount.quantize(Decimal(1), ROUND_HALF_UP), Decimal(1))
