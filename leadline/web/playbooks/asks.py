"""One item on one deal, as a form asks it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from zlib import crc32

from leadline.activities.models import Activity
from leadline.crm.models import Deal, ItemKind, Person, Stage
from leadline.crm.models.qualifying import Item
from leadline.crm.playbooks import Standing

NEAR = 30  # people who are offered by name where no script looks them up


@dataclass
class Ask:
    """An item on a deal; `place` sets its fields apart on the page, `typed` is what came back refused, with `errors`.

    `planned` are activities that would answer it once they are done, `near` people of the deal and its organization.
    """

    deal: Deal
    stage: Stage
    standing: Standing
    place: str
    planned: list[Activity] = field(default_factory=list)
    near: list[Person] = field(default_factory=list)
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def item(self) -> Item:
        return self.standing.item

    @property
    def key(self) -> str:
        return str(self.item["key"])

    @property
    def state(self) -> str:
        """answered, waived, lacking (it holds the deal back) or open."""
        if self.standing.answered:
            return "answered"
        if self.standing.waived:
            return "waived"
        return "lacking" if self.item["required"] else "open"

    def name(self, part: str) -> str:
        """Of one of its fields."""
        return f"{self.place}-{part}"

    def shown(self, part: str = "value") -> str:
        """What stands in a field to begin with."""
        if self.typed:
            return self.typed.get(self.name(part), "")
        return "" if part != "value" or self.standing.value is None else str(self.standing.value)


def place_of(deal: Deal, item: Item) -> str:
    """Sets the fields of an item apart on a page, the same whatever else is asked there."""
    key = str(item["key"])
    plain = key if key.isascii() and key.isalnum() else f"{crc32(key.encode()):08x}"
    return f"ask-{deal.pk}-{plain}"


def furnish(asks: Collection[Ask]) -> None:
    """Gives them what may be chosen: activities that are planned, people who are near."""
    _plan([ask for ask in asks if ask.item["kind"] == ItemKind.ACTIVITY and not ask.standing.answered])


def _plan(asks: Iterable[Ask]) -> None:
    wanted = list(asks)
    if not wanted:
        return
    rows = Activity.objects.planned().filter(deal__in={ask.deal.pk for ask in wanted}).select_related("type")
    found = list(rows)
    for ask in wanted:
        kind = ask.item.get("type_id")
        ask.planned = [one for one in found if one.deal_id == ask.deal.pk and kind in (None, one.type_id)]
