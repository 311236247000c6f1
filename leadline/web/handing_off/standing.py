"""What the page of a lead or deal says of its hand-offs: that one waits for an answer, or came back, and what to do."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from leadline.accounts.models import User
from leadline.crm.handing_off import answers, may_be_handed, may_withdraw
from leadline.crm.models import Deal, HandOff, HandOffState, Lead
from leadline.web.handing_off.views import lacks_of
from leadline.web.wording.handing import due_said

TOLD = (HandOffState.WAITING, HandOffState.RETURNED)


def handing(record: Lead | Deal, reader: User, *, may_change: bool) -> dict[str, Any]:
    """`handed` is its last hand-off where that waits or came back; `may_hand` whether it can be handed on now."""
    if not may_be_handed(record):
        return {"handed": None, "may_hand": False}
    rows = HandOff.objects.kept().filter(**{record.ENTITY: record}).select_related("giver", "taker")
    last: HandOff | None = rows.order_by("-handed_at", "-pk").first()
    waits = last is not None and last.state == HandOffState.WAITING
    found = {"handed": None, "may_hand": may_change and not waits}
    if last is None or last.state not in TOLD:
        return found
    return found | {
        "handed": last,
        "hand_clock": due_said(last, timezone.now()),
        "hand_lacks": lacks_of(last),
        "hand_answers": waits and answers(last, reader),
        "hand_withdraws": waits and may_withdraw(last, reader),
    }
