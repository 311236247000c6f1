"""Where a report or a tile leads: a page of Insights or one panel of it, with its question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from leadline.web.insights import known
from leadline.web.insights.declaring import Page, Panel


@dataclass(frozen=True)
class Place:
    """A page, or a panel of it, and what is asked there."""

    page: Page
    panel: Panel | None
    query: str

    @property
    def title(self) -> str:
        return str(self.panel.title if self.panel else self.page.title)

    def address(self, **more: str) -> str:
        """Shows it exactly as it was kept."""
        query = QueryDict(self.query, mutable=True)
        query.update(more)
        at = reverse("insights_panel", args=(self.page.name, self.panel.name)) if self.panel else self._whole()
        return f"{at}?{query.urlencode()}" if query else at

    def _whole(self) -> str:
        return reverse(f"insights_{self.page.name}")


def place_of(name: str, query: str) -> Place | None:
    """The place of "page" or "page.panel"; None where there is none any more."""
    page, _dot, panel = name.partition(".")
    try:
        if panel:
            return Place(*known.find(name), query)
        return Place(known.BY_NAME[page], None, query)
    except KeyError:
        return None


def question(given: str) -> str:
    """A query as it is kept: only what asks, in one order. What is cut would ask something else."""
    query = QueryDict(given, mutable=True)
    for name in ("whole", "tile"):
        query.pop(name, None)
    return query.urlencode()


@dataclass(frozen=True)
class Tile:
    """One place of a dashboard; `place` is None where its panel is gone."""

    number: int
    kept: dict[str, Any]
    place: Place | None

    @property
    def title(self) -> str:
        return str(self.kept["title"] or (self.place.title if self.place else self.kept["panel"]))

    @property
    def headline(self) -> bool:
        """Whether it is the figures of a page."""
        return bool(self.place and self.place.panel and self.place.panel.name == known.HEADLINE)

    @property
    def address(self) -> str:
        """The panel alone, with a mark of its own: the same panel may stand here twice."""
        return self.place.address(tile=str(self.number)) if self.place else ""


def tiles_of(kept: list[dict[str, Any]]) -> list[Tile]:
    return [Tile(number, tile, place_of(tile["panel"], tile["query"])) for number, tile in enumerate(kept)]
