"""The inbox, and the one act that can be done in it to one lead or to many."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from leadline.crm import handing_off
from leadline.crm.listing.changing import CHUNK, Outcome
from leadline.crm.models import Lead
from leadline.history.numbers import numbers_of
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.parts import page
from leadline.web.frame.refusals import by_script
from leadline.web.inbox.asked import asked
from leadline.web.inbox.asking import asking
from leadline.web.inbox.deeds import DEEDS, Deed
from leadline.web.inbox.showing import PART, surroundings
from leadline.web.records.answering import did

NAMED = 3  # refused leads that a toast names


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Open leads that wait for somebody, the hottest first. For the script the part alone."""
    alone = request.headers.get("X-Part") == "inbox"
    context = surroundings(asked(reader_of(request), request.GET))
    response = render(request, PART if alone else "inbox/inbox.html", context)
    patch_vary_headers(response, ["X-Part"])
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, deed: str) -> HttpResponse:
    """GET: what a deed has to be told, of the leads `ids`. POST: does it to each; one that refuses holds none back."""
    if deed not in DEEDS:
        raise Http404
    given = request.POST if request.method == "POST" else request.GET
    ids = list(dict.fromkeys(numbers_of(given.get("ids", "").split(","))))[:CHUNK]
    if request.method != "POST":
        return _form(request, DEEDS[deed], ids, "")
    by = doer(request)
    try:
        outcome = DEEDS[deed].do(ids, request.POST, reader_of(request), by)
        if outcome.refused and not outcome.changed:
            raise ValidationError(_refused(outcome))
    except ValidationError as error:
        if by_script(request) and not request.headers.get("HX-Request"):
            raise
        return _form(request, DEEDS[deed], ids, " ".join(error.messages))
    if not outcome.changed:
        by = reader_of(request).via("web")  # no act: nothing is to be taken back
    changes = [{"kind": "lead", "id": pk, "mine": True, "fields": [], "on": {}} for pk in outcome.changed]
    return did(request, by, _said(DEEDS[deed], outcome), reverse("inbox"), changes=changes)


def _form(request: HttpRequest, deed: Deed, ids: list[int], wrong: str) -> HttpResponse:
    leads = list(Lead.objects.visible_to(reader_of(request)).kept().filter(pk__in=ids))
    context: dict[str, Any] = {
        "deed": deed,
        "leads": leads,
        "wrong": wrong,
        "given": request.POST,
        **asking(deed.asks, reader_of(request)),
    }
    if deed.asks == "taker" and len(leads) == 1:
        context["turn"] = handing_off.taker_for(leads[0], leads[0].owner or reader_of(request))
    return page(request, "inbox/do.html", "inbox/_do.html", context, status=422 if wrong else 200)


def _said(deed: Deed, outcome: Outcome) -> str:
    """ "3 leads discarded. 1 not: Acme: it has become a deal." """
    if not outcome.changed:
        return _("Nothing had to be changed.")
    text = deed.said(len(outcome.changed))
    return f"{text} {_refused(outcome)}" if outcome.refused else text


def _refused(outcome: Outcome) -> str:
    n = len(outcome.refused)
    reasons = [f"{outcome.names.get(pk, '…')}: {reason}" for pk, reason in list(outcome.refused.items())[:NAMED]]
    head = ngettext("%(n)d not:", "%(n)d not:", n) % {"n": n}
    return f"{head} {' '.join(reasons)}"
