"""Shares, intervals and comparisons in words that do not claim more than is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.insights.dimensions import OTHERS
from leadline.web.frame import formats
from leadline.web.insights.labels import named
from leadline.web.insights.titles import said

FEW = 5  # below this many trials a percentage would pretend: "2 of 3" is said instead


def share(row: dict[str, Any], digits: int = 0) -> str:
    """63%, or "2 of 3" under five trials; a dash for none."""
    if not row["n"]:
        return formats.UNKNOWN
    if row["n"] < FEW:
        return _("%(k)s of %(n)s") % {"k": formats.number(row["numerator"]), "n": formats.number(row["n"])}
    return formats.percent(row["value"], digits)


def between(row: dict[str, Any], written: Callable[[Any], str]) -> str:
    """The 90 % interval, "58% to 67%"; "" where there is none."""
    if row.get("low") is None or row.get("high") is None or not row["n"]:
        return ""
    return _("%(low)s to %(high)s") % {"low": written(row["low"]), "high": written(row["high"])}


def surely_between(row: dict[str, Any], written: Callable[[Any], str]) -> str:
    """The same where no heading says what it is: "90 % between 58% and 67%"."""
    if not between(row, written):
        return ""
    return _("90 %% between %(low)s and %(high)s") % {"low": written(row["low"]), "high": written(row["high"])}


def verdict(row: dict[str, Any]) -> str:
    """Whether somebody differs from the rest beyond chance."""
    if row.get("flag") == "below":
        return _("below the team")
    if row.get("flag") == "above":
        return _("above the team")
    return _("cannot be told apart yet")


PARTS: dict[str, str | Promise] = {
    "numerator": gettext_lazy("that succeeded"),
    "denominator": gettext_lazy("that are decided"),
    "pending": gettext_lazy("still pending"),
    "failed": gettext_lazy("that failed"),
    "entered": gettext_lazy("that came in"),
    "skipped": gettext_lazy("that jumped over it"),
    "left_out": gettext_lazy("left out because something is unknown"),
    "open": gettext_lazy("still open"),
}
OF_HAND_OFFS: dict[str, str | Promise] = {
    **PARTS,
    "numerator": gettext_lazy("that were accepted"),
    "failed": gettext_lazy("that were given back"),
    "pending": gettext_lazy("that wait"),
}


def _phrase(dimension: str, label: str | None) -> str:
    """Which row, within a line; a field of one's own is called as it is."""
    if dimension in OTHERS:
        return f"{said(dimension).lower()}: {named(label, dimension)}"
    return f"{dimension.replace('_', ' ')}: {_('not recorded') if label is None else label}"


def question_in_words(query: QueryDict, labels: Mapping[str, str | None]) -> list[str]:
    """What narrows a list of deals, each as a short phrase."""
    words = [_phrase(name, label) for name, label in labels.items()]
    part = query.get("part", "")
    told = OF_HAND_OFFS if query.get("metric") in ("hand_offs_accepted", "deal_hand_offs_accepted") else PARTS
    if part in told:
        words.append(str(told[part]))
    for name, word in (("from", _("from %s")), ("to", _("to %s")), ("as_of", _("as of %s"))):
        found = parse_date(query.get(name, ""))
        if found:
            words.append(word % formats.day(found))
    return words
