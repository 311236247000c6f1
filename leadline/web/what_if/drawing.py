"""The answer in words, a chart and lines; and the fields with what is measured beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from babel import dates
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.crm.models import base_currency
from leadline.web.frame.formats import day, days, money, number, percent, typed_number
from leadline.web.frame.reader import reader
from leadline.web.insights.drawing import PAGE
from leadline.web.what_if import saying
from leadline.web.what_if.form import Question
from leadline.web.what_if.table import day_of

if TYPE_CHECKING:
    from leadline.insights.ask_what_if import Model
    from leadline.insights.diagnosis.finding import Worth
    from leadline.insights.whatif.answering import Answer, Quarter
    from leadline.insights.whatif.present import Level

TALL = 300  # pixels
CLEAR = 0.9  # probability from which an answer is not doubted


@dataclass(frozen=True)
class Slider:
    """A field with its slider: what is measured, where it stands, how far it goes; `unit` stands behind the box."""

    field: Any
    name: str
    measured: str
    usual: str
    at: float
    most: float
    step: float
    unit: str = ""


def drawn(answer: Answer | None, model: Model) -> dict[str, Any]:
    """What the answer is drawn of."""
    currency = base_currency()
    if answer is None:
        return {"says": model.fitted.says}
    return {
        "spec": _spec(answer, currency),
        "tall": TALL,
        "notes": [text for one in answer.notes if (text := saying.note(one, currency))],
        "instead_said": saying.lever(answer.constraint, model, currency) if answer.constraint else "",
        "typed": saying.typed(answer.constraint, answer.now) if answer.constraint else "",
        "worth": lambda worth: _worth(worth, currency),
        "range_of": lambda worth: _between(worth, currency),
        "period": _period,
        "verdict": _verdict(answer),
        "window": (day_of(model.fitted.window.start), day_of(model.fitted.window.end)),
        "money": lambda value: money(saying.rounded(value), currency),
    }


def fields(answer: Answer | None, model: Model, form: Question) -> dict[str, Any]:
    """The fields with what is measured beside them; none where nothing can be tried."""
    if answer is None:
        return {"fields": False}
    return {
        "fields": True,
        "sources": list(_sources(answer, model, form)),
        "stages": list(_stages(answer, model, form)),
        "others": list(_others(answer, form, base_currency())),
        "sellers": _sellers(answer),
    }


def _verdict(answer: Answer) -> str:
    """Whether the change adds anything, in a word that the template has a sentence for."""
    if not answer.changed:
        return "as_it_is"
    if answer.gain.low == answer.gain.high == 0:
        return "nothing"
    if answer.surely >= CLEAR:
        return "more"
    return "less" if answer.gain.high <= 0 else "unclear"


def _worth(worth: Worth, currency: str) -> str:
    """+€12,000 or −€3,000."""
    value = saying.rounded(worth.value)
    return ("+" if value > 0 else "") + money(value, currency)


def _between(worth: Worth, currency: str) -> str:
    low, high = saying.rounded(worth.low), saying.rounded(worth.high)
    return (
        "" if low == high else _("%(low)s to %(high)s") % {"low": money(low, currency), "high": money(high, currency)}
    )


def _period(one: Quarter) -> str:
    return _("to %(day)s") % {"day": day(day_of(one.end - 1))}


def short(value: dt.date) -> str:
    """21 Feb: a day of the coming year."""
    return str(dates.format_skeleton("MMMd", value, locale=reader().locale))


def _spec(answer: Answer, currency: str) -> dict[str, Any]:
    # The charts stay off the start-up path.
    from leadline.insights.charts.frame import Words  # noqa: PLC0415
    from leadline.insights.charts.ranges import ranges  # noqa: PLC0415

    parts = (_("As it is"), _("With the change")) if answer.changed else (_("As it is"),)
    points = []
    for one in answer.quarters:
        for name, five in zip(parts, (one.before, one.after), strict=False):
            keys = ("low", "inner_low", "value", "inner_high", "high")
            said = {"said": money(saying.rounded(five[2]), currency), "range": _five(five, currency)}
            label = short(day_of(one.end - 1))
            marks: dict[str, Any] = dict(zip(keys, five, strict=True))
            points.append({"label": label, "series": name, **marks, **said})
    title = _("Bookings of 13 weeks to that day, in %(currency)s") % {"currency": currency}
    return ranges(points, Words(title, _("Quarter"), _("Way"), parts), PAGE, "~s")


def _five(five: tuple[float, ...], currency: str) -> str:
    ends = {"low": money(saying.rounded(five[0]), currency), "high": money(saying.rounded(five[4]), currency)}
    return _("%(low)s to %(high)s") % ends


def _sources(answer: Answer, model: Model, form: Question) -> Iterator[Slider]:
    places = model.places("source")
    for row in form.sources:
        level = answer.now.leads.get(places.get(row.pk, -1))
        if level is not None:
            at = form[f"l{row.pk}"].value()
            words = {"level": number(level.value), "low": number(level.low), "high": number(level.high)}
            measured = _("measured: %(level)s (90 %%: %(low)s to %(high)s)") % words
            yield _slider(form, f"l{row.pk}", row.name, measured, level.value, at, 3 * level.value)


def _stages(answer: Answer, model: Model, form: Question) -> Iterator[tuple[Slider, Slider]]:
    places = model.places("stage")
    for row in form.stages:
        place = places.get(row.pk, -1)
        share, stay = answer.now.conversion.get(place), answer.now.days.get(place)
        if share is None or stay is None:
            continue
        words = {"share": percent(share.value, 1), "range": _shares(share), "n": number(share.n)}
        measured = _("measured: %(share)s (90 %%: %(range)s), of %(n)s that left it") % words
        goes = _percents(form, f"s{row.pk}", _("%(stage)s goes on") % {"stage": row.name}, measured, share.value)
        took = _("measured: %(days)s on average, of %(n)s") % {"days": days(stay.value), "n": number(stay.n)}
        name = _("Days in %(stage)s") % {"stage": row.name}
        yield goes, _slider(form, f"d{row.pk}", name, took, stay.value, form[f"d{row.pk}"].value(), 3 * stay.value)


def _others(answer: Answer, form: Question, currency: str) -> Iterator[Slider]:
    leads, size = answer.now.lead_conversion, answer.now.size
    if leads is not None:
        words = {"share": percent(leads.value, 1), "range": _shares(leads), "n": number(leads.n)}
        measured = _("measured: %(share)s (90 %%: %(range)s), of %(n)s") % words
        yield _percents(form, "lead_conversion", str(form["lead_conversion"].label), measured, leads.value)
    if size is not None:
        ends = {"value": money(round(size.value), currency), "n": number(size.n),
                "low": money(round(size.low), currency), "high": money(round(size.high), currency)}  # fmt: skip
        measured = _("measured: %(value)s (90 %%: %(low)s to %(high)s), of %(n)s") % ends
        field, usual = form["size"], round(size.value)
        at, step = _at(form, "size", usual), max(1, usual // 100)
        yield Slider(field, str(field.label), measured, typed_number(usual), at, 3 * usual, step)


def _sellers(answer: Answer) -> dict[str, str]:
    """What stands in the empty fields."""
    now = answer.now
    return {
        "ramp": number(now.ramp.value, 1),
        "capacity": "?" if now.capacity is None else number(now.capacity.value),
        "own": f"{now.own * 100:.0f}",
        "said": ngettext(
            "%(there)s person takes new deals now, %(each)s a quarter.",
            "%(there)s people take new deals now, %(each)s a quarter each.",
            now.sellers,
        )
        % {"there": number(now.sellers), "each": number(now.per_seller)},
    }


def _slider(form: Question, field: str, name: str, measured: str, usual: float, at: Any, most: float) -> Slider:
    digits = 0 if usual >= 10 else 1
    step = max(10.0**-digits, round(most / 100, digits))
    return Slider(
        form[field], name, measured, f"{usual:.{digits}f}", _at(form, field, usual), round(most, digits), step
    )


def _percents(form: Question, field: str, name: str, measured: str, share: float) -> Slider:
    usual = share * 100
    return Slider(form[field], name, measured, f"{usual:.1f}", _at(form, field, usual), 100, 1, "%")


def _at(form: Question, field: str, usual: float) -> float:
    try:
        return float(str(form[field].value() or usual))
    except ValueError:
        return round(usual, 1)


def _shares(level: Level) -> str:
    return _("%(low)s to %(high)s") % {"low": percent(level.low), "high": percent(level.high)}
