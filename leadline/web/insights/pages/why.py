"""The page Why: what holds sales back, what it is worth, the evidence, and one thing to do about each finding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import BadRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leadline.insights import ask_health
from leadline.web.insights.declaring import Chart, Column, Page, Panel, Row, Table
from leadline.web.insights.health.saying import question
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.why.aside import aside
from leadline.web.insights.why.first import cannot_tell, factor, first, worthwhile
from leadline.web.insights.why.saying import amount, chance
from leadline.web.insights.why.showing import KEPT, cards, diagnosis, dismissed
from leadline.web.insights.why.stages import row
from leadline.web.insights.why.words import AREAS, BASES, BENCHMARKS, SHORT

SENTENCE = (Column("sentence", _("In one sentence"), "text"),)
BRIEF = (Column("verdict", _("Answer"), "text"), Column("because", _("Why"), "text"))
GAIN = (
    Column("gain", _("A quarter"), "money", "low", "high", help=_("What lifting it to its benchmark would bring.")),
    Column("largest", _("Chance to be the largest"), "text", help=_("The chance that no other brings more.")),
)
LEVERS = (
    *GAIN,
    Column("now", _("Now"), "text"),
    Column("benchmark", _("Benchmark"), "text"),
    Column("by", _("Which is"), "text"),
)
FINDINGS = (
    Column("finding", _("Finding"), "text"),
    Column("worth", _("A quarter"), "money", "low", "high"),
    Column("certainty", _("Certainty"), "share"),
)
ASIDE = (
    Column("finding", _("Finding"), "text"),
    Column("when", _("When"), "text"),
    Column("why", _("Dismissed"), "text"),
    Column("done", _("Done"), "text"),
)
STAGES = (
    Column("said", _("Whose it is"), "text"),
    Column("level", _("Goes on now"), "share", help=_("Of an average mix, over the last two quarters.")),
    Column("was", _("Before"), "share"),
    Column("spread", _("People differ by"), "number", "spread_low", "spread_high",
           help=_("Standard deviation between people on the logit; 0.25 is usual.")),
    Column("between", _("Of all differences"), "share", "between_low", "between_high",
           help=_("How much of what decides whether a deal goes on lies between people.")),
    Column("people", _("People"), "people"),
)  # fmt: skip
UNTOLD = (Column("line", _("What cannot be told yet"), "text"),)


def constraint(inquiry: Inquiry) -> Table:
    """The sentence, and what it leaves out."""
    found = diagnosis(inquiry)
    sentence = first(found, dismissed(inquiry))
    then = inquiry.asked.page("insights_why", as_of=found.ended.isoformat()) if found.ended else ""
    more = {"sentence": sentence, "partial": not found.whole, "then": then, "looked_at": found.looked_at}
    return Table(SENTENCE, [{"sentence": sentence}], more=more)


def health(inquiry: Inquiry) -> Table:
    """The five questions, each with its answer and why."""
    told = [question(answer) for answer in ask_health.health(**inquiry.arguments(dated=False)).answers]
    rows: list[Row] = [{"question": each.text, "verdict": each.word, "because": each.because} for each in told]
    return Table(BRIEF, rows, ("question",), more={"questions": told})


def areas(inquiry: Inquiry) -> Table:
    """The areas of the revenue system by what lifting all of each would bring."""
    rows = [{"area": str(AREAS.get(one.name, one.name)), **_gain(one)} for one in diagnosis(inquiry).levers.areas]
    return Table(GAIN, rows, ("area",))


def levers(inquiry: Inquiry) -> Table:
    """Each factor that could be lifted to its benchmark, by what that would bring."""
    rows: list[Row] = [
        {
            "lever": factor(one, SHORT), **_gain(one), "now": amount(one.now, one.unit),
            "benchmark": amount(one.benchmark, one.unit), "by": str(BENCHMARKS.get(one.by, one.by)),
        }
        for one in worthwhile(diagnosis(inquiry).levers)
    ]  # fmt: skip
    return Table(LEVERS, rows, ("lever",))


def findings(inquiry: Inquiry) -> Table:
    """What is clearly wrong, in the order of what to mend first."""
    shown, found = cards(inquiry), {one.key: one for one in diagnosis(inquiry).findings}
    rows: list[Row] = [
        {"finding": card.said.sentence, "certainty": found[card.said.key].certainty, **_worth(found[card.said.key])}
        for card in shown
    ]
    return Table(FINDINGS, rows, more={"cards": shown})


def stages(inquiry: Inquiry) -> Table:
    """Per stage: everyone, some people, or the mix they are given."""
    found = diagnosis(inquiry)
    return Table(STAGES, [row(one, found.closed) for one in found.stages], ("stage",))


def put_aside(inquiry: Inquiry) -> Table:
    """Dismissed and past findings."""
    found = aside(inquiry)
    rows: list[Row] = [
        {"finding": one.sentence, "when": one.when, "why": one.why, "done": one.followed.done if one.followed else ""}
        for one in found
    ]
    return Table(ASIDE, rows, more={"aside": found})


def untold(inquiry: Inquiry) -> Table:
    """What cannot be told yet, and what would help."""
    return Table(UNTOLD, [{"line": line} for line in cannot_tell(diagnosis(inquiry))])


def behind(inquiry: Inquiry, column: str, _labels: Mapping[str, str | None]) -> list[int]:
    """The deals behind a number that no metric opens. Raises BadRequest for one that there is not."""
    key, _tilde, name = column.rpartition("~")
    found = KEPT(inquiry).value
    for finding in found.findings if found else ():
        for fact in finding.facts:
            if (finding.key, fact.key) == (key, name):
                return list(fact.deals)
    raise BadRequest("Behind this panel there are no such records.")


def _gain(one: Any) -> Row:
    """To two digits: more would pretend."""
    money = {"gain": one.gain.value, "low": one.gain.low, "high": one.gain.high}
    return {**{key: float(f"{value:.2g}") for key, value in money.items()}, "largest": chance(one.largest)}


def _worth(one: Any) -> Row:
    worth = one.worth
    return {"worth": worth and worth.value, "low": worth and worth.low, "high": worth and worth.high}


PAGE = Page(
    name="why",
    title=_("Why"),
    intro=_("What holds sales back, what mending it is worth, and what to do first."),
    icon="telescope",
    narrows=("pipeline", "team"),
    dated=False,
    panels=(
        Panel("first", _("In one sentence"), face=constraint, template="insights/why/_first.html", limit=0,
              dated=False, kept=KEPT),
        Panel("health", _("Five questions in brief"), face=health, template="insights/why/_health.html", limit=0,
              dated=False),
        Panel("areas", _("The weakest area"),
              _("What would come of lifting all of an area to its benchmarks, over the coming year. A revenue system "
                "is as good as its weakest part."),
              face=areas, chart=Chart("bars", "gain"), limit=0, dated=False, kept=KEPT,
              nothing=_("There is too little to compare the areas yet.")),
        Panel("findings", _("What is wrong, the most pressing first"), face=findings, limit=0, dated=False, kept=KEPT,
              template="insights/why/_findings.html", behind=behind,
              nothing=_("Nothing is clearly wrong in what is recorded.")),
        Panel("stages", _("Everyone, some people, or their mix"),
              _("Where all are low, the approach or the process is at fault and training does not help; where one is, "
                "it is a skill. People are compared on the same cases: source, kind of money, size, time and tenure."),
              face=stages, limit=0, dated=False, kept=KEPT,
              nothing=_("There are too few deals, or too few people, to compare anybody.")),
        Panel("levers", _("What would bring most"),
              format_lazy("{} {}", _("What would come of lifting one thing at a time to its benchmark: your own best "
                "four quarters, the upper quarter of your people, or a target."), BASES),
              face=levers, chart=Chart("bars", "gain"), limit=10, dated=False, kept=KEPT,
              nothing=_("There is too little to compare levers yet.")),
        Panel("untold", _("What cannot be told yet"), face=untold, template="insights/why/_untold.html", limit=0,
              dated=False, kept=KEPT, nothing=_("All questions could be answered.")),
        Panel("aside", _("Dismissed and past"), face=put_aside, template="insights/why/_aside.html", limit=0,
              dated=False, kept=KEPT, nothing=_("Nothing was dismissed, and nothing has passed yet.")),
    ),
)  # fmt: skip
