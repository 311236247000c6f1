"""What stands around the columns: other pipelines, views, the order, what the small questions offer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from markupsafe import Markup

from leadline.activities.models import ActivityType
from leadline.crm.fields import field_of
from leadline.crm.models import Deal, LostReason, Pipeline, Stage, base_currency
from leadline.crm.models.closing import REVISIT
from leadline.crm.working_days import WorkingDays, months_after
from leadline.crm.working_time import company_days
from leadline.web.editing.drawing import edit_url
from leadline.web.frame.icons import icon
from leadline.web.frame.navigation import address
from leadline.web.imports.offering import offers
from leadline.web.lists.bar import bar_of
from leadline.web.pipeline.asked import BOARD, FORECAST, Asked
from leadline.web.pipeline.columns import Column
from leadline.web.pipeline.drawing import may_act
from leadline.web.pipeline.heads import whole
from leadline.web.pipeline.sorting import SORTS
from leadline.web.pipeline.wording import head_money, time_of_day

MOST_OTHERS = 5
SIGNS = ("triangle-alert", "leaf", "ellipsis", "scale", "calendar", "target")  # on cards, beside those of types


def surroundings(request: HttpRequest, asked: Asked, columns: list[Column]) -> dict[str, Any]:
    """Everything beside the columns that the page shows."""
    pipelines = list(Pipeline.objects.kept())
    total = whole(column.head for column in columns)
    return {
        "asked": asked,
        "columns": columns,
        "bar": bar_of(request, "deal", asked.filter, keep=asked.kept),
        "total": total,
        "others": [] if total.count else _others(asked, pipelines),
        "currency": base_currency(),
        "short": head_money,
        "as_of": time_of_day(timezone.now()),
        "acts": may_act(asked.user),
        "title_at": edit_url(field_of("deal", "title"), 0),
        "pipelines": pipelines,
        "elsewhere": _elsewhere(asked, pipelines),
        "views": _views(asked),
        "sorts": SORTS,
        "lost_reasons": list(LostReason.objects.kept()),
        "may_add_reason": asked.user.leads,
        **ending_days(timezone.localdate(asked.now)),
        "signs": signs(ActivityType.objects.values_list("icon", flat=True)),
        "settings_at": address("pipelines") if asked.user.leads else "",
        "offers": offers(asked.user),
        "rotten_at": asked.rows(more="rotten=yes").replace(address("deals"), address("deals_bulk"), 1),
    }


def ending_days(today: dt.date) -> dict[str, Any]:
    """What forms that park and lose offer; what the company has said about its days is read once for both."""
    days = company_days()
    # On which a deal that is lost today is asked about again, where nobody says (R4): one on which somebody works.
    return {"park_days": _picks(today, days), "revisit_day": days.from_day(months_after(today, REVISIT))}


def park_days(today: dt.date) -> list[tuple[str, dt.date]]:
    """Quick picks for the day on which a parked deal comes back: always one on which somebody works."""
    return _picks(today, company_days())


def _picks(today: dt.date, days: WorkingDays) -> list[tuple[str, dt.date]]:
    picks = [
        (_("In a week"), today + dt.timedelta(days=7)),
        (_("In a month"), months_after(today, 1)),
        (_("In three months"), months_after(today, 3)),
        (_("In half a year"), months_after(today, 6)),
    ]
    return [(word, days.from_day(day)) for word, day in picks]


def signs(more: Iterable[str]) -> Markup:
    """The icons of cards, once for the whole page: cards refer to them by `#i-name`."""
    return _symbols(tuple(sorted({*SIGNS, *filter(None, more)})))


@cache
def _symbols(names: tuple[str, ...]) -> Markup:
    found = []
    for name in names:
        try:
            drawing = icon(name)
        except LookupError:
            drawing = icon("calendar")  # an activity type may name an icon that we do not have
        shapes = drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]
        found.append(Markup('<symbol id="i-{}" viewBox="0 0 24 24">{}</symbol>').format(name, shapes))
    return Markup('<svg class="signs" width="0" height="0" aria-hidden="true">{}</svg>').format(Markup("").join(found))


def _others(asked: Asked, pipelines: list[Pipeline]) -> list[tuple[Pipeline, int]]:
    """The other pipelines that have open deals, the fullest first, for a board that has none."""
    deals = Deal.objects.visible_to(asked.user).open().exclude(pipeline=asked.pipeline.pk).order_by()
    counts = dict(deals.values_list("pipeline").annotate(Count("pk")))
    found = [(pipeline, counts[pipeline.pk]) for pipeline in pipelines if pipeline.pk in counts]
    return sorted(found, key=lambda one: -one[1])[:MOST_OTHERS]


def _views(asked: Asked) -> list[dict[str, Any]]:
    return ways_of(
        asked.pipeline.pk, asked.view, {view: asked.shown_as(view) for view in (BOARD, FORECAST)}, asked.rows()
    )


def ways_of(pipeline: int, here: str, same: Mapping[str, str] = {}, rows: str = "") -> list[dict[str, Any]]:
    """The views of a pipeline; `same` are their addresses with what is asked of this one, `rows` that of the list."""
    listed = rows or f"{address('deals')}?pipeline={pipeline}&status=open"
    return [
        {"href": href, "icon": sign, "word": word, "here": view == here}
        for view, sign, word, href in (
            (BOARD, "kanban", _("Board"), same.get(BOARD) or reverse(BOARD, args=[pipeline])),
            ("list", "list", _("List"), listed),
            (FORECAST, "calendar-days", _("Forecast"), same.get(FORECAST) or reverse(FORECAST, args=[pipeline])),
            ("board_as_of", "history", _("As of"), reverse("board_as_of", args=[pipeline])),
        )
    ]


def _elsewhere(asked: Asked, pipelines: list[Pipeline]) -> list[tuple[str, list[Stage]]]:
    """The stages of the other pipelines; in the forecast, where columns are months, those of this one too."""
    wanted = {p.pk: p.name for p in pipelines if asked.view == FORECAST or p.pk != asked.pipeline.pk}
    if not wanted:
        return []
    stages: dict[int, list[Stage]] = {pk: [] for pk in wanted}
    for stage in Stage.objects.kept().filter(pipeline__in=wanted).order_by("position", "pk"):
        stages[stage.pipeline_id].append(stage)
    return [(wanted[pk], found) for pk, found in stages.items() if found]
