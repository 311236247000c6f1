"""A sheet becomes a table of the plan: recognised, looked through once, its open questions named."""

from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.imports.faults import Unknown
from leadline.imports.planning.options import FileOptions
from leadline.imports.planning.table import CustomColumn, Question, Table
from leadline.imports.reading import Sheet, sheets
from leadline.imports.recognition.columns import CUSTOM, Recognised, recognise
from leadline.imports.recognition.profile import Profile, profile, settle_dates
from leadline.imports.values import revenue

ORDER_NAMES = {"dmy": gettext_lazy("day first"), "mdy": gettext_lazy("month first"), "ymd": gettext_lazy("year first")}


def tables(path: Path, options: FileOptions) -> tuple[list[Table], list[str]]:
    """The tables of one file and notes on sheets left out. Raises `BrokenFile`, also where no sheet is understood."""
    found: list[Table] = []
    notes: list[str] = []
    everything = sheets(path, options.encoding, options.delimiter)
    for sheet in everything:
        told = options.of(sheet.name)
        if told.left_out or (options.sheet and options.sheet != sheet.name):
            continue
        table = understood(sheet, told)
        if table is None:
            notes.append(
                _("%(sheet)s was left out: its headings make no table that is known here.") % {"sheet": sheet.label}
            )
        elif any(other.kind is table.kind for other in found):
            notes.append(
                _("%(sheet)s was left out: another sheet already holds the same kind.") % {"sheet": sheet.label}
            )
        else:
            found.append(table)
    if not found and not all(options.of(sheet.name).left_out for sheet in everything):
        raise unknown(path, everything)
    return found, notes


def understood(sheet: Sheet, options: FileOptions) -> Table | None:
    """One sheet's table, or None where its headings make no known one."""
    told = dict(options.columns)
    recognised = recognise(sheet.headings, f"{sheet.path.stem} {sheet.name}", options.kind, told)
    if recognised is None:
        return None
    recognised = without_false_types(recognised, sheet)
    seen = profile(recognised, sheet.rows())
    dates = settle_dates(recognised, seen, options.dates)
    table = Table(
        sheet,
        recognised,
        rows=seen.rows,
        dates=dates,
        offsets={name: evidence.offset() for name, evidence in seen.dates.items() if evidence.offset()},
        marks={name: options.decimal or evidence.decimal_mark() for name, evidence in seen.numbers.items()},
        customs=tuple(customs(recognised, seen, told)),
        currency=only(seen),
        zero_is_blank=seen.zero_is_blank,
    )
    table.questions = [question(table, name) for name, decision in dates.items() if decision.how == "open"]
    return table


def only(seen: Profile) -> str:
    """The one currency of a currency column, or ""."""
    named = [currency for currency in seen.currencies if currency]
    return named[0] if len(named) == 1 else ""


def without_false_types(recognised: Recognised, sheet: Sheet) -> Recognised:
    """A column called "Type" holds revenue types only if its words are such; else it is a column of one's own."""
    column = recognised.fields().get("revenue_type")
    if column is None or column.told:
        return recognised
    words = set()
    for number, row in enumerate(sheet.rows()):
        words.add(row.cells[column.index])
        if number > 2000:
            break
    known = sum(bool(revenue.kind(word)) for word in words if word.strip())
    if known >= 0.5 * len([word for word in words if word.strip()]):
        return recognised
    columns = [replace(one, field=CUSTOM) if one.index == column.index else one for one in recognised.columns]
    return replace(recognised, columns=tuple(columns))


def customs(recognised: Recognised, seen: Profile, told: dict[str, str]) -> list[CustomColumn]:
    """What becomes of unknown columns: a field of the sort its cells have; nothing where they are all blank."""
    found = []
    for column in recognised.columns:
        if column.field != CUSTOM:
            continue
        unknown = seen.unknown[column.heading]
        sort = told.get(column.heading, "").partition(":")[2] or unknown.sort().replace("day", "date")
        if sort:
            words = tuple(unknown.words.items()) if sort == "choice" else ()
            found.append(CustomColumn(column.index, column.heading, sort, words))
    return found


def question(table: Table, heading: str) -> Question:
    """The question that an ambiguous date column asks."""
    candidates = table.dates[heading].candidates
    index = next(column.index for column in table.recognised.columns if column.heading == heading)
    examples: list[str] = []
    for row in table.sheet.rows():
        if row.cells[index].strip() and row.cells[index] not in examples:
            examples.append(row.cells[index].strip())
        if len(examples) == 3:
            break
    return Question(
        table.label,
        heading,
        _("In %(file)s, are the dates of %(column)s written %(orders)s? They can be read either way.")
        % {"file": table.label, "column": heading, "orders": _(" or ").join(str(ORDER_NAMES[o]) for o in candidates)},
        candidates,
        tuple(examples),
    )


def unknown(path: Path, found: list[Sheet]) -> Unknown:
    """No sheet of the file is understood."""
    headings = ", ".join(found[0].headings[:12]) if found else ""
    return Unknown(
        path.name,
        _("its headings make no table that is known here: %(headings)s") % {"headings": headings},
        _("Say what it holds with --as, or name its columns in a map file (--map)."),
    )
