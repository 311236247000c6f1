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
    """A period, a moment, a pipeline; whose deals and from where; by what, which metric, and beside which time.

    None is "all" or "now", and so is an empty source, team or owner. `by` and `compare` are empty where a page offers
    no choice, or its first is taken. `usual` is the period with which the page begins.
    """

    period: str = "all"
    start: dt.date | None = None
    end: dt.date | None = None
    as_of: dt.date | None = None
    pipeline: int | None = None
    source: str = ""
    team: str = ""
    owner: str = ""
    by: str = ""
    compare: str = ""
    against: str = ""
    usual: str = "all"

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
        if not self.period:
            query.update(self.dates())
        elif self.period != self.usual:
            query["period"] = self.period
        query.update(self.narrowed())
        chosen = {"against": self.against, "by": self.by, "compare": self.compare}
        query.update({name: value for name, value in chosen.items() if value})
        return query

    def dates(self) -> dict[str, str]:
        """The period's ends, as addresses say them."""
        return {name: day.isoformat() for name, day in (("from", self.start), ("to", self.end)) if day}

    def narrowed(self) -> dict[str, str]:
        """What narrows it beside the period, as addresses say it."""
        query = {"as_of": self.as_of.isoformat() if self.as_of else "", "pipeline": str(self.pipeline or "")}
        return {**{name: value for name, value in query.items() if value}, **self.where}

    def page(self, name: str, /, *parts: str, **more: str) -> str:
        """The address, by its url's name, of a page, a panel or a file about this same question."""
        query = self.address()
        query.update(more)
        return with_query(reverse(name, args=parts), query)


def with_query(path: str, query: QueryDict) -> str:
    """The path with its query; alone where there is none."""
    return f"{path}?{query.urlencode()}" if query else path
