"""A playbook as it is typed into its form: items, links and guidance, and what a button does to their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leadline.crm.models import ItemKind, Playbook
from leadline.crm.models.playbook_items import MOST
from leadline.history.numbers import number_of
from leadline.web.timeline.typed import to_text
from leadline.web.timeline.writing import to_html

Item = dict[str, Any]


@dataclass(frozen=True)
class Typed:
    """What stands in the form, valid or not; `guidance` as text."""

    items: list[Item]
    links: list[dict[str, str]]
    guidance: str


def shown(book: Playbook | None) -> Typed:
    """A playbook as its form shows it."""
    if book is None:
        return Typed([], [], "")
    return Typed(list(book.items), list(book.links), to_text(book.guidance))


def read(sent: Mapping[str, str]) -> Typed:
    """What a form sent; rows for new ones that were left empty are left out."""
    items = [_item(sent, f"item-{at}-") for at in _rows(sent, "items")]
    links = [_link(sent, f"link-{at}-") for at in _rows(sent, "links")]
    return Typed(
        [item for item in [*items, _item(sent, "new-")] if item["key"] or item["name"]],
        [link for link in links if link["href"]],
        sent.get("guidance", "").replace("\r\n", "\n").strip(),
    )


def arranged(items: list[Any], deed: str) -> list[Any]:
    """The items, or links, after "up-2", "down-2" or "remove-2"; any other deed leaves them."""
    what, _dash, place = deed.partition("-")
    at, found = number_of(place) if place.isdigit() else None, list(items)
    if at is None or at >= len(found):
        return found
    item = found.pop(at)
    if what in ("remove", "unlink"):
        return found
    found.insert({"up": max(at - 1, 0), "down": at + 1}.get(what, at), item)
    return found


def values(typed: Typed, book: Playbook | None) -> dict[str, Any]:
    """As the playbook keeps them; guidance that nobody touched stays as it was, whatever its form cannot show."""
    same = book is not None and to_text(book.guidance) == typed.guidance
    guidance = book.guidance if book is not None and same else to_html(typed.guidance)
    return {"items": typed.items, "links": typed.links, "guidance": guidance}


def _rows(sent: Mapping[str, str], name: str) -> range:
    return range(min(number_of(sent.get(name, "")) or 0, MOST + 2))


def _item(sent: Mapping[str, str], start: str) -> Item:
    kind, name = sent.get(f"{start}kind", ""), sent.get(f"{start}name", "").strip()
    item: Item = {"key": sent.get(f"{start}key", ""), "name": name, "kind": kind}
    item |= {flag: f"{start}{flag}" in sent for flag in ("required", "event")}
    item |= {"weight": sent.get(f"{start}weight", "").strip() or 0, "help": sent.get(f"{start}help", "")}
    if kind == ItemKind.CHOICE:
        item["options"] = _options(sent, start)
    if kind == ItemKind.PERSON:
        item["role"] = sent.get(f"{start}role", name)
    if kind == ItemKind.ACTIVITY:
        item["type_id"] = number_of(sent.get(f"{start}type_id", "") or "") or None
    return item


def _options(sent: Mapping[str, str], start: str) -> list[dict[str, Any]]:
    """Those that were named; a new choice begins with three that many ask for."""
    if f"{start}options" not in sent:
        names = ((_("Yes"), 100), (_("In part"), 50), (_("No"), 0))
        return [{"key": "", "name": name, "points": points} for name, points in names]
    rows = [f"{start}option-{at}-" for at in _rows(sent, f"{start}options")]
    found = [{part: sent.get(f"{row}{part}", "").strip() for part in ("key", "name", "points")} for row in rows]
    return [{**option, "points": option["points"] or 0} for option in found if option["name"]]


def _link(sent: Mapping[str, str], start: str) -> dict[str, str]:
    return {part: sent.get(f"{start}{part}", "").strip() for part in ("name", "href")}
