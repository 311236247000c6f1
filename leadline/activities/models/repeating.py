"""The verbs of activities that come again: editing one or all that follow, skipping one, ending them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.actors import By
from leadline.activities.models import series
from leadline.history.recorded import Recorded


class Repeating(Recorded):
    """What repeats by a rule, until its end."""

    done_at = models.DateTimeField(gettext_lazy("done"), null=True, blank=True)
    repeats = models.CharField(gettext_lazy("repeats"), max_length=255, blank=True, default="")

    class Meta:
        abstract = True

    def edit(
        self, *, by: By, at: dt.datetime | None = None, expect: Mapping[str, Any] | None = None, **values: Any
    ) -> Self:
        """As any record; of a series this occurrence alone: those that follow are as they were."""
        return self._edited("alone", by, at, expect, values)

    def edit_following(
        self, *, by: By, at: dt.datetime | None = None, expect: Mapping[str, Any] | None = None, **values: Any
    ) -> Self:
        """As `edit`, for this occurrence and those that follow. Moved, the rule names the new day.

        Where nothing repeats it is `edit`.
        """
        return self._edited("all", by, at, expect, values)

    def skip(self, *, by: By, at: dt.datetime | None = None) -> Self:
        """Not this time: it becomes the next occurrence; the last one goes into the trash.

        Raises ValidationError for what is done or does not repeat.
        """
        if not self.repeats or self.done_at:
            raise ValidationError({"repeats": _("Only what repeats and is still to be done can be skipped.")})
        if not series.coming(self)[0] or series.later(self).exists():
            return self.trash(by=by, at=at)
        with self.changing(by, at=at):
            series.to_next(self)
        return self

    def end_series(self, *, by: By, at: dt.datetime | None = None) -> Self:
        """This is the last one."""
        with self.changing(by, at=at):
            self.repeats = ""
        return self

    # --- how ---

    meant = ""  # "alone", "all": what is being edited; "" where a deed puts back, hands over, carries over

    def _edited(
        self, meant: str, by: By, at: dt.datetime | None, expect: Mapping[str, Any] | None, values: dict[str, Any]
    ) -> Self:
        self.meant = meant
        try:
            return super().edit(by=by, at=at, expect=expect, **values)
        finally:
            self.meant = ""
