"""Panels of Insights side by side, as somebody put them together."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from leadline.crm.models.sharing import Shared

MOST_TILES = 40
TILE = {"panel": str, "query": str, "title": str, "wide": bool}


class Dashboard(Shared):
    """`tiles` in their order: of each the panel ("sources.months"), the query of its address, its title if it has one
    of its own, and whether it is as wide as two.
    """

    ENTITY: ClassVar[str] = "dashboard"
    TRACKED: ClassVar[tuple[str, ...]] = ("name", "owner_id", "shared", "tiles", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"name", "shared", "tiles"})

    tiles: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)

    def clean(self) -> None:
        super().clean()
        if not isinstance(self.tiles, list) or not all(map(_is_tile, self.tiles)):
            raise ValidationError({"tiles": _("A tile has a panel, a query, a title, and may be wide.")})
        if len(self.tiles) > MOST_TILES:
            raise ValidationError({"tiles": _("A dashboard has room for %(most)s tiles.") % {"most": MOST_TILES}})


def _is_tile(tile: Any) -> bool:
    return (
        isinstance(tile, dict)
        and tile.keys() == TILE.keys()
        and all(isinstance(tile[name], kind) for name, kind in TILE.items())
    )


class HomePage(models.Model):
    """The dashboard at which somebody begins. A habit, not in the log."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="home_page")
    dashboard = models.ForeignKey(Dashboard, models.CASCADE, related_name="home_of")

    def __str__(self) -> str:
        return f"{self.user}: {self.dashboard}"
