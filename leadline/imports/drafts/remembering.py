"""A file with the headings of one that came in before is read as that one was: mended rows, next month's export."""

from typing import Any

from leadline.imports.drafts.decisions import Decisions, split
from leadline.imports.failing import ADDED
from leadline.imports.models import Draft, Import, State
from leadline.imports.reading import Sheet

LOOK_BACK = 50


def remember(draft: Draft, sheets: list[Sheet]) -> None:
    """Take over what was decided about tables with these headings, where nothing is decided yet."""
    past = list(Import.objects.filter(by=draft.by, state=State.DONE)[:LOOK_BACK])
    for sheet in sheets:
        if sheet.label in draft.decisions.get("asked", []):
            continue
        draft.decisions.setdefault("asked", []).append(sheet.label)
        for arrival in past:
            table = alike(arrival, sheet)
            if table is not None:
                take_over(draft.decisions, arrival, table, sheet.label)
                break
    draft.save(update_fields=["decisions"])


def alike(arrival: Import, sheet: Sheet) -> dict[str, Any] | None:
    """The table of an import that had the same headings; the reasons beside bad rows do not count."""
    headings = [heading for heading in sheet.headings if heading not in ADDED]
    for file in arrival.files:
        for table in file["tables"]:
            if table["headings"] == headings:
                found: dict[str, Any] = table
                return found
    return None


def take_over(decisions: Any, arrival: Import, table: dict[str, Any], label: str) -> None:
    """What was decided, and what was seen then: three mended rows may not show the order of their dates."""
    past: Decisions = arrival.decisions
    decisions.setdefault("kinds", {}).setdefault(label, table["kind"])
    columns = past.get("columns", {}).get(table["label"])
    if columns:
        decisions.setdefault("columns", {}).setdefault(label, columns)
    for name in ("dates", "decimal"):
        known = table.get(name) or past.get(name, {}).get(table["label"])
        if known and not (name == "decimal" and known == "."):
            decisions.setdefault(name, {}).setdefault(label, known)
    for name in ("currency", "pipeline", "values", "stages"):
        if past.get(name) and not decisions.get(name):
            decisions[name] = past[name]
    decisions.setdefault("as_in", {})[label] = arrival.pk


def forget(draft: Draft, name: str) -> None:
    """A file was taken out: nothing is decided about its tables."""
    for what in ("kinds", "columns", "dates", "decimal", "as_in"):
        pairs = draft.decisions.get(what, {})
        for label in [label for label in pairs if split(label)[0] == name or label == name]:
            del pairs[label]
    draft.decisions["asked"] = [
        label for label in draft.decisions.get("asked", []) if split(label)[0] != name and label != name
    ]
