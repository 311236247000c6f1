"""How good it was: forecasts as they would have stood on past days, and chances against what became of the deals."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leadline.insights.ask_forecast import BACKTEST
from leadline.insights.outlook.backtest import Backtest, Stand
from leadline.insights.question import BadQuestion
from leadline.web.frame import formats
from leadline.web.insights.ageing import kept_by
from leadline.web.insights.declaring import Column, Row, Table
from leadline.web.insights.forecasting import words
from leadline.web.insights.forecasting.found import booked, which_of
from leadline.web.insights.inquiry import Inquiry

KEPT = kept_by(BACKTEST)
SHORT, LONG = 4, 13  # weeks
COLUMNS = (
    Column("middle", gettext_lazy("Said"), "money", "low", "high"),
    Column("came", gettext_lazy("Came"), "money"),
    Column("within", gettext_lazy("Within the range"), "text"),
    Column("weighted", words.BESIDE["weighted"], "money"),
    Column("last_year", words.BESIDE["last_year"], "money"),
    Column("sellers", words.BESIDE["sellers"], "money"),
)
CHANCES = (
    Column("came", gettext_lazy("Were won"), "share", "low", "high", "won", "deals"),
    Column("deals", gettext_lazy("Deals"), "deals"),
)


def far(inquiry: Inquiry) -> Table:
    """Thirteen weeks ahead."""
    return _stands(inquiry, LONG)


def near(inquiry: Inquiry) -> Table:
    """Four weeks ahead."""
    return _stands(inquiry, SHORT)


def chances(inquiry: Inquiry) -> Table:
    """Chances of about the same size, and how many of those deals were won in time."""
    found = _found(inquiry)
    few = _("Too few deals were open on past days to tell: 40 are needed.") if found.stands else _why(found)
    rows: list[Row] = [
        {
            "chance": formats.percent(one.said, 1), "x": one.said, "came": one.came, "low": one.low,
            "high": one.high, "won": one.won, "deals": one.deals,
        }
        for one in found.bins
    ]  # fmt: skip
    points = [
        {"label": row["chance"], "x": row["x"], "value": row["came"], "low": row["low"], "high": row["high"],
         "n": row["deals"]}
        for row in rows
    ]  # fmt: skip
    return Table(CHANCES, rows, ("chance",), points=points, says=_quality(found) if rows else "", nothing=few)


def _found(inquiry: Inquiry) -> Backtest:
    if which_of(inquiry)[0] != "all":
        raise BadQuestion(_("The past is told of everything; take the person or source off."))
    found = KEPT(inquiry).value
    assert found is not None
    return found


def _stands(inquiry: Inquiry, weeks: int) -> Table:
    found = _found(inquiry)
    stands = _known([one for one in found.stands if one.weeks == weeks])
    rows = [_row(one) for one in stands]
    points: list[Row] = []
    for row in rows:
        points.append({"label": row["day"], "series": _("Said"), "value": row["middle"], "low": row["low"],
                       "high": row["high"]})  # fmt: skip
        points.append({"label": row["day"], "series": _("Came"), "value": row["came"]})
    return Table(COLUMNS, rows, ("day",), points=points, says=_told(stands) if rows else "", nothing=_why(found))


def _known(stands: list[Stand]) -> list[Stand]:
    """Without the simple forecast that had nothing to go by: where no open deal had a value it said 0 every time."""
    if any(one.weighted for one in stands):
        return stands
    return [replace(one, weighted=math.nan) for one in stands]


def _row(one: Stand) -> Row:
    within = one.low <= one.came <= one.high
    first, last = one.day, one.day.fromordinal(one.day.toordinal() + 7 * one.weeks - 1)
    return {
        "day": formats.day(one.day),
        "middle": words.rounded(one.middle),
        "low": words.rounded(one.low),
        "high": words.rounded(one.high),
        "came": one.came,
        "within": _("yes") if within else _("below it") if one.came < one.low else _("above it"),
        "opens": {"came": booked(first, last)},
        **{key: words.rounded(getattr(one, key)) for key in ("weighted", "last_year", "sellers")},
    }


def _why(found: Backtest) -> str:
    if found.cannot is not None and found.cannot.reason == "ended":
        return words.cannot(found.cannot)
    if found.cannot is not None:
        return _("There is no past to look back on yet.") + " " + words.cannot(found.cannot)
    return _("There is no past to look back on yet: nothing that could have been forecast is over.")


def _told(stands: Sequence[Stand]) -> str:
    """How often the range held what came, and the usual error beside the simple forecasts'."""
    within = sum(one.low <= one.came <= one.high for one in stands)
    held = ngettext(
        "In %(k)s of %(n)s case what came lay within the range; it is made to in 9 of 10.",
        "In %(k)s of %(n)s cases what came lay within the range; it is made to in 9 of 10.",
        len(stands),
    ) % {"k": formats.number(within), "n": formats.number(len(stands))}
    errors = {"middle": _error(stands, "middle")} | {key: _error(stands, key) for key in words.BESIDE}
    own = errors.pop("middle")
    if own is None:
        return held
    beside = [
        _("%(money)s by %(which)s") % {"money": words.money(error), "which": str(words.BESIDE[key]).lower()}
        for key, error in errors.items() if error is not None
    ]  # fmt: skip
    usual = _("Half of the errors were under %(money)s") % {"money": words.money(own)}
    return f"{held} {usual}" + (_(", against %(others)s.") % {"others": ", ".join(beside)} if beside else ".")


def _error(stands: Sequence[Stand], key: str) -> float | None:
    """The median absolute error over the same past days for all."""
    errors = [abs(getattr(one, key) - one.came) for one in stands]
    usable = [error for error in errors if not math.isnan(error)]
    return statistics.median(usable) if usable and len(usable) == len(errors) else None


def _quality(found: Backtest) -> str:
    """Brier score against that of telling no deals apart (Brier 1950)."""
    if math.isnan(found.brier) or not found.plain:
        return ""
    better = 1 - found.brier / found.plain
    told = {"brier": formats.number(found.brier, 3), "plain": formats.number(found.plain, 3)}
    if better <= 0:
        return (
            _("Brier score %(brier)s; saying the same chance of every deal gives %(plain)s, which is no worse.") % told
        )
    told["better"] = formats.percent(better)
    said = _("Brier score %(brier)s: %(better)s better than saying the same chance of every deal (%(plain)s).")
    return said % told
