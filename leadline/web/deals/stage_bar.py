"""The stages of a deal's pipeline on top of its page: where it stands, and how long it stood in each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.crm.models import Deal, Stage
from leadline.crm.visiting import Visit, days_in_stages
from leadline.web.frame.formats import number


@dataclass(frozen=True)
class Step:
    """A stage; `days` that the deal stood in it, None where it never did. `passed`: it lies before where it stands."""

    stage: Stage
    days: float | None
    visits: int
    current: bool
    passed: bool
    lasting: bool

    @property
    def short(self) -> str:
        """12 d; under a day, today."""
        if self.days is None:
            return ""
        return _("today") if self.days < 1 else _("%(days)s d") % {"days": number(int(self.days))}

    @property
    def sentence(self) -> str:
        """What it means, for whoever points at it or hears it."""
        if self.days is None:
            return _("%(stage)s: not visited") % {"stage": self.stage.name}
        days = int(self.days)
        for_days = ngettext("%(count)s day", "%(count)s days", days) % {"count": number(days)}
        stood = _("%(stage)s: stands here for %(days)s") if self.lasting else _("%(stage)s: stood here for %(days)s")
        text = stood % {"stage": self.stage.name, "days": for_days}
        if self.visits > 1:
            text += ", " + ngettext("in %(count)d visit", "in %(count)d visits", self.visits) % {"count": self.visits}
        return text


def steps(deal: Deal, stays: Sequence[Visit], now: dt.datetime) -> list[Step]:
    """The stages of the deal's pipeline in order; one that was deleted stays as long as the deal stands in it."""
    known = list(Stage.objects.filter(pipeline_id=deal.pipeline_id).order_by("position", "pk"))
    stages = [stage for stage in known if stage.deleted_at is None or stage.pk == deal.stage_id]
    at = next((place for place, stage in enumerate(stages) if stage.pk == deal.stage_id), -1)
    days = days_in_stages(stays, now)
    counts = [visit.stage_id for visit in stays]
    lasting = stays[-1].stage_id if stays and stays[-1].ended is None else None
    return [
        Step(
            stage,
            days.get(stage.pk),
            counts.count(stage.pk),
            current=place == at,
            passed=place < at or deal.status == "won",
            lasting=stage.pk == lasting,
        )
        for place, stage in enumerate(stages)
    ]
