"""What a person decides about a draft, kept as plain JSON, and what it means for the plan.

kinds, dates, decimal by table label; columns by label and heading; values by field and word; currency, pipeline,
duplicates, stages for the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from glob import escape
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.imports.kinds import FIELDS, Kind
from leadline.imports.models import Draft
from leadline.imports.planning.options import CUSTOM_SORTS, DUPLICATES, FileOptions, Options
from leadline.imports.values.dates import ORDERS
from leadline.imports.values.money_signs import CODES

LEFT_OUT = "-"
# A word of a list stands in several fields: whoever is named, is named by all of them.
FIELDS_OF = {"owner": ("owner", "originator", "by"), "stage": ("stage", "from_stage")}
Decisions = Mapping[str, Any]


def options_of(decisions: Decisions) -> Options:
    """The decisions as the plan takes them."""
    sheets: dict[str, dict[str, FileOptions]] = defaultdict(dict)
    for label in labels(decisions):
        file, sheet = split(label)
        sheets[file][sheet] = about_table(decisions, label)
    values = {
        field: pairs for name, pairs in decisions.get("values", {}).items() for field in FIELDS_OF.get(name, (name,))
    }
    return Options(
        duplicates=decisions.get("duplicates") or "update",
        currency=decisions.get("currency", ""),
        pipeline=decisions.get("pipeline", ""),
        files=tuple((escape(file), FileOptions(sheets=some)) for file, some in sheets.items()),
        values=values,
        stages=tuple(decisions.get("stages", ())),
    )


def about_table(decisions: Decisions, label: str) -> FileOptions:
    """What is decided about one table."""
    kind = decisions.get("kinds", {}).get(label, "")
    return FileOptions(
        kind=Kind(kind) if kind and kind != LEFT_OUT else None,
        left_out=kind == LEFT_OUT,
        dates=decisions.get("dates", {}).get(label, ""),
        decimal=decisions.get("decimal", {}).get(label, ""),
        columns=decisions.get("columns", {}).get(label, {}),
    )


def labels(decisions: Decisions) -> list[str]:
    """The tables of which something is decided."""
    found = (label for name in ("kinds", "dates", "decimal", "columns") for label in decisions.get(name, {}))
    return list(dict.fromkeys(found))


def split(label: str) -> tuple[str, str]:
    """ "book.xlsx[Deals]" -> ("book.xlsx", "Deals")."""
    if label.endswith("]") and "[" in label:
        file, _bracket, sheet = label[:-1].partition("[")
        return file, sheet
    return label, ""


def decide(draft: Draft, what: str, where: str, word: str, value: str) -> None:
    """One more decision; what was found no longer holds. `value` "" takes it back. Raises ValidationError.

    `where` is a table's label (kinds, dates, decimal, columns) or a list's name (values); `word` a heading or a word.
    """
    check(draft, what, where, word, value)
    decisions = draft.decisions
    if what in ("currency", "pipeline", "duplicates"):
        decisions[what] = value.upper() if what == "currency" else value
    elif what in ("kinds", "dates", "decimal"):
        put(decisions.setdefault(what, {}), where, value)
        if what == "kinds":
            decisions.get("columns", {}).pop(where, None)  # they were fields of another kind
    elif what == "columns":
        # A column is a field of a kind: with the column the kind is decided, too.
        decisions.setdefault("kinds", {}).setdefault(where, kind_found(draft, where))
        columns = decisions.setdefault("columns", {}).setdefault(where, {})
        for heading in [heading for heading, field in columns.items() if field == value and is_field(value)]:
            del columns[heading]  # one column a field: the one chosen last
        put(columns, word, value)
    else:
        put(decisions.setdefault("values", {}).setdefault(where, {}), word, value)
    changed(draft)


def kind_found(draft: Draft, label: str) -> str:
    """What a table was taken for."""
    tables = [*draft.found.get("tables", []), *draft.found.get("strange", [])]
    return next((str(table["kind"]) for table in tables if table["label"] == label), "")


def order_stages(draft: Draft, names: list[str]) -> None:
    """The order in which stages shall stand."""
    draft.decisions["stages"] = [name[:120] for name in names[:500]]
    changed(draft)


def changed(draft: Draft) -> None:
    """What was found is of before."""
    draft.revision += 1
    draft.save(update_fields=["decisions", "revision", "touched_at"])


def put(pairs: dict[str, str], key: str, value: str) -> None:
    """The pair; without a value none. A dot means: nothing at all."""
    pairs.pop(key, None)
    if value == NOTHING:
        pairs[key] = ""
    elif value:
        pairs[key] = value


NOTHING = "."


def is_field(value: str) -> bool:
    """Whether a column's meaning is a field, which only one column can fill."""
    return value not in ("", LEFT_OUT) and not value.startswith("custom")


def check(draft: Draft, what: str, where: str, word: str, value: str) -> None:
    """Raises ValidationError for a decision that means nothing."""
    names = {file["name"] for file in draft.files}
    wrong = ValidationError({what: _("%(value)s cannot be chosen here.") % {"value": value or what}})
    if what in ("kinds", "dates", "decimal", "columns") and split(where)[0] not in names and where not in names:
        raise wrong
    allowed: dict[str, tuple[str, ...]] = {
        "kinds": ("", LEFT_OUT, *Kind),
        "dates": ("", *ORDERS),
        "decimal": ("", ".", ","),
        "duplicates": DUPLICATES,
        "currency": ("", *CODES),
    }
    if what in allowed:
        good = (value.upper() if what == "currency" else value) in allowed[what]
    elif what == "columns":
        head, _colon, sort = value.partition(":")
        fields = {"", LEFT_OUT}.union(*FIELDS.values())
        good = bool(word) and (value in fields or (head == "custom" and sort in ("", *CUSTOM_SORTS)))
    else:
        good = what == "pipeline" or (what == "values" and where in FIELDS_OF and bool(word))
    if not good or len(value) > 120 or len(word) > 400:
        raise wrong
