"""The one door to the numbers for pages, API, command line and tests."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings

from leadline.accounts.models import User
from leadline.accounts.permissions import EVERYTHING, seen_by
from leadline.activities.models import Activity
from leadline.crm.models import CustomField, Deal, Lead, WorkingWeek
from leadline.insights import catalogue, moments, remembering
from leadline.insights.catalogue.metric import Metric
from leadline.insights.dimensions import Dimension, find
from leadline.insights.looking import now, once, tables_as_of
from leadline.insights.question import BadQuestion, Question
from leadline.insights.remembering import remembered
from leadline.insights.report import Report
from leadline.insights.sight import held_against

if TYPE_CHECKING:
    from leadline.insights.metrics.selecting import Store, Tables

T = TypeVar("T")
RECORDS: dict[str, Any] = {model.ENTITY: model for model in (Deal, Lead, Activity)}


def report(metric: str, **asked: Any) -> Report:
    """The rows of a metric, of what `user` may see (None: everything). `asked` as for `asking`."""
    # Loaded with the first question: scipy and Arrow stay off the start-up path.
    from leadline.insights.metrics.answering import TIMELESS, answer  # noqa: PLC0415

    with asking(metric, **asked) as (tables, question):
        key = remembering.asked(question, timeless=question.metric.kind in TIMELESS)
        return Report(question, remembered.rows(tables, key, lambda: answer(tables, question)))


def answered(
    name: str, metric: str, find: Callable[[Tables, Question], T], weight: Callable[[Any], int] = len, **asked: Any
) -> T:
    """What `find` makes of the question about a metric, remembered under its name; nobody may change it.

    For answers that are no single metric. `weight` is how many rows it comes to; `asked` as for `asking`.
    """
    user = asked.get("user")
    with asking(metric, **asked) as (tables, question):
        key = (name, remembering.asked(question), user and user.pk)
        found: T = remembered.answer(tables, key, lambda: find(tables, question), weight)
        return found


def records_behind(metric: str, row_filter: Mapping[str, object], **asked: Any) -> list[int]:
    """What a number counts: ids of the metric's `rows` (deal, lead or activity), of what `user` may see.

    `row_filter` holds the row's labels by dimension. A key `part` in it asks for one column's records: numerator,
    denominator, pending … (`metrics.kind.Kind.parts`). `asked` and what is raised as for `asking`.
    """
    from leadline.insights.metrics.answering import records_behind as behind  # noqa: PLC0415  see report

    labels = {**(asked.pop("where", None) or {}), **row_filter}
    part = str(labels.pop("part", None) or "")
    with asking(metric, where=labels, **asked) as (tables, question):
        return behind(tables, question, part)


@contextmanager
def asking(
    metric: str,
    *,
    by: Sequence[str] = (),
    start: dt.date | None = None,
    end: dt.date | None = None,
    as_of: dt.datetime | dt.date | None = None,
    pipeline: str | int | None = None,
    user: User | None = None,
    where: Mapping[str, object] | None = None,
    store: Store | None = None,
) -> Iterator[tuple[Tables, Question]]:
    """The tables as of the question's moment, and the question: for answers that are no single metric, too.

    `start` and `end` are days of the company's time zone, both included; `as_of` a moment, or a day: its end.
    `where` keeps the rows with these labels, e.g. {"source": "Referral"}; a tuple of them keeps those with any.
    `user` sees what is visible to them (None: everything). `store` answers in place of this process's warehouse.
    Raises UnknownMetric, UnknownDimension and BadQuestion, all with one plain line.
    """
    found = catalogue.find(metric)
    moment = _moment(as_of)
    with store.as_of(moment) if store else tables_as_of(moment, present=as_of is None) as tables:
        yield tables, _question(tables, found, by, where or {}, moment, start, end, pipeline, user)


def dimensions(metric: str) -> list[str]:
    """The names of all that a metric can be broken down by, choice fields of one's own among them."""
    found = catalogue.find(metric)
    with tables_as_of(_moment(None), present=True) as tables:
        return [*found.dimensions, *(field.name for field in _own_fields(tables))]


