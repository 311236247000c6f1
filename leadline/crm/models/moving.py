"""A deal moves from stage to stage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import By
from leadline.crm.models.deal_facts import DealFacts
from leadline.crm.models.pipeline import Stage
from leadline.crm.models.qualifying import require_items


class Moving(DealFacts):
    """The verb of the board."""

    class Meta:
        abstract = True

    def move_to(
        self, stage: Stage, *, by: By, at: dt.datetime | None = None, expect: Mapping[str, Any] | None = None
    ) -> Self:
        """Into another stage, of this or another pipeline, forward or back. Where it stands already: nothing.

        `expect` as in `edit`. Raises ValidationError for a deleted stage, qualifying.MissingItems where a person moves
        it on and a playbook asks for something first (R2), PermissionDenied.
        """
        with self.changing(by, at=at, expect=expect):
            if Stage.kept(stage.pk) is None:
                message = _("%(stage)s has been deleted. Choose another stage.")
                raise ValidationError({"stage": message % {"stage": stage}})
            require_items(self, stage, by)
            self.stand_in(stage)
        return self

    def stand_in(self, stage: Stage) -> None:
        """Set the stage, and with it the pipeline; for verbs."""
        self.stage, self.pipeline_id = stage, stage.pipeline_id
