"""One reader's question at one moment: all numbers of a page are asked through it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from leadline.accounts.models import User
from leadline.insights import ask
from leadline.insights.report import Report
from leadline.web.insights.asked import Asked

if TYPE_CHECKING:
    from leadline.web.insights.declaring import Page


def this_minute() -> dt.datetime:
    """The end of it: later than all that has happened, and the same for all panels that a page asks for one by one."""
    return timezone.now().replace(second=59, microsecond=999_999)


@dataclass(frozen=True)
class Inquiry:
    """What is asked, by whom, and when: "now" is the same moment for every number of an answer, and of a minute."""

    asked: Asked
    user: User
    page: Page
    now: dt.datetime = field(default_factory=this_minute)

    @property
    def by(self) -> str:
        """The dimension that the page is grouped by; "" where it offers none."""
        return self.asked.by or next(iter(self.page.group_by), "")

    @property
    def metric(self) -> str:
        """The metric that is chosen; "" where the page offers none."""
        return self.asked.compare or next(iter(self.page.chooses), "")

    def arguments(self, *, dated: bool = True, where: Mapping[str, str | None] | None = None) -> dict[str, Any]:
        """For `ask.report` and every face like it: start, end, as_of, pipeline, where, user."""
        found = self.asked.arguments(dated=dated)
        found["where"] = {**found["where"], **(where or {})}
        return {**found, "as_of": found["as_of"] or self.now, "user": self.user}

    def report(
        self, metric: str, *by: str, dated: bool = True, where: Mapping[str, str | None] | None = None
    ) -> Report:
        """The rows of a metric. `dated=False` leaves the period out."""
        return ask.report(metric, by=by, **self.arguments(dated=dated, where=where))

    @property
    def other(self) -> Inquiry | None:
        """The same of the time it is compared with; None where it is compared with none."""
        other = self.asked.other()
        return replace(self, asked=other) if other else None
