"""Kinds of activity: call, e-mail, meeting, demo ... (editable)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.accounts.actors import By, actor
from leadline.history.recorded import Recorded
from leadline.history.writing import writing


class Work(models.TextChoices):
    """What kind of work an activity or a block of time is (R37)."""

    PROSPECTING = "prospecting", _("Prospecting")
    SELLING = "selling", _("Selling")
    CARE = "care", _("Looking after clients")
    INTERNAL = "internal", _("Internal meetings")
    ADMIN = "admin", _("Administration")


class ActivityType(Recorded):
    """A kind of activity; `icon` names one of the icon set, `minutes` is how long one takes where nobody says."""

    ENTITY: ClassVar[str] = "activity_type"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "name", "icon", "position", "work", "minutes", "external_id", "deleted_at",
    )  # fmt: skip
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"name", "icon", "position", "work", "minutes"})

    name = models.CharField(_("name"), max_length=120)
    icon = models.CharField(_("icon"), max_length=40, blank=True, default="")
    position = models.PositiveIntegerField(default=0)
    work = models.CharField(_("kind of work"), max_length=12, choices=Work.choices, blank=True, default="")
    minutes = models.PositiveIntegerField(_("usual minutes"), null=True, blank=True)
    external_id = models.CharField(max_length=255, blank=True, default="")

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


# R30: what a new company starts with; names and icons are theirs to change.
DEFAULT_TYPES = (
    (_("Call"), "phone"),
    (_("E-mail"), "mail"),
    (_("Meeting"), "users"),
    (_("Demo"), "presentation"),
    (_("Proposal"), "file-text"),
    (_("Task"), "square-check-big"),
    (_("Note"), "sticky-note"),
    (_("Pipeline review"), "clipboard-list"),
)


def add_default_types(*, by: By) -> list[ActivityType]:
    """The types that a new company starts with; those that are there already by name stay as they are."""
    doer = actor(by).together()
    with writing():
        known = {name.casefold() for name in ActivityType.objects.values_list("name", flat=True)}
        return [
            ActivityType(name=str(name), icon=icon, position=position).add(by=doer)
            for position, (name, icon) in enumerate(DEFAULT_TYPES)
            if str(name).casefold() not in known
        ]
