"""What the page of a lead says of its clock, and of why its owner has it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from leadline.crm.answering import clock
from leadline.crm.assigning import assigned_by
from leadline.crm.models import Lead
from leadline.web.wording.answering import clock_said
from leadline.web.wording.assigning import assigned_because, names_of


def answering(lead: Lead) -> dict[str, Any]:
    """`waiting` is its clock in words, `assigned` the line by which it was given; `why`, `passed_over`: the reasons."""
    waiting, assigned = clock_said(clock(lead, timezone.now())), assigned_by(lead)
    if assigned is None:
        return {"waiting": waiting, "assigned": None}
    why, over = assigned_because(assigned, names_of({int(one[0]) for one in assigned.passed_over}))
    return {"waiting": waiting, "assigned": assigned, "why": why, "passed_over": over}