def _question(
    tables: Tables,
    metric: Metric,
    by: Sequence[str],
    where: Mapping[str, object],
    moment: dt.datetime,
    start: dt.date | None,
    end: dt.date | None,
    pipeline: str | int | None,
    user: User | None,
) -> Question:
    own, others = _own_fields(tables), _other_fields()
    known = {find(name, own, others): label for name, label in where.items()}
    single = {dimension: label for dimension, label in known.items() if not isinstance(label, tuple)}
    week = once("week", WorkingWeek.company)
    return Question(
        metric=metric,
        as_of=moment,
        by=tuple(dict.fromkeys(find(name, own, others) for name in by)),
        where=tuple((dimension, None if label is None else str(label)) for dimension, label in single.items()),
        among=tuple((dimension, label) for dimension, label in known.items() if isinstance(label, tuple)),
        start=start,
        end=end,
        pipeline=_pipeline(tables, pipeline),
        seen=_visible(user, metric.rows),
        targets=held_against(user) if metric.kind == "coverage" else None,
        zone=settings.LEADLINE_TIME_ZONE,
        week_start=week.first_weekday,
        fiscal_start=week.fiscal_month,
    )


def _moment(as_of: dt.datetime | dt.date | None) -> dt.datetime:
    """Naive UTC. A day means its end in the company's time zone."""
    if as_of is None:
        as_of = now()
    if isinstance(as_of, dt.datetime):
        return moments.in_utc(as_of)
    return moments.end(as_of, settings.LEADLINE_TIME_ZONE)


def _own_fields(tables: Tables) -> list[Dimension]:
    return remembered.answer(tables, "own fields", lambda: _fields(tables), len)


def _fields(tables: Tables) -> list[Dimension]:
    fields = tables.arrow("SELECT name, key, kind FROM fields WHERE kind IN ('choice', 'choices') ORDER BY name")
    return [Dimension(row["name"], row["key"], row["kind"] == "choices") for row in fields.to_pylist()]


def _other_fields() -> Iterator[tuple[str, str, str]]:
    """Fields that no number can be broken down by, asked for only when a name is not known."""
    fields = CustomField.objects.exclude(entity=Deal.ENTITY, kind__in=("choice", "choices"))
    yield from fields.values_list("name", "entity", "kind")
    yield from ((name, "organization", "text") for name in ("industry", "sector"))  # every one has it


def _pipeline(tables: Tables, wanted: str | int | None) -> int | None:
    """The pipeline's id. Raises BadQuestion with the nearest names."""
    if wanted is None or wanted == "":
        return None
    known = remembered.answer(tables, "pipelines", lambda: _pipelines(tables), len)
    for row in known:
        if str(row["id"]) == str(wanted) or row["label"].lower() == str(wanted).strip().lower():
            return int(row["id"])
    names = [row["label"] for row in known]
    near = difflib.get_close_matches(str(wanted), names, n=3, cutoff=0.4) or names
    raise BadQuestion(f"There is no pipeline {wanted!r}." + (f" Try {', '.join(near)}." if near else ""))


def _pipelines(tables: Tables) -> list[dict[str, Any]]:
    return tables.arrow("SELECT id, label FROM names WHERE kind = 'pipeline'").to_pylist()


def _visible(user: User | None, rows: str) -> tuple[int, ...] | None:
    """The ids of the deals, leads or activities that this person may see; None for all there are."""
    if user is None:
        return None
    return once(("seen", user.pk, rows), lambda: _seen(user, RECORDS[rows]))


def _seen(user: User, model: Any) -> tuple[int, ...] | None:
    if seen_by(user, model.ENTITY) == EVERYTHING:
        return None
    return tuple(model.objects.visible_to(user).order_by("pk").values_list("pk", flat=True))
