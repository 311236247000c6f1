"""Many records at once: the form that a deed needs, and the deed, some hundreds of records at a time.

The script sends one portion after the other with the same act, so that others are not kept waiting and one undo takes
everything back.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.actors import Actor
from leadline.crm.fields import fields_of
from leadline.crm.listing.changing import CHUNK, Outcome, change_all
from leadline.crm.models import DiscardReason, LostReason
from leadline.crm.models.closing import REVISIT
from leadline.crm.working_days import months_after
from leadline.crm.working_time import company_days
from leadline.history.models import Change
from leadline.history.numbers import number_of, numbers_of
from leadline.history.registry import model_of
from leadline.history.undoing import SLIP
from leadline.web.frame.doing import doer, done, reader_of
from leadline.web.frame.refusals import place_to_answer
from leadline.web.handing_off.handing import takers
from leadline.web.lists.asked import asked
from leadline.web.lists.deeds import DEEDS, changeable_fields, deed_of

NAMED = 20  # refused records that are named one by one


@require_safe
def bulk_form(request: HttpRequest, kind: str, deed: str) -> HttpResponse:
    """What a deed has to be told, as a form in place."""
    if deed not in DEEDS or kind not in DEEDS[deed].kinds:
        raise Http404
    fields = fields_of(kind)
    offered = changeable_fields(kind, fields)
    name = request.GET.get("name", "")
    field = fields.get(name) if fields.get(name) in offered else offered[0]
    context = {
        "deed": DEEDS[deed],
        "kind": kind,
        "fields": offered,
        "field": fields.get("labels") if DEEDS[deed].asks == "labels" else field,
        "reasons": LostReason.objects.kept() if DEEDS[deed].asks == "lost" else (),
        "discard_reasons": DiscardReason.objects.kept() if DEEDS[deed].asks == "discarded" else (),
        "takers": takers(kind) if DEEDS[deed].asks == "handed" else (),
        "may_add_reason": reader_of(request).leads,
        "revisit_day": company_days().from_day(months_after(timezone.localdate(), REVISIT)),
        "tomorrow": timezone.localdate() + dt.timedelta(days=1),
    }
    return render(request, "lists/_deed.html", context)


@require_POST
def bulk(request: HttpRequest, kind: str) -> HttpResponse:
    """Does a deed to the records `ids`, or to the next of all that the list holds (`all`, after the number `from`).

    JSON: {changed, same, refused: [[id, name, reason]], next, act}; `next` is where to go on, null at the end. A deal
    that lacks what a playbook asks for says behind its reason where that is asked. The sentence of the toast comes with
    the last portion. Raises ValidationError, Http404.
    """
    name = request.POST.get("deed", "")
    do, said = deed_of(kind, name, request.POST)
    by = _together(request)
    ids, rest = _portion(request, kind)
    outcome = change_all(model_of(kind).objects.visible_to(reader_of(request)), ids, do, by)
    changed = len(outcome.changed) + _number(request.POST.get("changed", ""))
    answer = JsonResponse({
        "act": str(by.act),
        "changed": outcome.changed,
        "same": outcome.same,
        "refused": _refused(outcome),
        "next": rest,
    })  # fmt: skip
    if rest is None and not _number(request.POST.get("left", "")) and changed:
        changes = [{"kind": kind, "id": pk, "mine": True, "fields": [], "on": {}} for pk in outcome.changed]
        return done(answer, by, said(changed), changes=changes)
    return answer


def _portion(request: HttpRequest, kind: str) -> tuple[list[int], int | None]:
    """The ids of this portion, and the number after which the next one begins."""
    if request.POST.get("all") != "yes":
        ids = numbers_of(request.POST.get("ids", "").split(","))
        return list(dict.fromkeys(ids))[:CHUNK], None
    rows = asked(request, kind, request.GET).rows.filter(pk__gt=_number(request.POST.get("from", "")))
    until = _number(request.POST.get("until", ""))
    if until:  # what comes to the list meanwhile was not chosen
        rows = rows.filter(pk__lte=until)
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:CHUNK])
    return ids, ids[-1] if len(ids) == CHUNK else None


def _together(request: HttpRequest) -> Actor:
    """The act of the first portion goes on: only one's own, and only where it is a fresh one."""
    by = doer(request)
    try:
        act = uuid.UUID(request.POST["act"])
    except (KeyError, ValueError):
        return by
    others = Change.objects.filter(act=act).exclude(by_id=by.id, via=by.via, recorded_at__gt=timezone.now() - SLIP)
    return by if others.exists() else reader_of(request).via("web", act)


def _refused(outcome: Outcome) -> list[list[Any]]:
    asks = {pk: [place_to_answer(error)] for pk, error in outcome.lacking.items()}
    return [[pk, outcome.names.get(pk, ""), reason, *asks.get(pk, ())] for pk, reason in outcome.refused.items()]


def _number(text: str) -> int:
    return number_of(text) or 0
