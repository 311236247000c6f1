"""The door to What-if: a change asked of the pipeline as it works at present, of what somebody may see (R24)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from leadline.accounts.models import User
from leadline.insights import ask_fluff, moments
from leadline.insights.kept.subject import eyes
from leadline.insights.looking import tables_as_of
from leadline.insights.remembering import remembered

if TYPE_CHECKING:
    from leadline.insights.diagnosis.levers import Levers
    from leadline.insights.fitted.fitted import Fitted
    from leadline.insights.ledger.ledger import Names
    from leadline.insights.whatif.answering import Answer

WEIGHT = 3_000  # rows that a fitted pipeline comes to
DOUBTED = 0.5  # the chance from which a deal counts as fluff


@dataclass(frozen=True)
class Wish:
    """What would be; stages and sources by their ids. As `whatif.question.Asked`, whose words these are."""

    sellers: int = 0
    after: float = 0.0
    ramp: float | None = None
    capacity: float | None = None
    own: float | None = None
    leads: Mapping[int, float] = field(default_factory=dict)
    lead_conversion: float | None = None
    conversion: Mapping[int, float] = field(default_factory=dict)
    days: Mapping[int, float] = field(default_factory=dict)
    size: float | None = None
    whales: int = 0
    smaller: int = 0
    fluff: bool = False
    capped: bool = False


@dataclass(frozen=True)
class Model:
    """The fitted pipeline with its levers. `whole` is false where its reader does not see all deals.

    `ended` is the day of the last record where nothing was recorded for long (see `ledger.freshness`).
    """

    fitted: Fitted
    levers: Levers
    names: Mapping[str, Names]
    deals: Any  # the ids of the ledger's deals
    whole: bool
    ended: dt.date | None = None

    def places(self, kind: str) -> dict[int, int]:
        """Where each record stands in the ledger's names, by its id."""
        return {int(pk): place for place, pk in enumerate(self.names[kind].ids)}


def model(user: User | None, pipeline: int, team: int | None = None, as_of: dt.date | None = None) -> Model:
    """Fitted to what this person may see (None: everything), as it stood at the end of a day (None: now).

    Remembered until something happens. Raises BadQuestion.
    """

    def make() -> Model:
        # numpy and what stands on it stay off the start-up path, here and below.
        from leadline.insights.ask_ledger import ledger  # noqa: PLC0415
        from leadline.insights.diagnosis.levers import levers  # noqa: PLC0415
        from leadline.insights.findings.told import day  # noqa: PLC0415
        from leadline.insights.fitted.fitting import fit  # noqa: PLC0415
        from leadline.insights.ledger.freshness import ended  # noqa: PLC0415

        found = ledger(user=user, as_of=as_of, pipeline=pipeline, team=team)
        place = found.names["pipeline"].ids.tolist().index(pipeline)
        fitted = fit(found, place)
        return Model(fitted, levers(fitted), found.names, found.deals.id, found.whole, day(ended(found)))

    with tables_as_of(moments.LAST) as tables:
        return remembered.answer(tables, ("fitted", eyes(user), pipeline, team, as_of, today()), make, lambda _: WEIGHT)


def what_if(found: Model, wish: Wish, user: User | None, pipeline: int) -> Answer | None:
    """What the wish would do; None where nothing was ever won, so that nothing can be told."""
    from leadline.insights.whatif.answering import answer  # noqa: PLC0415  see model
    from leadline.insights.whatif.question import Asked  # noqa: PLC0415  see model

    stages, sources = found.places("stage"), found.places("source")
    asked = Asked(
        **{name: getattr(wish, name) for name in PLAIN},
        leads={sources[pk]: value for pk, value in wish.leads.items() if pk in sources},
        conversion={stages[pk]: value for pk, value in wish.conversion.items() if pk in stages},
        days={stages[pk]: value for pk, value in wish.days.items() if pk in stages},
        fluff=_doubted(found, user, pipeline) if wish.fluff else (),
    )
    return answer(found.fitted, found.levers, asked)


PLAIN = ("sellers", "after", "ramp", "capacity", "own", "lead_conversion", "size", "whales", "smaller", "capped")


def today() -> dt.date:
    """The company's day."""
    return timezone.now().astimezone(ZoneInfo(settings.LEADLINE_TIME_ZONE)).date()


def _doubted(found: Model, user: User | None, pipeline: int) -> tuple[int, ...]:
    """The rows of open deals that are more likely fluff than not."""
    rows = {int(found.deals[row]): int(row) for row in found.fitted.standing.deal}
    doubts = ask_fluff.doubtful(pipeline=pipeline, user=user)
    return tuple(rows[doubt.deal] for doubt in doubts if doubt.chance >= DOUBTED and doubt.deal in rows)
