"""The door to the ledger: what diagnosis, forecast and what-if are computed from, of what somebody may see."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from leadline.accounts.models import User
from leadline.insights.ask import asking
from leadline.insights.looking import one_look
from leadline.insights.question import BadQuestion
from leadline.insights.remembering import MOST, remembered
from leadline.insights.sight import held_against

if TYPE_CHECKING:
    from leadline.insights.ledger.ledger import Ledger
    from leadline.insights.metrics.selecting import Tables
    from leadline.insights.question import Question

KILOBYTE = 1024  # about what a remembered row of an answer takes


def ledger(
    *,
    user: User | None = None,
    as_of: dt.datetime | dt.date | None = None,
    pipeline: str | int | None = None,
    team: str | int | None = None,
) -> Ledger:
    """All that happened to what `user` may see (None: everything) up to a moment, or the end of a day; now without.

    `pipeline` and `team` are ids or names. `whole` is false where deals are left out that this person may not see;
    targets are those that what is seen can be held against. Nobody may change the arrays: they are remembered.
    Raises BadQuestion, with one plain line.
    """
    with one_look():
        moment = as_of or timezone.now()
        with asking("leads_added", as_of=moment, user=user) as (_tables, question):
            leads = question.seen
        with asking("deals_added", as_of=moment, user=user, pipeline=pipeline) as (tables, question):
            found = _seen(_whole(tables, question), question, leads, held_against(user))
    return _part(found, question.pipeline, team)


def _whole(tables: Tables, question: Question) -> Ledger:
    """Everybody's, read once as long as nothing happens."""
    # numpy and Arrow stay off the start-up path, here and below.
    from leadline.insights.ledger import reading  # noqa: PLC0415

    asked = (question.zone, question.fiscal_start)

    def read() -> Ledger:
        return reading.ledger(tables, question.as_of, *asked)

    found = remembered.answer(tables, ("ledger", *asked), read, _weight)
    return replace(found, as_of=reading.days(question.as_of))


def _weight(ledger: Ledger) -> int:
    """As many rows as it takes memory, but never so many that two would not be remembered."""
    columns = (getattr(ledger, name) for name in ("deals", "visits", "touches", "activities", "leads", "values"))
    size = sum(column.nbytes for table in columns for column in vars(table).values())
    return int(min(2 * size // KILOBYTE, MOST // 3))


def _seen(ledger: Ledger, question: Question, leads: tuple[int, ...] | None, held: tuple[int, ...] | None) -> Ledger:
    import numpy as np  # noqa: PLC0415

    from leadline.insights.ledger.narrowing import narrowed, targets  # noqa: PLC0415

    if held is not None:
        ledger = replace(ledger, targets=targets(ledger.targets, np.isin(ledger.targets.id, held)))
    if question.seen is None and leads is None:
        return ledger
    of_deals, of_leads = _among(ledger.deals.id, question.seen), _among(ledger.leads.id, leads)
    return replace(narrowed(ledger, of_deals, of_leads), whole=bool(of_deals.all()))


def _among(ids: Any, seen: tuple[int, ...] | None) -> Any:
    import numpy as np  # noqa: PLC0415

    return np.ones(len(ids), bool) if seen is None else np.isin(ids, np.array(seen, np.int64))


def _part(ledger: Ledger, pipeline: int | None, team: str | int | None) -> Ledger:
    from leadline.insights.ledger.narrowing import of_pipeline, of_team  # noqa: PLC0415

    if pipeline is not None:
        ledger = of_pipeline(ledger, ledger.names["pipeline"].ids.tolist().index(pipeline))
    return ledger if team in (None, "") else of_team(ledger, _team(ledger, str(team)))


def _team(ledger: Ledger, wanted: str) -> int:
    """The place of a team by its id or name."""
    names = ledger.names["team"]
    for place, (pk, label) in enumerate(zip(names.ids.tolist(), names.labels, strict=True)):
        if str(pk) == wanted or label.lower() == wanted.strip().lower():
            return place
    raise BadQuestion(f"There is no team {wanted!r}.")
