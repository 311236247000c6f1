"""When a company works, where its weeks and fiscal years begin, whose public holidays it keeps, days of its own."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.crm.public_holidays import countries, regions
from leadline.history.recorded import Recorded


def monday_to_friday() -> list[int]:
    return [0, 1, 2, 3, 4]


class WorkingWeek(Recorded):
    """The weekdays on which a company works (0 is Monday), and whose public holidays it keeps. There is one row.

    `first_weekday` is the day on which its weeks begin (weeks are ISO's when it is Monday), `fiscal_month` the month (1
    to 12) in which its fiscal years do; a fiscal year is named for the calendar year in which it ends. Work begins and
    ends (`day_begins`, `day_ends`: minutes since midnight) by the clocks of whoever works: response clocks run then.
    """

    ENTITY: ClassVar[str] = "working_week"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "weekdays",
        "country",
        "region",
        "first_weekday",
        "fiscal_month",
        "day_begins",
        "day_ends",
        "deleted_at",
    )
    EDITABLE: ClassVar[frozenset[str]] = frozenset(TRACKED) - {"deleted_at"}

    weekdays: models.JSONField[Any, Any] = models.JSONField(gettext_lazy("working days"), default=monday_to_friday)
    country = models.CharField(gettext_lazy("country"), max_length=2, blank=True, default="")
    region = models.CharField(gettext_lazy("region"), max_length=16, blank=True, default="")
    first_weekday = models.SmallIntegerField(gettext_lazy("first day of the week"), default=0)
    fiscal_month = models.SmallIntegerField(gettext_lazy("first month of the fiscal year"), default=1)
    day_begins = models.PositiveSmallIntegerField(gettext_lazy("work begins"), default=9 * 60)
    day_ends = models.PositiveSmallIntegerField(gettext_lazy("work ends"), default=17 * 60)

    def __str__(self) -> str:
        return _("Working days")

    @classmethod
    def company(cls) -> Self:
        """The company's; as long as nobody has said anything, Monday to Friday without holidays, not saved."""
        row: Self | None = cls.objects.kept().order_by("pk").first()
        return row or cls()

    def clean(self) -> None:
        """Raises ValidationError for a weekday, month, country or region that is none, and for a week without work."""
        try:
            self.weekdays = sorted({int(day) for day in self.weekdays})
        except (TypeError, ValueError):
            raise ValidationError({"weekdays": _("Weekdays are numbers, 0 for Monday to 6 for Sunday.")}) from None
        if not self.weekdays or not set(self.weekdays) <= set(range(7)):
            raise ValidationError({"weekdays": _("Choose at least one day of the week.")})
        if self.first_weekday not in range(7):
            raise ValidationError({"first_weekday": _("Choose a day of the week.")})
        if self.fiscal_month not in range(1, 13):
            raise ValidationError({"fiscal_month": _("Choose a month.")})
        if not 0 <= self.day_begins < self.day_ends <= 24 * 60:
            raise ValidationError({"day_ends": _("Work ends after it begins, and by midnight.")})
        if self.country and self.country not in countries():
            raise ValidationError({"country": _("The public holidays of this country are not known here.")})
        if self.region and self.region not in regions(self.country):
            raise ValidationError({"region": _("This is not a region of the country chosen.")})


class OwnDay(Recorded):
    """A single day that is worked, or is off, whatever week and law say: a bridge day, stocktaking, the trade fair."""

    ENTITY: ClassVar[str] = "own_day"
    TRACKED: ClassVar[tuple[str, ...]] = ("on_date", "worked", "name", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"worked", "name"})

    on_date = models.DateField(gettext_lazy("day"))
    worked = models.BooleanField(gettext_lazy("worked"), default=False)
    name = models.CharField(gettext_lazy("name"), max_length=120, blank=True, default="")

    class Meta:
        ordering = ["on_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["on_date"],
                condition=models.Q(deleted_at=None),
                name="one_own_day",
                violation_error_message=gettext_lazy("This day is in the list already."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.on_date.isoformat()

    def clean(self) -> None:
        """Raises ValidationError where the day is in the list already."""
        self.validate_constraints()
