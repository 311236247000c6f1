"""What a reader asks of the numbers, read from the address and written back into links."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from leadline.web.insights import period


@dataclass(frozen=True)
class Asked:
    """A period, a moment, a pipeline; whose deals and from where; how people are compared, and with which time.

    None is "all" or "now", and so is an empty source, team or owner.
    """

    period: str = "all"
    start: dt.date | None = None
    end: dt.date | None = None
    as_of: dt.date | None = None
    pipeline: int | None = None
    source: str = ""
    team: str = ""
    owner: str = ""
    by: str = "owner"
    compare: str = "win_rate"
    against: str = ""

    @property
    def dated(self) -> bool:
        """Whether a period narrows it."""
        return bool(self.start or self.end)

    def other(self) -> Asked | None:
        """The same question of the time it is compared with; None where it is compared with none."""
        if not self.against or self.start is None or self.end is None:
            return None
        start, end = period.before(self.against, self.period, self.start, self.end)
        return replace(self, period="", start=start, end=end, against="")

    @property
    def where(self) -> dict[str, str]:
        """The labels that narrow it, by dimension."""
        labels = {"source": self.source, "team": self.team, "owner": self.owner}
        return {name: label for name, label in labels.items() if label}

    def arguments(self, *, dated: bool = True) -> dict[str, Any]:
        """For `insights.ask`; `dated=False` leaves the period out."""
        return {
            "start": self.start if dated else None,
            "end": self.end if dated else None,
            "as_of": self.as_of,
            "pipeline": self.pipeline,
            "where": self.where,
        }

    def address(self) -> QueryDict:
        """The question as an address says it; what is usual is left out."""
        query = QueryDict(mutable=True)
        if self.period and self.period != "all":
            query["period"] = self.period
        elif not self.period:
            query.update(_dates(self.start, self.end))
        if self.as_of:
            query["as_of"] = self.as_of.isoformat()
        if self.pipeline:
            query["pipeline"] = str(self.pipeline)
        if self.against:
            query["against"] = self.against
        query.update(self.where)
        return query

    def page(self, name: str, **more: str) -> str:
        """The address of a page or file about this same question."""
        query = self.address()
        if self.by != "owner":
            query["by"] = self.by
        if self.compare != "win_rate":
            query["compare"] = self.compare
        query.update(more)
        return _with(reverse(name), query)

    def deals(self, metric: str, part: str = "", *, dated: bool = True, **where: str | None) -> str:
        """The address of the deals behind a number. An empty label in it means "not recorded"."""
        query = QueryDict(mutable=True)
        query["metric"] = metric
        if part:
            query["part"] = part
        for name, label in {**self.where, **where}.items():
            query[name] = label or ""
        if dated:
            query.update(_dates(self.start, self.end))
        if self.as_of:
            query["as_of"] = self.as_of.isoformat()
        if self.pipeline:
            query["pipeline"] = str(self.pipeline)
        return _with(reverse("deals_behind"), query)


def _dates(start: dt.date | None, end: dt.date | None) -> dict[str, str]:
    return {name: day.isoformat() for name, day in (("from", start), ("to", end)) if day}


def _with(path: str, query: QueryDict) -> str:
    return f"{path}?{query.urlencode()}" if query else path
