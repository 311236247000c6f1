"""The page of the targets."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from leadline.accounts.models import Team, User
from leadline.crm.models import Pipeline, Target, base_currency
from leadline.crm.targeting import METRICS_SET
from leadline.insights.catalogue import METRICS
from leadline.web.frame.doing import reader_of
from leadline.web.insights.period import company_today
from leadline.web.settings.changing import NOTHING_WRONG, Wrong, may_change
from leadline.web.settings.frame import draw
from leadline.web.settings.targets.grid import Line, grid
from leadline.web.settings.targets.quarters import quarters_of
from leadline.web.settings.targets.reached import reached
from leadline.web.settings.targets.reading import FIRST, LAST, metric_asked, year_asked


def draw_targets(request: HttpRequest, wrong: Wrong = NOTHING_WRONG, status: int = 200) -> HttpResponse:
    user, today = reader_of(request), company_today()
    metric, year = metric_asked(request), year_asked(request, today)
    quarters = quarters_of(year)
    lines = grid(user, metric, quarters, reached(metric, today, user), _("The company"))
    context: dict[str, Any] = {
        "year": year,
        "before": year - 1 if year > FIRST else None,
        "after": year + 1 if year < LAST else None,
        "quarters": quarters,
        "lines": lines,
        "metric": metric,
        "metrics": METRICS_SET,
        "sums": _sums(lines, len(quarters)),
        "is_money": METRICS[metric].unit == "money",
        "currency": base_currency(),
        "others": _others(user, metric, {(quarter.start_on, quarter.end_on) for quarter in quarters}, year),
        "pipelines": list(Pipeline.objects.kept()),
        "people": list(User.objects.who_may_own()),
        "teams": list(Team.objects.all()),
        "today": today,
        "can": may_change(request, Target),
        "wrong": wrong,
        "homeless": wrong.of(wrong.place) if wrong.place not in _places(lines) else [],
    }
    return draw(request, "settings/targets/page.html", context, part="settings/targets/_grid.html", status=status)


def _places(lines: list[Line]) -> set[str]:
    """The forms beside which an error can stand."""
    return {"fill", "add", *(f"{line.key}-{cell.quarter.key}" for line in lines for cell in line.cells)}


def _sums(lines: list[Line], count: int) -> list[Any]:
    """What people's targets come to, beside the company's."""
    persons = [line for line in lines if line.kind == "person"]
    return [sum(line.cells[n].amount or 0 for line in persons) for n in range(count)]


def _others(user: User, metric: str, shown: set[Any], year: int) -> list[Target]:
    """Targets of these years that no cell shows: of other days, or of one pipeline."""
    quarters = quarters_of(year)
    rows = Target.objects.visible_to(user).kept().filter(metric=metric).select_related("user", "team", "pipeline")
    near = rows.within(quarters[0].start_on, quarters[-1].end_on)
    return [row for row in near if row.pipeline_id or (row.start_on, row.end_on) not in shown]
