"""The headline: six numbers, each with how sure it is, what it rests on, and the deals behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    """One number of the headline. `range` is its 90 % interval in words, "" where it is exact; `number` is it plainly.

    `was` is the same number of the time it is compared with, `change` how far it has moved since.
    """

    word: str | Promise
    value: str
    range: str
    rests_on: str
    href: str
    number: Any = None
    was: Figure | None = None
    change: str = ""


def headline(asked: Asked, rows: dict[str, Row], currency: str, at: Asked | None = None) -> list[Figure]:
    """`rows` holds the one row of each metric for the whole; `at` is the moment of what is open, if it is another."""
    at = at or asked

    def money(value: Any) -> str:
        return formats.short_money(value, currency)

    def sized(value: Any) -> str:
        return formats.money(value, currency, whole=formats.in_thousands([size["value"], size["low"], size["high"]]))

    booked, rate, size = rows["booked_revenue"], rows["win_rate"], rows["deal_size"]
    days, standing = rows["time_to_close"], rows["open_value"]
    return [
        Figure(
            gettext_lazy("Won value"), money(booked["value"]), "", _valued(booked, _won(booked["n"])),
            asked.deals("booked_revenue"), booked["value"],
        ),
        Figure(
            gettext_lazy("Won deals"), formats.number(rate["numerator"]), "", _closed(rate["n"]),
            asked.deals("win_rate", "numerator"), rate["numerator"],
        ),
        Figure(
            gettext_lazy("Win rate"), share(rate), surely_between(rate, _percent), _closed(rate["n"]),
            asked.deals("win_rate"), Share(rate["value"]) if rate["value"] is not None else None,
        ),
        Figure(
            gettext_lazy("Median days to close"), formats.days(days["value"]), surely_between(days, formats.days),
            _dated(days, _won(days["n"])), asked.deals("time_to_close"), days["value"],
        ),
        Figure(
            gettext_lazy("Mean deal size"), sized(size["value"]), surely_between(size, sized),
            _valued(size, _won(size["n"])), asked.deals("deal_size"), size["value"],
        ),
        Figure(
            gettext_lazy("Open value"), money(standing["value"]), "", _valued(standing, _open(at, standing["n"])),
            at.deals("open_value", dated=False), standing["value"],
        ),
    ]  # fmt: skip


class Share(float):
    """A number between 0 and 1: it moves by points, where others move by percent."""


def compared(figures: list[Figure], others: list[Figure]) -> list[Figure]:
    """Each figure beside the same one of another time."""
    return [
        replace(figure, was=other, change=moved(figure.number, other.number))
        for figure, other in zip(figures, others, strict=True)
    ]


def moved(now: Any, then: Any) -> str:
    """ "+12%", or "+3 points" of a share; "" where either is unknown or the earlier one was nothing."""
    if now is None or then is None:
        return ""
    if isinstance(now, Share):
        return _("%(points)s points") % {"points": _signed(round(100 * (now - then)))}
    if not then:
        return ""
    return _signed(round(100 * (float(now) / float(then) - 1))) + "%"


def _signed(number: int) -> str:
    return ("+" if number > 0 else "−" if number < 0 else "±") + formats.number(abs(number))


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
    return _without(row, words, _("%(words)s; %(n)s without a value or a rate"))


def _dated(row: Row, words: str) -> str:
    return _without(row, words, _("%(words)s; %(n)s without a date"))
