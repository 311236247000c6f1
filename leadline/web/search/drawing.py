"""Found records as they stand in a list: a sign, a name, a line about it, an address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.models import User
from leadline.crm.fields import Linked
from leadline.crm.models import base_currency
from leadline.crm.searching.folding import text_of
from leadline.history.registry import model_of
from leadline.web.frame import formats
from leadline.web.frame.places import address_of

# The word of a group, and the sign of a row.
SIGNS: dict[str, tuple[str | Promise, str]] = {
    "deal": (gettext_lazy("Deals"), "circle-dollar-sign"),
    "lead": (gettext_lazy("Leads"), "inbox"),
    "person": (gettext_lazy("People"), "user"),
    "organization": (gettext_lazy("Organizations"), "building-2"),
    "product": (gettext_lazy("Products"), "package"),
    "note": (gettext_lazy("Notes"), "sticky-note"),
    "activity": (gettext_lazy("Activities"), "list-checks"),
}
PLACES = ("deal", "lead", "person", "organization")  # where a note or an activity hangs


@dataclass(frozen=True)
class Row:
    """One found record."""

    kind: str
    pk: int
    name: str
    about: str
    href: str

    @property
    def icon(self) -> str:
        return SIGNS[self.kind][1]


def drawn(user: User, wanted: Sequence[tuple[str, int]]) -> list[Row]:
    """Rows of those of these records that are kept and that this person may see, in the given order."""
    linked = Linked(user)
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, pk in wanted:
        by_kind[kind].append(pk)
    rows = {}
    for kind, pks in by_kind.items():
        records = list(model_of(kind).objects.visible_to(user).kept().filter(pk__in=pks))
        for to in PLACES:
            linked.load(to, (getattr(record, f"{to}_id", None) for record in records))
        for record in records:
            if row := _row(kind, record, linked):
                rows[kind, record.pk] = row
    return [rows[key] for key in wanted if key in rows]


def grouped(rows: Iterable[Row]) -> list[tuple[str, str | Promise, list[Row]]]:
    """(kind, its word, its rows), in the order in which kinds first come."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.kind].append(row)
    return [(kind, SIGNS[kind][0], found) for kind, found in groups.items()]


def _row(kind: str, record: Any, linked: Linked) -> Row | None:
    if kind in ("note", "activity"):
        return _hanging(kind, record, linked)
    about = " · ".join(str(part) for part in _ABOUT[kind](record, linked) if part)
    return Row(kind, record.pk, str(record), about, address_of(kind, record.pk))


def _hanging(kind: str, record: Any, linked: Linked) -> Row | None:
    """Notes and activities lead to what they hang on; with that in the trash they are not shown."""
    to, place = next(((to, linked.get(to, pk)) for to in PLACES if (pk := getattr(record, f"{to}_id"))), ("", None))
    if place is not None and getattr(place, "deleted_at", None):
        return None
    href = address_of(to, place.pk) if place is not None and place.pk else ""
    if kind == "note":
        name, about = Truncator(" ".join(text_of(record.text).split())).chars(120), formats.day(record.created_at)
    else:
        name, about = str(record), formats.day(record.done_at or record.due_at)
    on = _("on %(record)s") % {"record": place} if place is not None else ""
    return Row(kind, record.pk, name, " · ".join(part for part in (on, about) if part), href)


def _deal(deal: Any, linked: Linked) -> tuple[Any, ...]:
    stage = linked.get("stage", deal.stage_id) if deal.status == "open" else deal.get_status_display()
    worth = formats.money(deal.value, deal.currency or base_currency()) if deal.value is not None else ""
    return linked.get("organization", deal.organization_id), stage, worth


def _lead(lead: Any, linked: Linked) -> tuple[Any, ...]:
    who = linked.get("organization", lead.organization_id) or linked.get("person", lead.person_id)
    return who, lead.get_stage_display() if lead.status == "open" else lead.get_status_display()


def _person(person: Any, linked: Linked) -> tuple[Any, ...]:
    return person.job_title, linked.get("organization", person.organization_id), person.first_email


def _organization(organization: Any, linked: Linked) -> tuple[Any, ...]:
    return organization.domain, organization.industry


def _product(product: Any, linked: Linked) -> tuple[Any, ...]:
    price = formats.money(product.unit_price, product.currency or base_currency()) if product.unit_price else ""
    return product.code, price, "" if product.active else _("no longer sold")


_ABOUT: dict[str, Callable[[Any, Linked], tuple[Any, ...]]] = {
    "deal": _deal,
    "lead": _lead,
    "person": _person,
    "organization": _organization,
    "product": _product,
}
