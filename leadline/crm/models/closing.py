"""A deal is won, lost, parked, or opened again."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import By
from leadline.crm.models.deal_facts import DealFacts, Status
from leadline.crm.models.naming import LostReason
from leadline.crm.models.qualifying import require_items

REVISIT = dt.timedelta(days=183)  # R4: bridges are not burnt; half a year later we ask again


class Closing(DealFacts):
    """The verbs that end a deal's time on the board, and the one that gives it back."""

    class Meta:
        abstract = True

    def win(self, *, by: By, at: dt.datetime | None = None) -> Self:
        """Won, at `at` (now by default). Won twice is once.

        Raises qualifying.MissingItems where a person wins it and a playbook asks for something first (R2).
        """
        with self.changing(by, at=at) as when:
            if self.status != Status.WON:
                require_items(self, None, by)
                self._leave_nurture()
                self.status, self.closed_at = Status.WON, when
                self.lost_reason, self.lost_note, self.revisit_on = None, "", None
        return self

    def lose(
        self,
        reason: LostReason | None = None,
        *,
        by: By,
        note: str = "",
        revisit_on: dt.date | None = None,
        at: dt.datetime | None = None,
    ) -> Self:
        """Lost, with a reason where there is one, to be asked again on `revisit_on` (R4: in 6 months)."""
        with self.changing(by, at=at) as when:
            if self.status != Status.LOST:
                self._leave_nurture()
                self.status, self.closed_at = Status.LOST, when
            self.lost_reason, self.lost_note = reason, note
            self.revisit_on = revisit_on or (when + REVISIT).date()
        return self

    def reopen(self, *, by: By, at: dt.datetime | None = None) -> Self:
        """Back on the board, in the stage it stood in, or the first where that is not known or gone."""
        with self.changing(by, at=at):
            if self.status != Status.OPEN:
                self._leave_nurture()
                self.status, self.closed_at, self.revisit_on = Status.OPEN, None, None
                self.lost_reason, self.lost_note = None, ""
                if self.stage is None or self.stage.deleted_at:
                    self.stage = self.pipeline.first_stage()
        return self

    def park(self, *, by: By, come_back_on: dt.date, reason: str = "", at: dt.datetime | None = None) -> Self:
        """Into the nurture stream until a date (R4). Raises ValidationError for a date that is not ahead."""
        with self.changing(by, at=at) as when:
            if come_back_on <= when.date():
                raise ValidationError({"come_back_on": _("Choose a day after %(day)s.") % {"day": when.date()}})
            self.status, self.closed_at = Status.NURTURE, None
            self.come_back_on, self.parked_reason = come_back_on, reason
        return self

    def _leave_nurture(self) -> None:
        self.come_back_on, self.parked_reason = None, ""
