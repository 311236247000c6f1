"""Which records stand behind a number, read from the address."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from leadline.accounts.models import User
from leadline.insights import ask
from leadline.insights.catalogue import find
from leadline.insights.catalogue.metric import Metric
from leadline.insights.dimensions import UnknownName
from leadline.insights.question import BadQuestion
from leadline.web.insights import known
from leadline.web.insights.asked import Asked
from leadline.web.insights.declaring import Held, Page, Panel, Text
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.records.kinds import Kind
from leadline.web.insights.titles import title_of
from leadline.web.insights.wording import question_in_words

# What is counted are not the records themselves: their list is shorter than the number.
BESIDE: dict[str, Text] = {
    "time_in_stage": _("The number counts stays: a deal that stood in a stage twice counts twice, and is here once."),
    "pushes": _("The number counts pushes: a deal that was pushed twice counts twice, and is here once."),
}
_HANDED = _("The number counts hand-offs: a lead that was handed over twice counts twice, and is here once.")
BESIDE |= dict.fromkeys(("hand_offs", "hand_offs_accepted", "time_to_accept"), _HANDED)
BESIDE["response_time"] = _("The number counts each who got it: a lead that went on counts twice, and is here once.")
BESIDE["key_events"] = _("The number counts events: a deal that had two of them counts twice, and is here once.")
PANEL = frozenset({"panel", "column"})
ASIDE = frozenset({"metric", "part", "from", "to", "as_of", "pipeline", "sort", "page"}) | PANEL


@dataclass(frozen=True)
class Subject:
    """What a list of records is behind: its name, what it says, what narrows it."""

    name: Text
    sentence: Text
    words: list[str]


def subject_of(request: HttpRequest) -> Subject:
    """The metric, or the panel, that an address names. Raises BadRequest for one that there is not."""
    several = {name: ", ".join(labels) for name, labels in _any_of(request.GET).items()}
    words = question_in_words(request.GET, labels_of(request.GET) | several)
    if "panel" in request.GET:
        page, panel = _panel(request.GET)
        return Subject(f"{page.title}: {panel.title}", panel.help, words)
    metric = metric_of(request.GET)
    beside = BESIDE.get(metric.name)
    sentence = f"{metric.sentence} {beside}" if beside else metric.sentence
    return Subject(title_of(metric.name), sentence, words)


def metric_of(query: QueryDict) -> Metric:
    """Raises BadRequest for a metric that there is not."""
    try:
        return find(query.get("metric", ""))
    except UnknownName as error:
        raise BadRequest(str(error)) from error


def labels_of(query: QueryDict) -> dict[str, str | None]:
    """The row: labels by dimension; an empty one is "not recorded"."""
    return {name: query.get(name) or None for name in query if name not in ASIDE}


def _any_of(query: QueryDict) -> dict[str, tuple[str, ...]]:
    """Labels of which any will do, by the dimension that an address names several times."""
    several = {name: tuple(filter(None, query.getlist(name))) for name in query if name not in ASIDE}
    return {name: labels for name, labels in several.items() if len(labels) > 1}


def records_of(request: HttpRequest, kind: Kind) -> list[int] | Held:
    """The ids of the records behind the number, of those that the user may see, or what each holds of it.

    Raises BadRequest for what makes no sense.
    """
    query, user = request.GET, request.user
    assert isinstance(user, User)
    moments: dict[str, Any] = {"start": _day(query, "from"), "end": _day(query, "to"), "as_of": _day(query, "as_of")}
    try:
        if "panel" in query:
            return _own(query, user, kind, moments)
        metric = metric_of(query)
        if metric.rows != kind.name:
            raise BadRequest(f"Behind {metric.name} there are no such records, but those of the kind {metric.rows}.")
        row: dict[str, Any] = {**labels_of(query), **_any_of(query), "part": query.get("part", "")}
        return ask.records_behind(metric.name, row, pipeline=query.get("pipeline") or None, user=user, **moments)
    except (BadQuestion, UnknownName) as error:
        raise BadRequest(str(error)) from error


def _own(query: QueryDict, user: User, kind: Kind, moments: dict[str, Any]) -> list[int] | Held:
    """What a panel itself says stands behind one of its numbers."""
    page, panel = _panel(query)
    if panel.behind is None or panel.rows != kind.name:
        raise BadRequest("Behind this panel there are no such records.")
    pipeline = query.get("pipeline", "")
    if pipeline and not pipeline.isdecimal():
        raise BadRequest("There is no such pipeline.")
    narrowed: dict[str, Any] = {name: query.get(name, "") for name in ("source", "team", "owner")}
    asked = Asked(period="", pipeline=int(pipeline) if pipeline else None, **narrowed, **moments)
    return panel.behind(Inquiry(asked, user, page), query.get("column", ""), labels_of(query))


def _panel(query: QueryDict) -> tuple[Page, Panel]:
    try:
        return known.find(query.get("panel", ""))
    except KeyError as error:
        raise BadRequest("There is no such panel.") from error


def _day(query: QueryDict, name: str) -> dt.date | None:
    text = query.get(name, "")
    try:
        found = parse_date(text) if text else None
    except ValueError:
        found = None
    if text and found is None:
        raise BadRequest(f"{name} is not a day; write it like 2026-11-22.")
    return found
