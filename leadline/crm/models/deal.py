"""A deal: what is known of it, and the verbs of the board."""

from __future__ import annotations

from django.db import models

from leadline.crm.models.closing import Closing
from leadline.crm.models.moving import Moving


class Deal(Moving, Closing):
    """A sale that may come about. Facts in deal_facts.py, verbs in moving.py and closing.py."""

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["pipeline", "status", "stage"], name="deal_board"),
            models.Index(fields=["external_id"], name="deal_external"),
            models.Index(fields=["closed_at"], name="deal_closed"),
        ]
