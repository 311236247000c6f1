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


# R30, R37: what a new company starts with; names, icons, kinds of work and minutes are theirs to change. Calls and
# letters are mostly how somebody is found, meetings and what prepares them how something is sold (decision 0030).
DEFAULT_TYPES = (
    (_("Call"), "phone", Work.PROSPECTING, 10),
    (_("E-mail"), "mail", Work.PROSPECTING, 5),
    (_("Meeting"), "users", Work.SELLING, 60),
    (_("Demo"), "presentation", Work.SELLING, 45),
    (_("Proposal"), "file-text", Work.SELLING, 60),
    (_("Task"), "square-check-big", Work.ADMIN, 15),
    (_("Note"), "sticky-note", Work.ADMIN, 5),
    (_("Pipeline review"), "clipboard-list", Work.INTERNAL, 30),
)


def add_default_types(*, by: By) -> list[ActivityType]:
    """The types that a new company starts with; those that are there already by name stay as they are."""
    doer = actor(by).together()
    with writing():
        known = {name.casefold() for name in ActivityType.objects.values_list("name", flat=True)}
        return [
            ActivityType(name=str(name), icon=icon, position=position, work=work, minutes=minutes).add(by=doer)
            for position, (name, icon, work, minutes) in enumerate(DEFAULT_TYPES)
            if str(name).casefold() not in known
        ]


def add_default_work(*, by: By) -> list[ActivityType]:
    """Kind of work and usual minutes for types of these names that say nothing of either."""
    doer = actor(by).together()
    usual = {str(name).casefold(): (work, minutes) for name, _icon, work, minutes in DEFAULT_TYPES}
    with writing():
        rows = [
            row for row in ActivityType.objects.kept().filter(work="", minutes=None) if row.name.casefold() in usual
        ]
        for row in rows:
            row.edit(by=doer, **dict(zip(("work", "minutes"), usual[row.name.casefold()], strict=True)))
        return rows
