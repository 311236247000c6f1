"""`leadline forecast`: what will be booked, for people or as JSON."""

from __future__ import annotations

import json
import re
from enum import Enum
from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _
from rich.table import Table

from leadline.cli.console import out
from leadline.cli.errors import Failure
from leadline.cli.past_day import past_day
from leadline.insights import ask_forecast
from leadline.insights.ask_forecasts_kept import keep
from leadline.insights.kept.plain import plain
from leadline.insights.kept.subject import Subject
from leadline.insights.measuring import ids
from leadline.insights.outlook.outlook import Group, Outlook
from leadline.insights.question import BadQuestion
from leadline.web.frame import formats
from leadline.web.insights.forecasting import saying, words
from leadline.web.insights.forecasting.found import Asked
from leadline.web.insights.forecasting.groups import KINDS, names_of

WRONG = 2  # wrong usage
LONGEST = 52  # weeks
app = typer.Typer()


class By(Enum):
    """What it can be broken down by."""

    OWNER = "owner"
    TEAM = "team"
    SOURCE = "source"
    PIPELINE = "pipeline"
    TYPE = "type"


DIMENSIONS = {By.TYPE: "revenue_type"}


@app.command()
def forecast(
    as_of: Annotated[str, typer.Option(help="As it would have stood at the end of this day, YYYY-MM-DD.")] = "",
    horizon: Annotated[str, typer.Option(help="How far ahead, in weeks: 13w, 26w …")] = "13w",
    by: Annotated[By | None, typer.Option(help="Broken down by.")] = None,
    pipeline: Annotated[str, typer.Option(help="Only this pipeline, by name or id.")] = "",
    keep_it: Annotated[bool, typer.Option("--keep", help="Keep what it says now, to be held against what comes.")] = (
        False
    ),
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, with everything the page knows.")] = False,
) -> None:
    """Say what will be booked, with the range that holds it in 9 of 10 cases.

    What it says of everything is kept once a week, or with --keep, and never rewritten.
    """
    weeks = _weeks(horizon)
    more = (("weeks", str(weeks)),) if weeks != ask_forecast.WEEKS else ()
    subject = Subject(_pipeline(pipeline), None, past_day(as_of), more)
    if keep_it and subject != Subject():
        raise Failure(
            _("--keep keeps what is said of everything as it is now: leave --as-of, --pipeline and --horizon out."),
            WRONG,
        )
    try:
        found = ask_forecast.forecast(subject)
    except BadQuestion as error:
        raise Failure(str(error), WRONG) from None
    if keep_it and found.cannot is not None:
        raise Failure(_("There is no forecast to keep. %(why)s") % {"why": words.cannot(found.cannot)})
    if keep_it:
        keep(found)
    if as_json:
        out.out(json.dumps(plain(found), indent=2, ensure_ascii=False))
        return
    asked = Asked(found, ("all", None), found.group())
    for sentence in saying.sentences(asked, pipeline=subject.pipeline, as_of=subject.as_of):
        out.out(sentence)
    if found.cannot is None:
        _print(found, by)


def _print(found: Outlook, by: By | None) -> None:
    """A line a month and a quarter; then a line a group."""
    heads = [_("Period"), _("Will be booked"), _("90 % between"), _("Already won")]
    lines = [[*heads, *map(str, words.BESIDE.values())]]
    everything = found.group()
    assert everything is not None
    for place in found.places("month", "quarter", "horizon"):
        stretch, said = found.stretches[place], everything.said[place]
        name = stretch.label if stretch.kind != "horizon" else _("until %s") % formats.day(stretch.end)
        beside = words.simple(found, place)
        between = f"{words.money(said.p5)} – {words.money(said.p95)}"
        simple = [words.money(beside.get(key)) for key in words.BESIDE]
        lines.append([name, words.money(said.p50), between, words.money(said.won), *simple])
    _table(lines)
    if by is not None and found.quarter is not None:
        _table(_groups(found, found.quarter, by))


def _groups(found: Outlook, place: int, by: By) -> list[list[str]]:
    dimension = DIMENSIONS.get(by, by.value)
    names = names_of(dimension)
    groups = [group for group in found.groups if group.by == KINDS.get(dimension, dimension)]
    groups.sort(key=lambda group: -group.said[place].p50)
    heads = [found.stretches[place].label, _("Will be booked"), _("90 % between"), _("Already won")]
    return [heads, *(_line(group, place, names) for group in groups)]


def _line(group: Group, place: int, names: dict[int | None, Any]) -> list[str]:
    said = group.said[place]
    name = (names.get(group.id) if group.id is not None else None) or _("not recorded")
    return [name, words.money(said.p50), f"{words.money(said.p5)} – {words.money(said.p95)}", words.money(said.won)]


def _table(lines: list[list[str]]) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for place, head in enumerate(lines[0]):
        longest = max(len(word) for line in lines[1:] for word in line[place].split()) if lines[1:] else 0
        table.add_column(head, justify="right" if place else "left", min_width=longest, overflow="fold")
    for line in lines[1:]:
        table.add_row(*line)
    out.print()
    out.print(table)


def _weeks(text: str) -> int:
    found = re.fullmatch(r"(\d{1,3})\s*w?", text.strip())
    weeks = int(found[1]) if found else 0
    if not 1 <= weeks <= LONGEST:
        raise Failure(
            _("--horizon: %(text)s is no number of weeks from 1 to 52; write it as 13w.") % {"text": text}, WRONG
        )
    return weeks


def _pipeline(text: str) -> int | None:
    if not text:
        return None
    known_ones = ids("pipeline")
    found = next((pk for label, pk in known_ones.items() if text.casefold() in (label.casefold(), str(pk))), None)
    if found is None:
        names = ", ".join(known_ones) or "–"
        raise Failure(_("There is no pipeline %(name)s. There are: %(names)s.") % {"name": text, "names": names}, WRONG)
    return found
