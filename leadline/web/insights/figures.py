"""The headline: six numbers, each with how sure it is, what it rests on, and the deals behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leadline.web.frame import formats
from leadline.web.insights.asked import Asked
from leadline.web.insights.wording import share, surely_between

Row = dict[str, Any]


@dataclass(frozen=True)
class Figure:
    """One number of the headline. `range` is its 90 % interval in words, "" where it is exact."""

    word: str | Promise
    value: str
    range: str
    rests_on: str
    href: str


def headline(asked: Asked, rows: dict[str, Row], currency: str) -> list[Figure]:
    """`rows` holds the one row of each metric for the whole."""

    def money(value: Any) -> str:
        return formats.short_money(value, currency)

    def sized(value: Any) -> str:
        return formats.money(value, currency, whole=formats.in_thousands([size["value"], size["low"], size["high"]]))

    booked, rate, size = rows["booked_revenue"], rows["win_rate"], rows["deal_size"]
    days, standing = rows["time_to_close"], rows["open_value"]
    return [
        Figure(
            gettext_lazy("Won value"), money(booked["value"]), "", _valued(booked, _won(booked["n"])),
            asked.deals("booked_revenue"),
        ),
        Figure(
            gettext_lazy("Won deals"), formats.number(rate["numerator"]), "", _closed(rate["n"]),
            asked.deals("win_rate", "numerator"),
        ),
        Figure(
            gettext_lazy("Win rate"), share(rate), surely_between(rate, _percent), _closed(rate["n"]),
            asked.deals("win_rate"),
        ),
        Figure(
            gettext_lazy("Median days to close"), formats.days(days["value"]), surely_between(days, formats.days),
            _dated(days, _won(days["n"])), asked.deals("time_to_close"),
        ),
        Figure(
            gettext_lazy("Mean deal size"), sized(size["value"]), surely_between(size, sized),
            _valued(size, _won(size["n"])), asked.deals("deal_size"),
        ),
        Figure(
            gettext_lazy("Open value"), money(standing["value"]), "", _valued(standing, _open(asked, standing["n"])),
            asked.deals("open_value", dated=False),
        ),
    ]  # fmt: skip


def _percent(value: Any) -> str:
    return formats.percent(value)


def _won(n: int) -> str:
    return ngettext("%(n)s won deal", "%(n)s won deals", n) % {"n": formats.number(n)}


def _closed(n: int) -> str:
    return ngettext("of %(n)s closed deal", "of %(n)s closed deals", n) % {"n": formats.number(n)}


def _open(asked: Asked, n: int) -> str:
    """What is open is so at a moment, whatever the period."""
    when = _("as of %s") % formats.day(asked.as_of) if asked.as_of else _("now")
    return ngettext("%(n)s open deal %(when)s", "%(n)s open deals %(when)s", n) % {"n": formats.number(n), "when": when}


def _without(row: Row, words: str, lacking: str) -> str:
    """With what had to be left out because a date or a value is not known."""
    if not row.get("left_out"):
        return words
    return lacking % {"words": words, "n": formats.number(row["left_out"])}


def _valued(row: Row, words: str) -> str:
    return _without(row, words, _("%(words)s; %(n)s without a value"))


def _dated(row: Row, words: str) -> str:
    return _without(row, words, _("%(words)s; %(n)s without a date"))
