"""Handing a lead or a won deal on: who is next stands there, anybody else can be chosen."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leadline.accounts.models import Role, SalesRole, User
from leadline.accounts.permissions import may, refusal
from leadline.crm.handing_off import Candidate, candidates, hand
from leadline.crm.models import Deal, Lead
from leadline.history.numbers import number_of
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.parts import page
from leadline.web.frame.places import record_url
from leadline.web.records.answering import did
from leadline.web.records.finding import find
from leadline.web.wording.handing import beside, next_because

LONGEST = 2000


@require_http_methods(["GET", "HEAD", "POST"])
def lead(request: HttpRequest, pk: int) -> HttpResponse:
    return _handing(request, find(Lead, request, pk), "lead_hand")


@require_http_methods(["GET", "HEAD", "POST"])
def deal(request: HttpRequest, pk: int) -> HttpResponse:
    return _handing(request, find(Deal, request, pk), "deal_hand")


def named(text: str) -> User | None:
    """Whoever a form names; None where it leaves it to the turn. Raises ValidationError for nobody who is here."""
    if not text.strip():
        return None
    found = User.objects.filter(pk=number_of(text) or 0).first()
    if found is None:
        raise ValidationError({"taker": _("Choose one of the list.")})
    return found


def others(found: list[Candidate], without: int | None) -> list[User]:
    """Whoever else can be given something, by name."""
    listed = {one.user.pk for one in found} | {without}
    users = User.objects.who_may_own().exclude(role=Role.READER)
    return [user for user in users if user.pk not in listed]


def takers(kind: str) -> list[User]:
    """Whoever can be given records of this kind, those whose work it is first."""
    role = SalesRole.CLOSER if kind == Lead.ENTITY else SalesRole.ACCOUNT_MANAGER
    users = User.objects.who_may_own().exclude(role=Role.READER)
    return sorted(users, key=lambda user: user.sales_role != role)  # by name among them


def _handing(request: HttpRequest, record: Any, name: str) -> HttpResponse:
    reader, given = reader_of(request), request.POST
    if not may(reader, "change", record):
        raise PermissionDenied(refusal("change", record.ENTITY))
    wrong = ""
    if request.method == "POST":
        by = doer(request)
        try:
            made = hand(record, named(given.get("to", "")), by=by, note=given.get("note", "").strip()[:LONGEST])
        except ValidationError as error:
            wrong = " ".join(error.messages)
        else:
            text = _("%(record)s is handed to %(taker)s.") % {"record": record, "taker": made.taker}
            return did(request, by, text, record_url(record), kind=made.ENTITY, id=made.pk)
    found = candidates(record, record.owner or reader)
    first = next((one for one in found if one.absence is None), None)
    context = {
        "record": record,
        "action": name,
        "candidates": found,
        "first": first,
        "beside": beside,
        "because": next_because(first) if first else "",
        "others": others(found, record.owner_id if isinstance(record, Lead) else None),
        "to": number_of(given.get("to", "")),
        "note": given.get("note", ""),
        "wrong": wrong,
    }
    return page(request, "handing_off/hand.html", "handing_off/_hand.html", context, status=422 if wrong else 200)
