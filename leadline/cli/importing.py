"""`leadline import`: files in, shown before they are written; what did not come in, said by row; all of it undone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from django.utils.translation import gettext as _

from leadline.cli.arrival import outcome, preview
from leadline.cli.console import err, out
from leadline.cli.progress import bar
from leadline.imports.faults import BrokenFile
from leadline.imports.importing import Stopped, carry_out, discard, prepare, try_out
from leadline.imports.kinds import Kind
from leadline.imports.models import Import, State
from leadline.imports.planning.options import DUPLICATES, Options, with_map
from leadline.imports.planning.plan import Plan
from leadline.imports.values.dates import ORDERS

app = typer.Typer()

SOME_FAILED, NOTHING_DONE = 1, 2


@app.command()
def import_(
    files: Annotated[
        list[Path] | None, typer.Argument(help="CSV or XLSX files; several may refer to each other.")
    ] = None,
    as_: Annotated[str, typer.Option("--as", metavar="KIND", help="What the files hold: " + ", ".join(Kind))] = "",
    map_: Annotated[Path | None, typer.Option("--map", help="A TOML file that says what columns mean.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print the outcome as JSON; writes without asking, as --yes does.")
    ] = False,
    duplicates: Annotated[str, typer.Option(help="Records that are here already: update, skip or create.")] = "update",
    dates: Annotated[str, typer.Option(help="Order of dates where it cannot be seen: dmy, mdy or ymd.")] = "",
    currency: Annotated[str, typer.Option(help="Currency of amounts that name none, e.g. EUR.")] = "",
    pipeline: Annotated[str, typer.Option(help="Pipeline of deals that name none.")] = "",
    bad_rows: Annotated[
        Path | None,
        typer.Option(help="Write the rows that failed to this CSV file; of several tables to FILE-deals.csv …"),
    ] = None,
    undo: Annotated[int | None, typer.Option(metavar="ID", help="Take back a whole import.")] = None,
) -> None:
    """Bring in deals, leads, people, organizations, activities, products, users, stage changes and targets.

    Shows what it understood and asks before it writes. The answer is read from the standard input, terminal or not;
    without a yes nothing is written.
    """
    if undo is not None:
        take_back(undo, json)
        return
    try:
        options = told(as_, map_, duplicates, dates, currency, pipeline)
        bring_in(files or [], options, Manner(dry_run, yes, json, bad_rows))
    except BrokenFile as broken:
        nothing_done([broken.file, broken.reason, broken.mend], json)


def told(as_: str, map_: Path | None, duplicates: str, dates: str, currency: str, pipeline: str) -> Options:
    """The options, checked. Raises typer.BadParameter, `BrokenFile`."""
    for name, value, allowed in (
        ("--as", as_, Kind),
        ("--duplicates", duplicates, DUPLICATES),
        ("--dates", dates, ORDERS),
    ):
        if value and value not in list(allowed):
            raise typer.BadParameter(f"{value} is not one of {', '.join(allowed)}", param_hint=name)
    options = Options(
        kind=Kind(as_) if as_ else None,
        dates=dates,
        duplicates=duplicates,
        currency=currency.upper(),
        pipeline=pipeline,
    )
    return with_map(options, map_) if map_ else options


class Manner:
    """How the command was asked to behave."""

    def __init__(self, dry_run: bool, yes: bool, json: bool, bad_rows: Path | None) -> None:
        self.dry_run, self.json, self.bad_rows = dry_run, json, bad_rows
        self.ask = not (yes or json or dry_run)
        self.show = not json and not yes


def bring_in(files: list[Path], options: Options, manner: Manner) -> None:
    """Read, show, ask, write, report; ends with the exit code."""
    if not files:
        raise typer.BadParameter("name at least one file", param_hint="FILE")
    with bar("Reading", manner.json) as progress:
        arrival, plan = prepare(files, options, user=None, progress=progress)
    try:
        go_on(arrival, plan, manner)
    except (KeyboardInterrupt, Stopped):
        nothing_done(["Stopped; nothing of the import is left."], manner.json)
    finally:
        # Whatever was not carried out leaves no plan behind.
        if arrival.state == State.PLANNED:
            discard(arrival, plan)


def go_on(arrival: Import, plan: Plan, manner: Manner) -> None:
    """Show, ask, write, report."""
    if plan.questions:
        nothing_done(
            [*(question_text(q) for q in plan.questions), "Give --dates dmy, mdy or ymd (or say so in a map file)."],
            manner.json,
        )
    if manner.show or manner.dry_run:
        with bar("Trying out", manner.json, plan.read) as progress:
            trial = try_out(plan, None, progress)
        if not manner.json:
            preview.show(plan, trial)
        if manner.dry_run:
            finish(trial, None, manner)
        if manner.ask and not agreed():
            nothing_done([_("Without a yes nothing is written; --yes writes without asking.")], manner.json)
    with bar("Writing", manner.json, arrival.total) as progress:
        result = carry_out(arrival, plan, user=None, progress=progress)
    if manner.bad_rows and result.failed:
        from leadline.imports.failing import write  # noqa: PLC0415  rarely needed

        for path in write(arrival, manner.bad_rows):
            err.print(f"Rows that failed: {path}")
    finish(result, arrival.pk, manner)


def agreed() -> bool:
    """Whether the person says yes. The end of the input, as under cron or `</dev/null`, is a no."""
    try:
        return typer.confirm(_("Import this?"), err=True)
    except typer.Abort:
        return False


def question_text(question: Any) -> str:
    """A question with some cells it is about."""
    return f"{question.text} ({', '.join(question.examples)})"


def finish(result: Any, number: int | None, manner: Manner) -> None:
    """Print the outcome and end with 0, or 1 where rows failed."""
    if manner.json:
        found = {name: getattr(result, name) for name in ("read", "created", "updated", "unchanged", "failed")}
        found |= {
            "failures": [fault.as_dict() for fault in result.failures],
            "warnings": [fault.as_dict() for fault in result.warnings],
            "notes": result.notes,
            "by_kind": result.by_kind,
            "import": number,
        }
        out.print(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode(), markup=False)
    else:
        outcome.show(result, number)
    raise typer.Exit(SOME_FAILED if result.failed else 0)


def nothing_done(lines: list[str], json: bool, said: str = "Nothing was imported.") -> None:
    """Say why nothing was written; ends with 2."""
    if json:
        fault = {
            "file": "",
            "row": 0,
            "column": "",
            "value": "",
            "reason": " ".join(lines[:-1] or lines),
            "mend": lines[-1],
        }
        empty = {
            "read": 0,
            "created": 0,
            "updated": 0,
            "unchanged": 0,
            "failed": 0,
            "failures": [fault],
            "warnings": [],
        }
        out.print(orjson.dumps(empty | {"import": None}, option=orjson.OPT_INDENT_2).decode(), markup=False)
    else:
        for line in lines:
            err.print(line, markup=False)
        if said:
            err.print(said)
    raise typer.Exit(NOTHING_DONE)


def take_back(number: int, json: bool) -> None:
    """Undo a whole import."""
    from leadline.imports.undoing import take_back as undo  # noqa: PLC0415  rarely needed

    arrival = Import.objects.filter(pk=number).first()
    if arrival is None or not arrival.can_be_taken_back:
        nothing_done([_not_undone(arrival, number)], json, said="")
        return
    kept = undo(arrival)
    if json:
        out.print(orjson.dumps({"import": number, "kept": kept}, option=orjson.OPT_INDENT_2).decode(), markup=False)
        return
    out.print(f"Import {number} is undone.")
    for line in kept:
        out.print(f"  {line}", markup=False)


def _not_undone(arrival: Import | None, number: int) -> str:
    """Why an import is not taken back."""
    if arrival is None:
        return _("Import %(number)s is not known.") % {"number": number}
    if arrival.state == State.UNDONE:
        return _("Import %(number)s is undone already.") % {"number": number}
    state = arrival.get_state_display().lower()
    return _("Import %(number)s is %(state)s; only one that is done can be undone.") % {
        "number": number,
        "state": state,
    }
