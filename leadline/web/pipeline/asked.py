"""What is asked of a pipeline: whose deals, which view, in which order, narrowed how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from leadline.accounts.models import User
from leadline.crm import filtering
from leadline.crm.models import Deal, Pipeline, Stage
from leadline.web.frame.navigation import address
from leadline.web.pipeline.lanes import Lane, month_lanes, stage_lanes
from leadline.web.pipeline.sorting import BOARD_SORT, FORECAST_SORT, SORTS, Deals, Sort

BOARD, FORECAST = "board", "forecast"


@dataclass(frozen=True)
class Asked:
    """A pipeline as somebody looks at it. `query` is the filter in its canonical form."""

    user: User
    pipeline: Pipeline
    view: str
    sort: str
    filter: filtering.Filter
    now: dt.datetime

    @cached_property
    def stages(self) -> list[Stage]:
        return list(self.pipeline.kept_stages())

    @cached_property
    def lanes(self) -> list[Lane]:
        if self.view == FORECAST:
            return month_lanes(timezone.localdate(self.now))
        return stage_lanes(self.stages)

    @cached_property
    def weighs(self) -> bool:
        """Whether any stage has a probability to weigh by."""
        return any(stage.probability is not None for stage in self.stages)

    @property
    def order(self) -> Sort:
        return SORTS[self.sort]

    def deals(self) -> Deals:
        """The open deals of the pipeline that this person may see, as far as the filter lets them through."""
        seen = Deal.objects.visible_to(self.user).open().filter(pipeline_id=self.pipeline.pk)
        found: Deals = self.filter.apply(seen)
        return found

    @property
    def usual_sort(self) -> str:
        return FORECAST_SORT if self.view == FORECAST else BOARD_SORT

    @property
    def kept(self) -> dict[str, str]:
        """What stands in the address beside the filter."""
        return {} if self.sort == self.usual_sort else {"sort": self.sort}

    def query(self) -> str:
        """What stands behind the `?` of an address that asks the same."""
        return "&".join(part for part in (self.filter.query(), urlencode(self.kept)) if part)

    def rows(self, lane: Lane | None = None, more: str = "") -> str:
        """The list of the deals behind a figure of a head (R50)."""
        here = f"pipeline={self.pipeline.pk}&status=open"
        own = self.filter.query(without=("pipeline", "status", *(["stage"] if lane and lane.stage else [])))
        return f"{address('deals')}?" + "&".join(part for part in (here, lane.rows if lane else "", more, own) if part)

    def filter_pairs(self) -> list[tuple[str, str]]:
        """The filter as names and values, for a form that keeps it."""
        return [(condition.name, condition.text) for condition in self.filter.conditions]

    def shown_as(self, view: str = "") -> str:
        """The same deals in this or another view."""
        path, query = reverse(view or self.view, args=[self.pipeline.pk]), self.filter.query()
        return f"{path}?{query}" if query else path


def asked(request: HttpRequest, pk: int, view: str) -> Asked:
    """Reads the address. What it cannot read it leaves out; the filter says so. Raises Http404."""
    assert isinstance(request.user, User)
    pipeline = get_object_or_404(Pipeline.objects.kept(), pk=pk)
    return narrowed(request.user, pipeline, view, request.GET)


def narrowed(user: User, pipeline: Pipeline, view: str, query: Mapping[str, Any]) -> Asked:
    sort = query.get("sort", "")
    if sort not in SORTS:
        sort = FORECAST_SORT if view == FORECAST else BOARD_SORT
    return Asked(user, pipeline, view, sort, filtering.read("deal", query, user), timezone.now())
