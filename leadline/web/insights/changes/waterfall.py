"""The bars of the waterfall, with the deals behind each."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.crm.models import base_currency
from leadline.insights import ask_changes
from leadline.insights.changes.answer import Changes, Step
from leadline.web.frame.formats import money
from leadline.web.insights.declaring import Behind, Column, Held, Row, Table
from leadline.web.insights.inquiry import Inquiry

WORDS: dict[str, str | Promise] = {
    "opening": gettext_lazy("Open before"),
    "added": gettext_lazy("Added"),
    "reopened": gettext_lazy("Reopened"),
    "restored": gettext_lazy("Taken out of the trash"),
    "moved_in": gettext_lazy("Moved in from another pipeline"),
    "handed_in": gettext_lazy("Came from others' hands"),
    "dated_in": gettext_lazy("Re-dated into this time"),
    "won": gettext_lazy("Won"),
    "lost": gettext_lazy("Lost"),
    "parked": gettext_lazy("Parked"),
    "moved_out": gettext_lazy("Moved to another pipeline"),
    "handed_out": gettext_lazy("Went into others' hands"),
    "dated_out": gettext_lazy("Re-dated out of this time"),
    "deleted": gettext_lazy("Deleted"),
    "merged": gettext_lazy("Merged into another"),
    "revalued": gettext_lazy("Re-valued"),
    "rerated": gettext_lazy("Other exchange rates"),
    "closing": gettext_lazy("Open after"),
}
BEFORE = Column("was", gettext_lazy("Open value before"), "money")
AFTER = Column("became", gettext_lazy("Open value after"), "money")
CHANGE = Column("amount", gettext_lazy("Change"), "money")
THEN = Column("amount", gettext_lazy("Open value then"), "money")
COLUMNS = (
    Column("amount", gettext_lazy("Value"), "money"),
    Column("deals", gettext_lazy("Deals"), "deals"),
    Column("blank", gettext_lazy("Of them without a value"), "deals"),
)


def whole(inquiry: Inquiry) -> Table:
    """Of all open value."""
    return _table(ask_changes.changes(**inquiry.arguments()))


def closing(inquiry: Inquiry) -> Table:
    """Of what is expected to close in the period: deals that are re-dated come and go."""
    return _table(ask_changes.changes(**inquiry.arguments(), closing=True))


def whole_behind(inquiry: Inquiry, column: str, labels: Mapping[str, str | None]) -> Held:
    return _behind(inquiry, labels, closing=False)


def closing_behind(inquiry: Inquiry, column: str, labels: Mapping[str, str | None]) -> Held:
    return _behind(inquiry, labels, closing=True)


def _behind(inquiry: Inquiry, labels: Mapping[str, str | None], *, closing: bool) -> Held:
    """What each deal was worth before and after: today's values would not add up to the bar."""
    name = labels.get("change") or ""
    parts = ask_changes.parts_behind(name, **inquiry.arguments(), closing=closing)
    rows = {part.deal: {"was": part.was, "became": part.became, "amount": part.amount} for part in parts}
    return Held((THEN,) if name in ("opening", "closing") else (BEFORE, AFTER, CHANGE), rows, "amount")


def _table(found: Changes) -> Table:
    rows = [_row(found.opening), *map(_row, found.steps), _row(found.closing)]
    for end in (rows[0], rows[-1]):
        end["total"] = True
    points = [{**row, "value": row["amount"] or Decimal(0), "opens": row["opens"]["amount"]} for row in rows]
    columns = COLUMNS if any(row["blank"] for row in rows) else COLUMNS[:-1]
    return Table(columns, rows, ("change",), points=points, says=_says(found))


def _row(step: Step) -> Row:
    behind = Behind(labels={"change": step.name})
    unknown = step.deals > 0 and step.blank == step.deals
    return {
        "change": str(WORDS[step.name]), "amount": None if unknown else step.amount, "deals": step.deals,
        "blank": step.blank,
        "opens": {"amount": behind, "deals": behind},
    }  # fmt: skip


def _says(found: Changes) -> str:
    """The sum, in words: it adds up."""
    currency = base_currency()
    bars = (found.opening, *found.steps, found.closing)
    if any(bar.deals for bar in bars) and all(bar.blank == bar.deals for bar in bars):
        return _("Nobody had said what these deals are worth while they were open.")
    change = found.closing.amount - found.opening.amount
    words = {"opening": money(found.opening.amount, currency), "closing": money(found.closing.amount, currency)}
    if change == Decimal(0):
        return _("%(opening)s were open before, and as much is after.") % words
    words["change"] = money(abs(change), currency)
    if change > 0:
        return _("%(opening)s were open before, %(closing)s after: %(change)s more.") % words
    return _("%(opening)s were open before, %(closing)s after: %(change)s less.") % words
