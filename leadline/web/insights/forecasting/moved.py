"""What has moved the forecast since last week, as a waterfall."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.insights.outlook.outlook import Moved, Step
from leadline.insights.question import BadQuestion
from leadline.web.frame import formats
from leadline.web.insights.declaring import Behind, Column, Row, Table
from leadline.web.insights.forecasting import words
from leadline.web.insights.forecasting.found import asked_of
from leadline.web.insights.inquiry import Inquiry

COLUMNS = (
    Column("amount", gettext_lazy("Expected bookings"), "money"),
    Column("deals", gettext_lazy("Deals"), "deals"),
)


def moved(inquiry: Inquiry) -> Table:
    """From what was expected a week ago to what is expected now. Raises BadQuestion for one person's or source's."""
    asked = asked_of(inquiry)
    if not asked.whole:
        raise BadQuestion(_("What moved is told of everything; take the person or source off."))
    found, outlook = asked.outlook.moved, asked.outlook
    if outlook.cannot is not None:
        return Table((), [], nothing=words.cannot(outlook.cannot))
    if found is None or found.cannot is not None:
        return Table((), [], nothing=words.cannot(found.cannot) if found and found.cannot else "")
    steps = [_row(step) for step in found.steps if step.deals or abs(step.money) >= 0.5]
    rows = [_end("before", found.before), *steps, _end("after", found.after)]
    points = [{**row, "value": row["amount"], "opens": (row.get("opens") or {}).get("amount")} for row in rows]
    return Table(COLUMNS, rows, ("change",), points=points, says=_says(found))


def behind(inquiry: Inquiry, column: str, labels: Mapping[str, str | None]) -> list[int]:
    """The deals of a bar."""
    found = asked_of(inquiry).outlook.moved
    steps = found.steps if found else ()
    return [deal for step in steps if str(words.STEPS[step.key]) == labels.get("change") for deal in step.deals]


def _row(step: Step) -> Row:
    name = str(words.STEPS[step.key])
    own = Behind(labels={"change": name}, dated=False)
    opens = {"amount": own, "deals": own} if step.deals else {}
    return {"change": name, "amount": round(step.money), "deals": len(step.deals), "opens": opens}


def _end(key: str, money: float) -> Row:
    return {"change": str(words.STEPS[key]), "amount": round(money), "deals": None, "total": True}


def _says(found: Moved) -> str:
    told = {
        "before": words.money(found.before),
        "after": words.money(found.after),
        "since": formats.day(found.since),
        "period": found.stretch.label,
    }
    return _("On %(since)s %(before)s were expected for %(period)s on average, now %(after)s are.") % told
