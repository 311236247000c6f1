"""The page of a hand-off: what is handed over, by whom, until when it is answered, and what was answered."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadline.accounts.models import SalesRole, User
from leadline.crm.fields import Field, fields_of
from leadline.crm.handing_off import answers, may_withdraw
from leadline.crm.models import HandOff, Lack
from leadline.web.frame.doing import reader_of
from leadline.web.frame.names import linked
from leadline.web.records.finding import find
from leadline.web.wording.handing import due_said

# What whoever is to take it asks first; the rest stands on the record's own page.
TOLD = (
    "stage", "status", "value", "organization", "person", "source", "campaign", "fit", "originator", "created_at",
)  # fmt: skip
LINKED = ("lead", "deal", "giver", "taker")


@require_safe
def hand_off(request: HttpRequest, pk: int) -> HttpResponse:
    """For both sides, and for who sees the lead or deal."""
    found = find(HandOff.objects.select_related(*LINKED), request, pk)
    return render(request, "handing_off/hand_off.html", shown(found, reader_of(request)))


def shown(found: HandOff, reader: User) -> dict[str, Any]:
    """What the page draws. The taker reads what it is about, also where the record itself is not open to them yet."""
    record = found.lead or found.deal
    assert record is not None  # `HandOff.derive` saw to it
    fields = facts(record)
    linked().load_for([record], fields)
    earlier = HandOff.objects.visible_to(reader).kept().filter(**{record.ENTITY: record}).exclude(pk=found.pk)
    return {
        "hand_off": found,
        "record": record,
        "facts": fields,
        "open_to_them": type(record).objects.visible_to(reader).filter(pk=record.pk).exists(),
        "roles": dict(SalesRole.choices),
        "clock": due_said(found, timezone.now()),
        "answers": found.state == "waiting" and found.deleted_at is None and answers(found, reader),
        "withdraws": found.state == "waiting" and found.deleted_at is None and may_withdraw(found, reader),
        "lacks": lacks_of(found),
        "others": [
            (one, due_said(one, timezone.now()), lacks_of(one))
            for one in earlier.select_related(*LINKED).order_by("-handed_at", "-pk")[:20]
        ],
    }


def facts(record: Any) -> list[Field]:
    """Those that say something, in the order of `TOLD`."""
    fields = fields_of(record.ENTITY)
    found = [fields[name] for name in TOLD if name in fields]
    return [field for field in found if getattr(record, field.attname, None) not in (None, "")]


def lacks_of(found: HandOff) -> list[str]:
    """The names of what it lacked, also of those that have left the list."""
    return [str(lack) for lack in Lack.objects.filter(pk__in=found.lacks)] if found.lacks else []
