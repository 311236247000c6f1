"""A hand-off is accepted, given back with what is missing, or taken back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.crm.handing_off import accept, answers, give_back, withdraw
from leadline.crm.models import HandOff, HandOffState, Lack
from leadline.history.numbers import numbers_of
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.parts import page
from leadline.web.frame.places import record_url
from leadline.web.records.answering import did
from leadline.web.records.finding import find

LONGEST = 2000


@require_POST
def accepted(request: HttpRequest, pk: int) -> HttpResponse:
    """It is theirs. `convert=yes` makes a deal of a lead and goes there; `go=yes` goes to the record."""
    found, by = find(HandOff, request, pk), doer(request)
    accept(found, by=by, convert=request.POST.get("convert") == "yes")
    record: Any = found.lead or found.deal
    what = (record.organization or record.person or record) if found.deal else record  # who won a deal keeps the deal
    text = _("%(record)s is with %(taker)s now.") % {"record": what, "taker": found.taker}
    if found.taker_id == reader_of(request).pk:
        text = _("%(record)s is yours now.") % {"record": what}
    made = found.lead.deal if found.lead else None
    if made is not None:
        return did(
            request, by, _("%(record)s is a deal now.") % {"record": record}, record_url(made), go=record_url(made)
        )
    back = record_url(record)
    go = back if request.POST.get("go") == "yes" else ""
    return did(request, by, text, back, go=go, kind=found.ENTITY, id=found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def returned(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing is asked for: one or several of the list, a note, or both."""
    found, by = find(HandOff, request, pk), doer(request)
    if not answers(found, by.user):
        raise PermissionDenied(_("Only %(taker)s answers this.") % {"taker": found.taker})
    given = request.POST
    chosen = numbers_of(given.getlist("lack"))
    context = {
        "hand_off": found,
        "record": found.lead or found.deal,
        "lacks": list(Lack.objects.kept()),
        "chosen": chosen,
        "note": given.get("note", ""),
        "wrong": "",
        "waits": found.state == HandOffState.WAITING,
    }
    if request.method != "POST":
        return page(request, "handing_off/return.html", "handing_off/_return.html", context)
    try:
        give_back(found, Lack.objects.filter(pk__in=chosen), given.get("note", "").strip()[:LONGEST], by=by)
    except ValidationError as error:
        context["wrong"] = " ".join(error.messages)
        return page(request, "handing_off/return.html", "handing_off/_return.html", context, status=422)
    giver = found.giver or _("its owner")
    text = _("%(record)s goes back to %(giver)s.") % {"record": context["record"], "giver": giver}
    return did(request, by, text, record_url(found), kind=found.ENTITY, id=found.pk)


@require_POST
def withdrawn(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody is asked any more."""
    found, by = find(HandOff, request, pk), doer(request)
    withdraw(found, by=by)
    text = _("%(record)s is not handed over any more.") % {"record": found.lead or found.deal}
    return did(request, by, text, record_url(found.lead or found.deal), kind=found.ENTITY, id=found.pk)
