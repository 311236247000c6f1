"""A deal: what is known of it, and the verbs of the board."""

from __future__ import annotations

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from leadline.accounts.actors import By
from leadline.crm.models.closing import Closing
from leadline.crm.models.moving import Moving

# What the heads of columns add up, count and choose by. SQLite answers from an index alone only where the index holds
# its own condition too.
BOARD_SUMS = ("value_base", "owner", "expected_close_on", "last_touch_at", "created_at", "status", "deleted_at")


class Deal(Moving, Closing):
    """A sale that may come about. Facts in deal_facts.py, verbs in moving.py and closing.py."""

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["pipeline", "status", "stage"], name="deal_board"),
            models.Index(fields=["external_id"], name="deal_external"),
            models.Index(fields=["closed_at"], name="deal_closed"),
            models.Index(fields=["deleted_at"], name="deal_trash", condition=models.Q(deleted_at__isnull=False)),
            # The board: a column in its order, and every head's sums, from the index alone. Few deals are open.
            models.Index(
                fields=["pipeline", "stage", "-stage_entered_at", "-id", *BOARD_SUMS],
                name="deal_open_board",
                condition=models.Q(status="open", deleted_at=None),
            ),
            # The forecast: a month in its order.
            models.Index(
                fields=["pipeline", "expected_close_on", "-id"],
                name="deal_open_month",
                condition=models.Q(status="open", deleted_at=None),
            ),
            # Today: one person's open deals, of all that they ever had.
            models.Index(fields=["owner"], name="deal_open_of", condition=models.Q(status="open", deleted_at=None)),
            # Lists: what a selection comes to, from the index alone; and the orders that people ask for most.
            models.Index(
                fields=["status", "stage", "owner", "value_base", "deleted_at"],
                name="deal_sums",
                condition=models.Q(deleted_at=None),
            ),
            models.Index(fields=["value_base"], name="deal_by_value", condition=models.Q(deleted_at=None)),
            models.Index(fields=["created_at"], name="deal_by_created", condition=models.Q(deleted_at=None)),
            models.Index(fields=["expected_close_on"], name="deal_by_close", condition=models.Q(deleted_at=None)),
            models.Index(fields=["fit"], name="deal_by_fit", condition=models.Q(deleted_at=None)),
            # What comes back on its day: looked for every few minutes, few of all that are parked or lost.
            models.Index(
                fields=["come_back_on"], name="deal_comes_back", condition=models.Q(status="nurture", deleted_at=None)
            ),
            models.Index(
                fields=["revisit_on"], name="deal_asked_again", condition=models.Q(status="lost", deleted_at=None)
            ),
            models.Index(Lower("title"), name="deal_by_title", condition=models.Q(deleted_at=None)),
        ]

    def take_value_from_lines(self, *, by: By) -> Self:
        """The value is what the lines come to. Raises ValidationError without lines, or where one has no price."""
        with self.changing(by):
            amounts = [line.amount for line in self.lines.filter(deleted_at=None)]
            if not amounts or None in amounts:
                raise ValidationError({"value": _("Give the deal products, each with a price, first.")})
            self.value = sum(amount for amount in amounts if amount is not None)
        return self
