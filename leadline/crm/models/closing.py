"""A deal is won, lost, parked, or opened again."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.utils import timezone

from leadline.accounts.actors import By
from leadline.crm.models.deal_facts import DealFacts, Status
from leadline.crm.models.naming import LostReason
from leadline.crm.models.parking import wait, wait_no_more
from leadline.crm.models.qualifying import require_items
from leadline.crm.working_days import months_after

REVISIT = 6  # months, R4: bridges are not burnt; half a year later we ask again


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
                wait_no_more(self)
                self.status, self.closed_at = Status.WON, when
                self.lost_reason, self.lost_note, self.revisit_on = None, "", None
        return self

    def lose(
        self,
        reason: LostReason | None = None,
        *,
        by: By,
        note: str = "",
        competitor: str = "",
        revisit_on: dt.date | None = None,
        at: dt.datetime | None = None,
    ) -> Self:
        """Lost, with a reason where there is one, to be asked again on `revisit_on` (R4: in 6 months).

        `competitor` is who got it; "" leaves what is known.
        """
        with self.changing(by, at=at) as when:
            if self.status != Status.LOST:
                wait_no_more(self)
                self.status, self.closed_at = Status.LOST, when
            self.lost_reason, self.lost_note = reason, note
            self.competitor = competitor or self.competitor
            self.revisit_on = revisit_on or months_after(timezone.localdate(when), REVISIT)
        return self

    def reopen(self, *, by: By, at: dt.datetime | None = None) -> Self:
        """Back on the board, in the stage it stood in, or the first where that is not known or gone."""
        with self.changing(by, at=at):
            if self.status != Status.OPEN:
                wait_no_more(self)
                self.status, self.closed_at, self.revisit_on = Status.OPEN, None, None
                self.lost_reason, self.lost_note = None, ""
                if self.stage is None or self.stage.deleted_at:
                    self.stage = self.pipeline.first_stage()
        return self

    def park(
        self,
        *,
        by: By,
        come_back_on: dt.date | None = None,
        event: str = "",
        reason: str = "",
        at: dt.datetime | None = None,
    ) -> Self:
        """Into the nurture stream until a day, an `event` ("when they have hired"), or both (R4).

        Parked again it waits anew. Raises ValidationError for a day that is not ahead, and without day and event.
        """
        with self.changing(by, at=at) as when:
            wait(self, when, day=come_back_on, event=event, reason=reason)
            self.status, self.closed_at, self.revisit_on = Status.NURTURE, None, None
            self.lost_reason, self.lost_note = None, ""
        return self
