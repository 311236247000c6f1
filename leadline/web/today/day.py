"""Whose day it is, who looks at it, and what all regions of the page ask: read once."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from leadline.accounts.models import Role, User
from leadline.activities import ordering
from leadline.activities.models import Activity
from leadline.crm.models import Deal, Stage, base_currency
from leadline.crm.models.deal_facts import IDLE_SINCE

DAY = dt.timedelta(days=1)


@dataclass(slots=True)  # not frozen: there may be thousands, and freezing doubles what one costs
class Standing:
    """An open deal of theirs. `expected` is its value times its stage's chance, `rots_in` days: below 0 it has."""

    pk: int
    stage_id: int | None
    value: float | None
    expected: float | None
    chance: int | None
    idle_days: float | None
    rots_in: float | None


@dataclass(frozen=True)
class Day:
    """One person's day, in the time zone of the person who looks at their own, else in that of the person."""

    person: User
    viewer: User
    now: dt.datetime
    zone: zoneinfo.ZoneInfo

    @property
    def own(self) -> bool:
        return self.person.pk == self.viewer.pk

    @property
    def may_act(self) -> bool:
        """Of another's day nothing is changed here; readers change nothing anywhere."""
        return self.own and self.viewer.role != Role.READER

    @property
    def date(self) -> dt.date:
        return self.now.astimezone(self.zone).date()

    @property
    def begins(self) -> dt.datetime:
        return dt.datetime.combine(self.date, dt.time(), self.zone)

    @property
    def ends(self) -> dt.datetime:
        """The midnight after it."""
        return dt.datetime.combine(self.date + DAY, dt.time(), self.zone)

    @cached_property
    def currency(self) -> str:
        """The base currency, in which worth is compared."""
        return base_currency()

    @cached_property
    def stages(self) -> dict[int, Stage]:
        return Stage.objects.in_bulk()

    @cached_property
    def deals(self) -> list[Standing]:
        """Their open deals."""
        rows = Deal.objects.open().filter(owner=self.person).order_by().annotate(idle_since=Coalesce(*IDLE_SINCE))
        found = rows.values_list("pk", "value_base", "stage_id", "idle_since")
        return [self.standing(*row) for row in found]

    @cached_property
    def unplanned(self) -> frozenset[int]:
        """Those of them on which nothing is planned."""
        planned = Activity.objects.kept().filter(deal=OuterRef("pk"), done_at=None)
        rows = Deal.objects.open().filter(~Exists(planned), owner=self.person).order_by()
        return frozenset(rows.values_list("pk", flat=True))

    @cached_property
    def usual(self) -> float:
        """What a deal of theirs is expected to bring, the middle one."""
        return ordering.usual(deal.expected for deal in self.deals)

    def standing(self, pk: int, value: Decimal | None, stage_id: int | None, since: dt.datetime | None) -> Standing:
        """A deal by its columns; the value in the base currency."""
        stage = self.stages.get(stage_id) if stage_id else None
        amount = None if value is None else float(value)
        chance = stage.probability if stage else None
        idle = (self.now - since) / DAY if since else None
        limit = stage.rot_days if stage else None
        return Standing(
            pk,
            stage_id,
            amount,
            amount if amount is None or chance is None else amount * chance / 100,
            chance,
            idle,
            None if idle is None or limit is None else limit - idle,
        )
