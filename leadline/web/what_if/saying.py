"""Sentences of What-if: what has to be said with an answer, and what the constraint is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from leadline.web.frame.formats import day, days, money, number, percent
from leadline.web.what_if.table import day_of

if TYPE_CHECKING:
    from leadline.insights.ask_what_if import Model
    from leadline.insights.diagnosis.levers import Lever
    from leadline.insights.whatif.noting import Note
    from leadline.insights.whatif.present import Present

# {a} and {b} are a note's numbers, as they are, as shares and as money.
NOTES: dict[str, str | Promise] = {
    "no_spare_leads": lazy(
        "Leads are what is short here, not hands: in busy weeks hardly more of them stay unanswered than in calm ones "
        "(%(a)s a quarter, in all). Another seller would take deals from the others and add little, unless they find "
        "deals themselves."
    ),
    "few_spare_leads": lazy(
        "There is not enough for them to do: leads that stay unanswered for want of hands would give %(a)s deals a "
        "quarter. The rest is what they find themselves: %(b_share)s of their deals."
    ),
    "answers_unknown": lazy(
        "Whether leads stay unanswered for want of hands is not known, because no answers to leads are recorded. "
        "Counted is only what they find themselves: %(a_share)s of their deals. Type another share to try it."
    ),
    "capacity_unknown": lazy(
        "How many new deals somebody can take is not known here, so another seller adds nothing until you type it."
    ),
    "ramp_assumed": lazy("Too few were hired to know how long newcomers take: %(a)s months are assumed."),
    "fewer_sellers": lazy(
        "It is taken that the others carry on with what is open, and take at most %(a)s new deals a quarter each, the "
        "most that people here have been seen to take."
    ),
    "turned_away": lazy("%(a)s new deals a quarter would find nobody who has time for them."),
    "over_load": lazy(
        "This gives everybody %(a)s new deals a quarter. In their full quarters people here have taken %(b)s; whether "
        "they can take more is not known."
    ),
    "time_once": lazy(
        "Other times move bookings to earlier or later days, once. They make neither more nor fewer of them, unless "
        "deals that wait are lost."
    ),
    "few_wins": lazy("Few deals have been won lately, so the ranges are wide."),
    "no_values": lazy("No amounts are recorded on won deals, so money cannot be told."),
    "one_deal": lazy("One deal is more than half of what was won lately, and so carries every mean."),
    "no_leads": lazy("No leads are recorded: sources are counted in the deals they bring."),
    "whales": lazy("What is lost of the open deals is worth %(b_money)s."),
    "fluff": lazy(
        "Open deals that are probably fluff: %(a)s, worth %(b_money)s. What is missing without them was never going to "
        "come; their stages promise for them what they promise for any deal."
    ),
}


def note(one: Note, currency: str) -> str:
    """A note in words; "" for one that the page says elsewhere."""
    words = {}
    for name, value in zip("ab", one.numbers, strict=False):
        words[name] = number(value, 0 if value >= 10 or value == int(value) else 1)
        words[f"{name}_share"] = percent(value)
        words[f"{name}_money"] = money(rounded(value), currency)
    return str(NOTES[one.key]) % words if one.key in NOTES else ""


def lever(found: Lever, model: Model, currency: str) -> str:
    """What is lifted, from where to where, and whose benchmark it is."""
    words = {
        "what": _what(found, model),
        "now": _level(found.now, found.unit, currency),
        "goal": _level(found.benchmark, found.unit, currency),
    }
    if found.by == "upper_quartile":
        return _("%(what)s from %(now)s to %(goal)s, if all came up to the best quarter of people") % words
    if found.since is None:
        return _("%(what)s from %(now)s to the target of %(goal)s") % words
    return _("%(what)s from %(now)s to %(goal)s, as in the best year (from %(since)s)") % {
        **words,
        "since": day(day_of(found.since)),
    }


def typed(found: Lever, now: Present) -> str:
    """What to type into a stage's field to ask for the same: the lever's levels are of other days, and tempered."""
    level = now.conversion.get(found.place.stage) if found.what in ("conversion", "people") else None
    if level is None or not found.now:
        return ""
    words = {
        "measured": percent(level.value, 1),
        "typed": percent(min(1.0, level.value * found.benchmark / found.now), 1),
    }
    return (
        _(
            "Chance between quarters is taken out of those levels, so they differ from the %(measured)s measured "
            "here; to try the same, type %(typed)s."
        )
        % words
    )


def _what(found: Lever, model: Model) -> str:
    stage = _name(model, "stage", found.place.stage)
    source = _name(model, "source", found.place.source)
    said = {
        "leads": _("leads from %(source)s"),
        "deals": _("deals from %(source)s"),
        "lead_conversion": _("leads from %(source)s that become deals") if source else _("leads that become deals"),
        "lead_days": _("days from a lead from %(source)s to its deal"),
        "conversion": _("deals that go on from %(stage)s"),
        "people": _("deals that go on from %(stage)s"),
        "days": _("days in %(stage)s"),
        "size": _("what a won deal usually brings"),
    }
    return said[found.what] % {"stage": stage, "source": source}


def _name(model: Model, kind: str, place: int) -> str:
    return model.names[kind].labels[place] if place >= 0 else ""


def rounded(value: float) -> int:
    """To three figures: more is not known."""
    whole = round(value)
    return int(round(whole, 3 - len(str(abs(whole)))))


def _level(value: float, unit: str, currency: str) -> str:
    if unit == "share":
        return percent(value)
    if unit == "money":
        return money(rounded(value), currency)
    return days(value) if unit == "days" else _("%(count)s a quarter") % {"count": number(value)}
