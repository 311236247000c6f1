"""Time kept free for a kind of work, week after week (R32), and the sittings in which it was used."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leadline.activities.models.activity_type import Work
from leadline.crm.models.personal import Personal

LONGEST = 12 * 60  # minutes
MOST_WEEKS = 52
MOST_MOVED = 1000  # days


class Block(Personal):
    """On `weekdays` (0 is Monday) of every `every_weeks`-th week at `starts_at` of `zone`'s clock, for `minutes`.

    `aim` is how many meaningful conversations it is for. `moved` maps a day on which it would fall (ISO) to when it
    takes place instead (ISO with offset), or to null where it does not. `through` is what its owner works through
    while they sit to it: {"list": its name or the number of a saved view, "type": the number of a type of activity}.
    """

    ENTITY: ClassVar[str] = "block"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "owner_id", "name", "work", "weekdays", "every_weeks", "starts_at", "minutes", "zone", "start_on", "end_on",
        "aim", "moved", "through", "deleted_at",
    )  # fmt: skip
    EDITABLE: ClassVar[frozenset[str]] = frozenset(TRACKED) - {"owner_id", "deleted_at"}

    name = models.CharField(_("name"), max_length=120)
    work = models.CharField(_("kind of work"), max_length=12, choices=Work.choices, default=Work.PROSPECTING)
    weekdays: models.JSONField[Any, Any] = models.JSONField(_("weekdays"), default=list)
    every_weeks = models.PositiveSmallIntegerField(_("every how many weeks"), default=1)
    starts_at = models.TimeField(_("begins"))
    minutes = models.PositiveIntegerField(_("minutes"), default=120)
    zone = models.CharField(_("time zone"), max_length=64, blank=True, default="")
    start_on = models.DateField(_("first day"))
    end_on = models.DateField(_("last day"), null=True, blank=True)
    aim = models.PositiveIntegerField(_("conversations"), default=5)
    moved: models.JSONField[Any, Any] = models.JSONField(_("moved"), default=dict, blank=True)
    through: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)

    class Meta(Personal.Meta):
        ordering: ClassVar = ["starts_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["owner", "start_on"], name="block_of")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raises ValidationError for weekdays, weeks, minutes, days or a zone that make no rhythm."""
        wrong: dict[str, str] = {}
        if not isinstance(self.weekdays, list) or not self.weekdays or not all(d in range(7) for d in self.weekdays):
            wrong["weekdays"] = gettext("Choose at least one day of the week.")
        else:
            self.weekdays = sorted(set(self.weekdays))
        if not 1 <= self.every_weeks <= MOST_WEEKS:
            wrong["every_weeks"] = gettext("Choose a number of weeks from 1 to %(most)s.") % {"most": MOST_WEEKS}
        if not 5 <= self.minutes <= LONGEST:
            wrong["minutes"] = gettext("Choose from 5 minutes to 12 hours.")
        if self.end_on is not None and self.end_on < self.start_on - dt.timedelta(days=1):
            wrong["end_on"] = gettext("The last day comes before the first. Choose a later one.")
        if self.zone and self.zone not in zoneinfo.available_timezones():
            wrong["zone"] = gettext("Choose a time zone.")
        if not _moves(self.moved):
            wrong["moved"] = gettext("Days are moved to moments, or to nothing.")
        if not isinstance(self.through, dict) or set(self.through) - {"list", "type"}:
            wrong["through"] = gettext("Name a list and a type of activity.")
        if wrong:
            raise ValidationError(wrong)


def _moves(moved: Any) -> bool:
    """Whether it maps days to moments that say their offset, or to nothing."""
    if not isinstance(moved, dict) or len(moved) > MOST_MOVED:
        return False
    try:
        moments = [dt.datetime.fromisoformat(where) for where in moved.values() if where is not None]
        return all(dt.date.fromisoformat(day) for day in moved) and all(moment.tzinfo for moment in moments)
    except (TypeError, ValueError):
        return False


class Sitting(Personal):
    """Somebody sat down to a block on the day `on_date` (that of its plan): from when to when.

    `pauses` lists [from, to] (ISO, UTC) of the times between, the last one's end null while it lasts.
    """

    ENTITY: ClassVar[str] = "sitting"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "owner_id", "block_id", "on_date", "began_at", "ended_at", "pauses", "deleted_at",
    )  # fmt: skip
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"ended_at", "pauses"})

    block = models.ForeignKey(Block, models.CASCADE, related_name="sittings")
    on_date = models.DateField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    pauses: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)

    class Meta(Personal.Meta):
        ordering: ClassVar = ["-began_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["block", "on_date"], name="sitting_once", condition=models.Q(deleted_at=None)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["owner", "began_at"], name="sitting_of")]

    def __str__(self) -> str:
        return f"{self.block} {self.on_date}"

    @property
    def paused(self) -> bool:
        """Whether there is a pause that lasts."""
        return bool(self.pauses) and self.pauses[-1][1] is None
