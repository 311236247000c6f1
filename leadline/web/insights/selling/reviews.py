"""What is added after pipeline reviews, beside other days (R26)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leadline.web.frame import formats
from leadline.web.insights.declaring import Behind, Column, Row, Table
from leadline.web.insights.inquiry import Inquiry

COLUMNS = (
    Column(
        "real",
        gettext_lazy("Became real"),
        "share",
        "low",
        "high",
        "became",
        "added",
        help=gettext_lazy("Won, or touched after creation and advanced"),
    ),
    Column("became", gettext_lazy("Real"), "deals"),
    Column("added", gettext_lazy("Added"), "deals"),
)


def reviews(inquiry: Inquiry) -> Table:
    """Two rows: the days of reviews and the two weekdays after them; all other days."""
    (row,) = inquiry.report("review_growth").rows
    if not row["reviews"]:
        return Table(COLUMNS, [], ("when",))
    after = _line(_("After a review"), row, "value", "low", "high", "numerator", "n")
    after["opens"] = _opens("", "numerator")
    other = _line(_("Other days"), row, "other", "other_low", "other_high", "other_numerator", "other_n")
    other["opens"] = _opens("other", "other_numerator")
    return Table(COLUMNS, [after, other], ("when",), says=_says(row))


def _line(name: str, row: Row, share: str, low: str, high: str, became: str, added: str) -> Row:
    return {
        "when": name, "real": row[share], "low": row[low], "high": row[high],
        "became": row[became], "added": row[added], "real.n": row[added],
    }  # fmt: skip


def _opens(added: str, became: str) -> dict[str, Behind]:
    return {
        "real": Behind("review_growth", added, labels={}),
        "added": Behind("review_growth", added, labels={}),
        "became": Behind("review_growth", became, labels={}),
    }


def _says(row: Row) -> str:
    held = ngettext("A review was held on %(n)s day.", "Reviews were held on %(n)s days.", row["reviews"])
    held %= {"n": formats.number(row["reviews"])}
    if row["times"] is None:
        return held
    times = _(
        "Per weekday, %(times)s times as many deals are added after them (90 %% between %(low)s and %(high)s)."
    ) % {
        "times": formats.number(row["times"], 1),
        "low": formats.number(row["times_low"] or 0, 1),
        "high": formats.number(row["times_high"], 1) if row["times_high"] is not None else formats.UNKNOWN,
    }
    return f"{held} {times}"
