"""`leadline diagnose`: what holds sales back, as the page Why says it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer
from django.utils.translation import gettext as _

from leadline.accounts.models import Team
from leadline.cli.console import out
from leadline.cli.errors import Failure
from leadline.cli.past_day import past_day
from leadline.crm.models import Pipeline
from leadline.insights.ask_diagnosis import diagnosed
from leadline.insights.kept.plain import plain
from leadline.insights.kept.subject import Subject
from leadline.web.insights.why import stages
from leadline.web.insights.why.first import cannot_tell, factor, first, worthwhile
from leadline.web.insights.why.saying import amount, chance, per_quarter, said, spread
from leadline.web.insights.why.words import BASES

if TYPE_CHECKING:
    from leadline.insights.findings.told import Diagnosed, Levers, ToldFinding

app = typer.Typer()
WRONG = 2  # wrong usage
MOST = 8  # levers


@app.command()
def diagnose(
    as_of: Annotated[str, typer.Option(help="As it stood at the end of this day, YYYY-MM-DD.")] = "",
    pipeline: Annotated[str, typer.Option(help="Only this pipeline, by name or id.")] = "",
    team: Annotated[str, typer.Option(help="Only this team, by name or id.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Say what holds sales back, what mending it is worth, the evidence, and what cannot be told yet."""
    subject = Subject(_one(Pipeline, pipeline, "--pipeline"), _one(Team, team, "--team"), past_day(as_of))
    try:
        found = diagnosed(subject)
    except ValueError as error:  # a question that makes no sense, said in one line
        raise Failure(str(error), WRONG) from None
    if as_json:
        out.out(json.dumps({"sentence": first(found), **_as_json(found)}, indent=2, ensure_ascii=False))
        return
    out.print(first(found))
    for number, finding in enumerate(found.findings, 1):
        _print_finding(number, finding)
    _print_stages(found)
    _print_levers(found.levers)
    _print_untold(found)


def _one(model: Any, wanted: str, option: str) -> int | None:
    """The id of a pipeline or a team. Raises Failure with the names there are."""
    if not wanted:
        return None
    rows = model.objects.kept() if hasattr(model.objects.all(), "kept") else model.objects.all()
    for row in rows:
        if str(row.pk) == wanted or str(row).casefold() == wanted.strip().casefold():
            return int(row.pk)
    names = ", ".join(str(row) for row in rows) or _("none")
    raise Failure(_("%(option)s: there is no %(wanted)s. There are: %(names)s.") % locals(), WRONG)


def _as_json(found: Diagnosed) -> dict[str, Any]:
    data: dict[str, Any] = plain(found)
    for finding, one in zip(data["findings"], found.findings, strict=True):
        finding["sentence"] = said(one).sentence
    return data


def _print_finding(number: int, finding: ToldFinding) -> None:
    words = said(finding)
    out.print()
    out.print(f"{number}. {words.sentence}", style="bold")
    if words.worth:
        out.print(
            "   " + _("Mending it is worth %(worth)s (%(range)s).") % {"worth": words.worth, "range": words.range}
        )
    out.print("   " + _("That it is so: %(certainty)s.") % {"certainty": words.certainty})
    if words.scope:
        out.print(f"   {words.scope}")
    for one in words.evidence:
        rest = ", ".join(part for part in (one.range, one.rests, one.was) if part)
        out.print(f"   - {one.name}: {one.value}" + (f" ({rest})" if rest else ""))
    for shown in words.shows:
        out.print("   " + _("It explains also: %(what)s") % {"what": shown})


def _print_stages(found: Diagnosed) -> None:
    if not found.stages:
        return
    out.print()
    out.print(_("Everyone, some people, or their mix"), style="bold")
    for one in found.stages:
        told = stages.row(one, found.closed)
        level = amount(one.level, "share")
        out.print("   - " + _("%(stage)s, where %(level)s go on: %(said)s") % {**told, "level": level}, highlight=False)


def _print_levers(found: Levers) -> None:
    levers = worthwhile(found)[:MOST]
    if not levers:
        return
    out.print()
    out.print(_("What would bring most"), style="bold")
    for lever in levers:
        levels = _("from %(now)s to %(goal)s") % {
            "now": amount(lever.now, lever.unit),
            "goal": amount(lever.benchmark, lever.unit),
        }
        out.print(
            f"   - {factor(lever)}, {levels}: {per_quarter(lever.gain)} ({spread(lever.gain)}); "
            + _("the largest with a chance of %(chance)s") % {"chance": chance(lever.largest)}
        )
    out.print(f"   {BASES}")


def _print_untold(found: Diagnosed) -> None:
    lines = cannot_tell(found)
    if lines:
        out.print()
        out.print(_("What cannot be told yet"), style="bold")
    for line in lines:
        out.print(f"   - {line}")
