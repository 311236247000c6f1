"""The forecast of the running quarter by person, team, source, pipeline and revenue type."""

from __future__ import annotations

from django.utils.translation import gettext as _

from leadline.crm.models import RevenueType
from leadline.insights.measuring import ids
from leadline.insights.outlook.outlook import Group, Outlook
from leadline.insights.question import BadQuestion
from leadline.web.insights.declaring import Row, Table
from leadline.web.insights.forecasting import words
from leadline.web.insights.forecasting.found import asked_of, booked, still_open
from leadline.web.insights.forecasting.periods import EXPECTED, MEAN, NEW, OPENED, WON, said_row
from leadline.web.insights.inquiry import Inquiry

KINDS = {"revenue_type": "revenue"}  # as the forecast calls what dimensions call otherwise
TYPES = (RevenueType.NEW, RevenueType.ADD_ON, RevenueType.RENEWAL)  # by the forecast's numbers


def groups(inquiry: Inquiry) -> Table:
    """A row a group, the most expected first. Raises BadQuestion where the page is narrowed to one already."""
    asked = asked_of(inquiry)
    outlook, dimension = asked.outlook, inquiry.by
    if not asked.whole:
        raise BadQuestion(_("This is about one person or source already; take it off to see all side by side."))
    if outlook.cannot is not None or outlook.quarter is None:
        return Table((), [], nothing=words.cannot(outlook.cannot) if outlook.cannot else "")
    found = [group for group in outlook.groups if group.by == KINDS.get(dimension, dimension)]
    names = names_of(dimension)
    rows = [_row(outlook, group, outlook.quarter, dimension, names) for group in found]
    rows = [row for row in rows if any(row[key] for key in ("p95", "won", "opened", "new"))]
    rows.sort(key=lambda row: -row["mean"])
    period = outlook.stretches[outlook.quarter].label
    says = _("What will be booked in %(period)s. Ranges of groups do not add up to the range of all.")
    return Table((EXPECTED, MEAN, WON, OPENED, NEW), rows, (dimension,), says=says % {"period": period})


def names_of(dimension: str) -> dict[int | None, str | None]:
    """The labels under which numbers know the groups."""
    if dimension == "revenue_type":
        return {place: kind.value for place, kind in enumerate(TYPES)}
    return {pk: label for label, pk in ids(dimension).items()}


def _row(outlook: Outlook, group: Group, place: int, dimension: str, names: dict[int | None, str | None]) -> Row:
    stretch = outlook.stretches[place]
    label = names.get(group.id) if group.id is not None else None
    behind = booked(stretch.start, min(stretch.end, outlook.day), {dimension: label})
    return {
        dimension: label,
        **said_row(group.said[place]),
        "opens": {"won": behind, "opened": still_open({dimension: label})},
    }
