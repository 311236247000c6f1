"""The board as it was on a past day, from the deals' versions (R29)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings

from leadline.accounts.models import User
from leadline.accounts.permissions import EVERYTHING, seen_by
from leadline.crm.models import Deal
from leadline.insights import moments
from leadline.insights.log.entities import ENTITIES
from leadline.insights.store.states import literal, states
from leadline.insights.warehouse import warehouse


@dataclass(frozen=True)
class Standing:
    """A deal as it stood: where, whose, worth what (`value` in its own currency, `value_base` in the base one)."""

    deal: int
    owner: int | None
    value: Decimal | None
    currency: str
    value_base: Decimal | None
    entered_at: dt.datetime | None


@dataclass(frozen=True)
class Column:
    """A stage as it was called then (None: no stage recorded): how many open deals, and the first of them."""

    stage: int | None
    name: str | None
    count: int
    total: Decimal
    deals: tuple[Standing, ...]


def board_as_of(pipeline: int, day: dt.date, user: User | None, first: int = 20) -> list[Column]:
    """The columns at the end of a day, in the order of the stages then, of the deals that `user` may see now.

    Each with the `first` deals, the highest in value before. A stage that was deleted by then stands there only while
    deals were in it.
    """
    moment = moments.end(day, settings.LEADLINE_TIME_ZONE)
    stages = _stages(pipeline, moment)
    seen, values = _seen(user)
    rows = (
        warehouse()
        .arrow(
            f"""
        SELECT *, count(*) OVER own AS count, coalesce(sum(value_base) OVER own, 0) AS total FROM (
            SELECT deal, stage, owner, value, currency, value_base, valid_from
            FROM ({states(ENTITIES["deal"], moment)}) WHERE status = 'open' AND NOT gone AND pipeline = ?{seen}
        ) WINDOW own AS (PARTITION BY stage)
        QUALIFY row_number() OVER (PARTITION BY stage ORDER BY value_base DESC NULLS LAST, deal) <= ?
        ORDER BY value_base DESC NULLS LAST, deal""",
            [pipeline, *values, first],
        )
        .to_pylist()
    )
    entered = _entered([row["deal"] for row in rows], moment)
    standing: dict[int | None, list[dict[str, Any]]] = {}
    for row in rows:
        standing.setdefault(row["stage"], []).append(row)
    named = [row for row in stages if not row["gone"] or row["stage"] in standing]
    order: list[tuple[int | None, str | None]] = [(row["stage"], row["name"]) for row in named]
    order += [(stage, None) for stage in standing if stage not in {row["stage"] for row in stages}]
    return [_column(stage, name, standing.get(stage, []), entered) for stage, name in order]


def first_day(pipeline: int) -> dt.date | None:
    """The day of the first thing known of the pipeline's deals; None where there is nothing."""
    rows = warehouse().arrow("SELECT min(valid_from) AS first FROM deal_versions WHERE pipeline = ?", [pipeline])
    first = rows.to_pylist()[0]["first"]
    return first.date() if first else None


def _stages(pipeline: int, moment: dt.datetime) -> list[dict[str, Any]]:
    sql = states(ENTITIES["stage"], moment, ever=True)
    rows = warehouse().arrow(
        f"SELECT stage, name, gone FROM ({sql}) WHERE pipeline = ? ORDER BY position, stage", [pipeline]
    )
    return rows.to_pylist()


def _entered(deals: Sequence[int], moment: dt.datetime) -> dict[int, dt.datetime | None]:
    """Since when each of some deals had stood where it stood."""
    if not deals:
        return {}
    rows = warehouse().arrow(
        f"""
        SELECT deal, max(valid_from) FILTER (WHERE before IS DISTINCT FROM place) AS entered FROM (
            SELECT deal, valid_from, concat(status, '/', stage) AS place,
                lag(concat(status, '/', stage)) OVER (PARTITION BY deal ORDER BY seq) AS before
            FROM deal_versions WHERE valid_from <= {literal(moment)} AND deal IN (SELECT unnest(?::BIGINT[]))
        ) GROUP BY deal""",
        [list(deals)],
    )
    return {row["deal"]: row["entered"] for row in rows.to_pylist()}


def _column(
    stage: int | None, name: str | None, rows: list[dict[str, Any]], entered: dict[int, dt.datetime | None]
) -> Column:
    deals = tuple(
        Standing(
            row["deal"], row["owner"], row["value"], row["currency"] or "", row["value_base"], entered.get(row["deal"])
        )
        for row in rows
    )
    return Column(stage, name, rows[0]["count"] if rows else 0, rows[0]["total"] if rows else Decimal(0), deals)


def _seen(user: User | None) -> tuple[str, tuple[Any, ...]]:
    """A condition on deals, and its values."""
    ids = deals_seen(user)
    return ("", ()) if ids is None else (" AND deal IN (SELECT unnest(?::BIGINT[]))", (list(ids),))


def deals_seen(user: User | None) -> tuple[int, ...] | None:
    """The deals that this person may see; None for all there are."""
    if user is None or seen_by(user, Deal.ENTITY) == EVERYTHING:
        return None
    return tuple(Deal.objects.visible_to(user).values_list("pk", flat=True))
