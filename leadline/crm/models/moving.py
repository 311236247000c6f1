"""A deal moves from stage to stage."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import By
from leadline.crm.models.deal_facts import DealFacts
from leadline.crm.models.pipeline import Stage


class Moving(DealFacts):
    """The verb of the board."""

    class Meta:
        abstract = True

    def move_to(self, stage: Stage, *, by: By, at: dt.datetime | None = None) -> Self:
        """Into another stage, of this or another pipeline, forward or back. Where it stands already: nothing.

        Raises ValidationError for a deleted stage, PermissionDenied.
        """
        if stage.deleted_at is not None:
            raise ValidationError({"stage": _("%(stage)s has been deleted. Choose another stage.") % {"stage": stage}})
        with self.changing(by, at=at) as when:
            if self.stage_id != stage.pk:
                self.stage, self.pipeline = stage, stage.pipeline
                self.stage_entered_at = when
        return self
