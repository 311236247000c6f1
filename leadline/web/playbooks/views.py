"""The form that asks what deals lack to move on, as a dialog or as a page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from leadline.accounts.actors import Actor
from leadline.crm.models.qualifying import MissingItems
from leadline.history.writing import writing
from leadline.web.frame.doing import doer, done
from leadline.web.frame.parts import page
from leadline.web.frame.places import record_url
from leadline.web.frame.refusals import by_field, by_script
from leadline.web.playbooks.asks import Ask
from leadline.web.playbooks.given import Given
from leadline.web.playbooks.giving import give
from leadline.web.playbooks.moving import Going, going, look

KEEP = "keep"  # the answers alone; the deals stay where they are


class Unfit(Exception):
    """Something that was given cannot be kept: the form says what, and nothing of it is kept."""


@require_http_methods(["GET", "HEAD", "POST"])
def deal_asked(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: what the deals lack. POST: keeps the answers and moves or wins the deals, in one act, all or nothing.

    `do=keep` keeps the answers only. 422: the form with what was typed and what is wrong with it.
    """
    on = going(request, pk)
    look(on)
    if request.method != "POST":
        return _form(request, on, 200)
    by, keep = doer(request), request.POST.get("do") == KEEP
    try:
        with writing():
            given = _give_all(request, on, by)
            if not keep:
                on.go(by)
    except Unfit:
        return _again(request, pk, on, [])
    except MissingItems as refusal:
        return _again(request, pk, on, [] if on.asks else refusal.messages, lacking=True)
    except ValidationError as error:
        return _again(request, pk, on, error.messages)
    if keep and not given:
        return _again(request, pk, on, [_("There is nothing to keep yet: answer something first.")])
    return _answer(request, on, by, _kept(given) if keep else on.done, went=not keep)


def _give_all(request: HttpRequest, on: Going, by: Actor) -> int:
    """How many items were answered or waived. Raises Unfit where one of them could not."""
    given, many = Given(request), 0
    for ask in on.asks:
        try:
            many += give(ask, given, by, on.reader)
        except ValidationError as error:
            ask.errors = [text for texts in by_field(error).values() for text in texts]
    if any(ask.errors for ask in on.asks):
        raise Unfit
    return many


def _again(request: HttpRequest, pk: int, on: Going, wrong: list[str], *, lacking: bool = False) -> HttpResponse:
    """The form as it was filled; items that are lacking still say so."""
    refused = {ask.place: ask.errors for ask in on.asks}
    fresh = going(request, pk)
    look(fresh)
    for ask in fresh.asks:
        ask.typed, ask.errors = request.POST.dict(), refused.get(ask.place, [])
        if ask.name("file") in request.FILES and not ask.errors:
            ask.errors = [_("Choose the file once more: a browser does not keep it.")]
        elif lacking and not ask.errors and not _filled(request, ask):
            ask.errors = [_("This is asked for before the deal moves on.")]
    return _form(request, fresh, 422, wrong)


def _filled(request: HttpRequest, ask: Ask) -> bool:
    start = f"{ask.place}-"
    return any(request.POST.get(name, "").strip() for name in request.POST if name.startswith(start))


def _form(request: HttpRequest, on: Going, status: int, wrong: list[str] | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "on": on,
        "sections": on.sections(),
        "wrong": wrong or [],
        "may_waive": on.reader.leads,
        "action": request.get_full_path(),
        "one": on.deals[0],
    }
    return page(request, "playbooks/asked.html", "playbooks/_asked.html", context, status=status)


def _kept(given: int) -> str:
    text = ngettext("%(count)d answer kept.", "%(count)d answers kept.", given)
    return text % {"count": given}


def _answer(request: HttpRequest, on: Going, by: Actor, text: str, *, went: bool) -> HttpResponse:
    """`went` tells js/playbook-asks.js that what it stood in for is done."""
    if by_script(request):
        changes = [{"kind": "deal", "id": deal.pk, "mine": True, "fields": [], "on": {}} for deal in on.deals]
        return done(HttpResponse(status=204), by, text, changes=changes, went=went)
    messages.success(request, text)
    return redirect(record_url(on.deals[0]))
