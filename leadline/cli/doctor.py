"""`leadline doctor`: looks for damage, and says the mend."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated

import typer

from leadline.cli.console import out
from leadline.house.doctor import agreement, arrivals, data_folder, database, installation, searching
from leadline.house.doctor.finding import Finding, bad

app = typer.Typer()


@app.command()
def doctor(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """Look at installation, data folder, database, and whether log, rows and warehouse agree. Changes nothing.

    Exits with 1 when something is not as it should be; each such line names its mend.
    """
    findings = []
    for finding in look():
        findings.append(finding)
        if not as_json:
            _print(finding)
    if as_json:
        out.out(json.dumps([finding.plain() for finding in findings], indent=2, ensure_ascii=False))
    raise typer.Exit(0 if all(finding.good for finding in findings) else 1)


def look() -> Iterator[Finding]:
    """Every finding, as it is made."""
    yield from installation.look()
    yield from data_folder.look()
    yield from database.look()
    if database.current():
        yield from arrivals.look()
        yield from agreement.look()
        yield from agreement.look_at_warehouse()
        yield from searching.look()
    else:
        yield bad("log and rows", "not looked at: the schema is not this version's", "First mend the database.")


def _print(finding: Finding) -> None:
    mark = "[green]ok [/green]" if finding.good else "[red]bad[/red]"
    out.print(f"{mark}  {finding.about}: ", end="")
    out.out(finding.text, highlight=False)
    if not finding.good:
        out.out(f"     mend: {finding.mend}", highlight=False)
