"""Tables for the eyes: what an import is about to do."""

from __future__ import annotations

from rich.table import Table

from leadline.cli.console import out
from leadline.imports.planning.plan import Plan
from leadline.imports.planning.table import Table as Read
from leadline.imports.result import Result

NAMED = {
    "user": "People invited",
    "team": "Teams",
    "pipeline": "Pipelines",
    "stage": "Stages",
    "source": "Sources",
    "campaign": "Campaigns",
    "product": "Products",
    "lost_reason": "Lost reasons",
    "label": "Labels",
    "organization": "Organizations",
    "person": "People",
    "activity_type": "Kinds of activity",
    "custom_field": "Custom fields",
    "currency": "Currencies",
}
FEW = 12


def show(plan: Plan, trial: Result) -> None:
    """What each file was taken for, and what would be made."""
    for table in plan.tables:
        out.print(columns(table))
    made = Table("New", "How many", "Which")
    for entity, count in trial.made.items():
        shown = ", ".join(trial.made_names[entity][:FEW]) + (" …" if count > FEW else "")
        made.add_row(NAMED.get(entity, entity), str(count), shown)
    if trial.made:
        out.print(made)
    for entity, pairs in trial.merged.items():
        out.print(f"Spellings merged ({NAMED.get(entity, entity).lower()}): " + "; ".join(pairs[:FEW]), markup=False)


def columns(table: Read) -> Table:
    """One file: its kind, and where each column goes."""
    grid = Table(
        title=f"{table.label}: {table.rows} rows of {table.kind} ({table.recognised.source})", title_justify="left"
    )
    grid.add_column("Column")
    grid.add_column("becomes")
    grid.add_column("read as")
    for column in table.used():
        grid.add_row(column.heading, column.field, how(table, column.heading))
    for custom in table.customs:
        grid.add_row(custom.heading, f"custom field ({custom.sort})", how(table, custom.heading))
    for heading in table.left_out():
        grid.add_row(heading, "(left out)", "")
    return grid


def how(table: Read, heading: str) -> str:
    """The order of dates and the decimal mark, where there was something to decide."""
    decision = table.dates.get(heading)
    if decision and decision.order:
        names = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
        reasons = {
            "column": "seen in the column",
            "file": "as in the file's other dates",
            "logic": "else dates contradict",
        }
        return f"{names[decision.order]} ({reasons.get(decision.how, decision.how)})"
    return "decimal comma" if table.marks.get(heading) == "," else ""
