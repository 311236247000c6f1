"""What the forecast says, in sentences: at the head of its page and on the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.insights.outlook.outlook import Goal, Outlook, Said, Stretch
from leadline.insights.sight import COMPANY, Whose
from leadline.web.frame import formats
from leadline.web.insights.forecasting import words
from leadline.web.insights.forecasting.found import Asked

NEAR = 28  # days: this near its end the running quarter says little, and the time after it is told too


def sentences(
    asked: Asked, whose: Whose = COMPANY, pipeline: int | None = None, as_of: dt.date | None = None
) -> list[str]:
    """The first says most. The target is that of `whose` it is about, of this pipeline or of all; now without a day."""
    found = list(_sentences(asked, whose, pipeline))
    if as_of is not None:
        found[0] = _("As it stood at the end of %(day)s: %(said)s") % {"day": formats.day(as_of), "said": found[0]}
    return found


def _sentences(asked: Asked, whose: Whose, pipeline: int | None) -> Iterator[str]:
    outlook = asked.outlook
    if outlook.cannot is not None:
        yield words.cannot(outlook.cannot)
        if outlook.cannot.reason != "ended":
            yield from _instead(outlook)
        return
    place = outlook.quarter
    said = asked.said(place)
    if place is None or said is None:
        yield _("Nothing is open here, and nothing was won here lately: there is nothing to forecast.")
        return
    stretch = outlook.stretches[place]
    yield by(stretch, said, one=whose[0] is not None)
    yield _of_what(said)
    if (stretch.end - outlook.day).days < NEAR and outlook.places("horizon"):
        later = outlook.places("horizon")[0]
        beyond = asked.said(later)
        if beyond is not None:
            yield ahead(outlook.stretches[later], beyond)
    if asked.which[0] in ("all", "owner"):
        yield from (goal(each) for each in outlook.goals if each.end == stretch.end and is_of(each, whose, pipeline))
    yield basis(outlook)


def by(stretch: Stretch, said: Said, one: bool = False) -> str:
    """ "By Dec 31, 2026 about $412,000 will be booked …"; of `one` person the average: the middle is often nothing."""
    told = {
        "day": formats.day(stretch.end),
        "middle": words.money(said.mean if one else said.p50),
        "low": words.money(said.p5),
        "high": words.money(said.p95),
        "won": words.money(said.won),
    }
    if one:
        return (
            _(
                "By %(day)s %(middle)s will be booked on average, in 9 of 10 cases between %(low)s and %(high)s; "
                "%(won)s of it is already won."
            )
            % told
        )
    if said.won:
        return (
            _(
                "By %(day)s about %(middle)s will be booked, in 9 of 10 cases between %(low)s and %(high)s; "
                "%(won)s of it is already won."
            )
            % told
        )
    return (
        _(
            "By %(day)s about %(middle)s will be booked, in 9 of 10 cases between %(low)s and %(high)s; "
            "nothing of it is won yet."
        )
        % told
    )


def ahead(stretch: Stretch, said: Said) -> str:
    """The whole horizon."""
    return _("Until %(day)s about %(middle)s more, in 9 of 10 cases between %(low)s and %(high)s.") % {
        "day": formats.day(stretch.end),
        "middle": words.money(said.p50),
        "low": words.money(said.p5),
        "high": words.money(said.p95),
    }


def goal(found: Goal) -> str:
    """A target and its chance."""
    told = {"amount": words.exact(found.amount), "day": formats.day(found.end)}
    if found.so_far >= found.amount:
        return _("The target of %(amount)s by %(day)s is met.") % told
    if found.probability is None:
        why = words.cannot(found.cannot) if found.cannot else ""
        return _("Whether the target of %(amount)s by %(day)s is met cannot be told.") % told + f" {why}".rstrip()
    told["chance"] = chance(found.probability)
    return _("The target of %(amount)s by %(day)s is met with a chance of %(chance)s.") % told


def chance(value: float) -> str:
    """63%; never 0 or 100: a simulation knows no certainty."""
    if value < 0.01:
        return _("under %(chance)s") % {"chance": formats.percent(0.01)}
    if value > 0.99:
        return _("over %(chance)s") % {"chance": formats.percent(0.99)}
    return formats.percent(value)


def basis(outlook: Outlook) -> str:
    """What it rests on, and how it was checked."""
    closed = ngettext("%(n)s closed deal", "%(n)s closed deals", outlook.closed) % {"n": formats.number(outlook.closed)}
    how = (
        _("It rests on %(closed)s: how each stage, time in it, age, touches, person and source went on.")
        if outlook.method == "hazards"
        else _("It rests on %(closed)s, too few to tell deals apart by more than their stage and age.")
    ) % {"closed": closed}
    if not outlook.closed:  # of a part: nobody is told how many deals others have
        how = _("The chances are learned from all deals of the company, the sums are of the deals that this is about.")
    if not outlook.checked:
        return how + " " + _("There is no past yet to check it against: take the range as the least there is.")
    checked = ngettext(
        "%(n)s forecast as it would have stood in the past has corrected it.",
        "%(n)s forecasts as they would have stood in the past have corrected it.",
        outlook.checked,
    )
    return f"{how} {checked % {'n': formats.number(outlook.checked)}}"


def _of_what(said: Said) -> str:
    told = {
        "opened": words.money(said.opened),
        "new": words.money(said.new + said.again),
        "won": words.money(said.won),
        "mean": words.money(said.mean),
    }
    if said.new + said.again <= 0:
        return _("On average it is %(mean)s: %(won)s won, and %(opened)s more from deals that are open now.") % told
    return (
        _(
            "On average it is %(mean)s: %(won)s won, %(opened)s more from deals that are open now, %(new)s from deals "
            "not created yet."
        )
        % told
    )


def _instead(outlook: Outlook) -> Iterator[str]:
    """What is known where no forecast can be."""
    place = outlook.quarter
    for one in outlook.beside:
        if place is not None and one.cannot is None and one.key in ("sellers", "weighted") and one.money[place] > 0:
            told = {"money": words.money(one.money[place]), "day": formats.day(outlook.stretches[place].end)}
            if one.key == "sellers":
                yield _("By their sellers' own dates %(money)s would be booked by %(day)s: no more than a wish.") % told
            else:
                yield _("By the chances of the stages %(money)s would be booked by %(day)s.") % told


def is_of(found: Goal, whose: Whose, pipeline: int | None) -> bool:
    """Whether it is a target of won value of theirs, of that pipeline or of all."""
    return found.metric == "booked_revenue" and (found.person, found.team, found.pipeline) == (*whose, pipeline)
