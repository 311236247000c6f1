"""The first sentence of the diagnosis: what holds sales back and what it is worth; and what is left open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.web.frame import formats
from leadline.web.insights.why.saying import per_quarter, places, sentence, spread
from leadline.web.insights.why.words import ASKED, FACTORS, FAILED, WANTING, Forms

if TYPE_CHECKING:
    from leadline.insights.diagnosis.finding import Worth
    from leadline.insights.findings.told import Diagnosed, Levers, Lifted, NotYet


FAR, FEWEST = 3, 100  # so many times the closed deals that there are is beyond any plan


def first(found: Diagnosed, dismissed: Iterable[str] = ()) -> str:
    """In one sentence. `dismissed` are the keys of findings that were put aside: they are no constraint.

    What could not be looked at, and that nothing was recorded for long, is said before it.
    """
    before = " ".join(part for part in (_failed(found), silent(found)) if part)
    return f"{before} {_first(found, dismissed)}" if before else _first(found, dismissed)


def silent(found: Diagnosed) -> str:
    """That the records ended long before the moment that is looked at; "" where they go on."""
    if found.ended is None:
        return ""
    return _("Nothing was recorded since %(day)s; look as of that day.") % {"day": formats.day(found.ended)}


def broken(found: Diagnosed) -> list[str]:
    """What could not be looked at for a fault of this program."""
    return [str(ASKED.get(name) or FAILED.get(name, FAILED[""])) for name in found.failed]


def _failed(found: Diagnosed) -> str:
    parts = broken(found)
    if not parts:
        return ""
    words = {"what": "; ".join(dict.fromkeys(parts))}
    return _("For a fault of this program not everything could be looked at (%(what)s).") % words


def _first(found: Diagnosed, dismissed: Iterable[str]) -> str:
    aside = set(dismissed)
    standing = [finding for finding in found.findings if finding.key not in aside]
    if standing:
        return _cost(sentence(standing[0]), standing[0].worth)
    if found.constraint.key == "early":
        return _early(found)
    return " ".join(part for part in (_nothing(found, bool(aside)), largest(found)) if part)


def _nothing(found: Diagnosed, aside: bool) -> str:
    """That nothing is wrong says little where few questions could be asked: for those the records hold nothing."""
    unasked = {one.kind for one in found.cannot_tell if one.what}
    if len(unasked) == len(ASKED):
        words = {"all": formats.number(len(ASKED))}
        return _("These records answer none of the %(all)s questions.") % words
    if 2 * len(unasked) >= len(ASKED):
        words = {"n": formats.number(len(unasked)), "all": formats.number(len(ASKED))}
        return (
            _("Of %(all)s questions these records leave %(n)s open; in what can be looked at nothing is clearly wrong.")
            % words
        )
    if found.failed or found.ended:
        return _("In what could be looked at nothing is clearly wrong.")
    return _("Nothing that is not dismissed is clearly wrong.") if aside else _("Nothing is clearly wrong.")


def largest(found: Diagnosed) -> str:
    """The lever that would bring most, where any would bring something to speak of."""
    levers = worthwhile(found.levers)
    if not levers or found.levers.verdict == "short":
        return ""
    most = max(levers, key=lambda lever: (lever.largest, lever.gain.value))
    words = {"lever": factor(most), "worth": per_quarter(most.gain), "spread": spread(most.gain)}
    if found.levers.verdict == "nothing":
        return _("All is near its own best; most would still come of this: %(lever)s (%(worth)s; %(spread)s).") % words
    if found.levers.verdict == "several":
        return _("Which would help most cannot be told; the first of them: %(lever)s, %(worth)s (%(spread)s).") % words
    return _("Most would come of this: %(lever)s, %(worth)s (%(spread)s).") % words


def worthwhile(found: Levers) -> list[Lifted]:
    """The levers that would bring at least a hundredth of what is booked, the largest gain first."""
    least = 0.01 * found.booked.value if found.booked else 0.0
    return [lever for lever in found.levers if lever.gain.value > max(least, 0.0)]


def factor(lever: Lifted, words: Mapping[str, Forms] = FACTORS) -> str:
    """A lever in words."""
    forms = words.get(lever.what)
    if forms is None:
        return lever.what.replace("_", " ")
    return str(forms[0 if lever.spot.stage or lever.spot.source else 1]) % places(lever.spot)


def cannot_tell(found: Diagnosed) -> list[str]:
    """A line for each question that is open, with what would help."""
    asked: dict[tuple[str, str], list[NotYet]] = {}
    for one in found.cannot_tell:
        asked.setdefault((one.kind, one.what), []).append(one)
    reasons: dict[str, list[str]] = {}
    for (kind, what), ones in asked.items():
        reasons.setdefault(_reason(what, ones, found.closed), []).append(_question(kind, ones))
    return [f"{_listed(questions)}: {why}" for why, questions in reasons.items()]


def _listed(questions: list[str]) -> str:
    return "; ".join((questions[0], *(each[:1].lower() + each[1:] for each in questions[1:])))


def _question(kind: str, ones: list[NotYet]) -> str:
    """What is asked, and in how many places it is open."""
    question = str(ASKED.get(kind, kind.replace("_", " ").capitalize()))
    where = len({str(one.spot) for one in ones})
    if where < 2:
        return question
    return _("%(question)s (in %(n)s places)") % {"question": question, "n": formats.number(where)}


def _reason(what: str, ones: list[NotYet], closed: int) -> str:
    """What is wanting, and what would help; of several places from the least to the most."""
    why = f"{WANTING.get(what, what)}."
    mores = [one.more for one in ones if one.more > 0]
    if not mores:
        return why
    low, more = _round(min(mores)), _round(max(mores))
    if what != "leads" and min(mores) > far(closed):
        return f"{why} " + _("It would take far more closed deals than there are.")
    if low < more:
        ends = {"low": formats.number(low), "high": formats.number(more)}
        leads = _("About %(low)s to %(high)s more leads would tell, by the place.")
        deals = _("About %(low)s to %(high)s more closed deals would tell, by the place.")
        return f"{why} {(leads if what == 'leads' else deals) % ends}"
    leads = ngettext("About %(count)s more lead would tell.", "About %(count)s more leads would tell.", more)
    deals = ngettext(
        "About %(count)s more closed deal would tell.", "About %(count)s more closed deals would tell.", more
    )
    return f"{why} {(leads if what == 'leads' else deals) % {'count': formats.number(more)}}"


def far(closed: int) -> int:
    """So many more closed deals are beyond any plan."""
    return max(FAR * closed, FEWEST)


def _round(more: int) -> int:
    """To two digits: it is an estimate."""
    return int(float(f"{more:.2g}"))


def _cost(what: str, worth: Worth | None) -> str:
    if worth is None or worth.value <= 0:
        return _("%(what)s; what mending it is worth cannot be told from the records.") % {"what": what}
    words = {"what": what, "worth": per_quarter(worth), "spread": spread(worth)}
    return _("%(what)s; mending it is worth %(worth)s (%(spread)s).") % words


def _early(found: Diagnosed) -> str:
    if not found.closed:
        return _("It is too early to say what holds sales back: no deal is closed yet.")
    more = round(found.constraint.values.get("more", 0))
    text = ngettext(
        "It is too early to say what holds sales back: %(count)s deal is closed.",
        "It is too early to say what holds sales back: %(count)s deals are closed.",
        found.closed,
    ) % {"count": formats.number(found.closed)}
    if more <= 0:
        return text
    return f"{text} " + ngettext(
        "With %(count)s more something can be said.", "With %(count)s more something can be said.", more
    ) % {"count": formats.number(more)}
