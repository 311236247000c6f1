"""One item is answered in place on the page of its deal: answered, emptied, waived, asked for again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadline.accounts.actors import Actor
from leadline.crm.models import Deal
from leadline.crm.playbooks import answer, unwaive, waive
from leadline.crm.playbooks.values import HANGING
from leadline.history.writing import writing
from leadline.web.frame.doing import doer, done, reader_of
from leadline.web.frame.places import record_url
from leadline.web.frame.refusals import by_script
from leadline.web.playbooks.asks import Ask
from leadline.web.playbooks.given import Given
from leadline.web.playbooks.giving import give
from leadline.web.playbooks.panel import Panel, one_of, panel_of
from leadline.web.records.finding import find_deal_to_change

WAIVE, AGAIN = "waive", "again"


@require_POST
def deal_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """`key` names the item; `do` is "waive" (because of `reason`) or "again", else it is answered by its fields.

    To a script the item as it stands now, with what sums the panel up. Raises ValidationError, PermissionDenied.
    """
    deal = find_deal_to_change(request, pk)
    if deal.deleted_at is not None:
        raise Http404
    ask = one_of(_panel(request, deal), request.POST.get("key", ""))
    if ask is None:
        raise Http404(_("The playbook of this deal asks for it no more. Load the page afresh."))
    by = doer(request)
    with writing():
        text = _do(request, ask, by)
    if not by_script(request):
        messages.success(request, text)
        return redirect(record_url(deal))
    return _drawn(request, deal, ask.key, by, text)


def _do(request: HttpRequest, ask: Ask, by: Actor) -> str:
    """The verb, and the sentence about it."""
    words = {"item": ask.item["name"]}
    what = request.POST.get("do", "")
    if what == WAIVE:
        waive(ask.deal, ask.key, request.POST.get("reason", ""), by=by)
        return _("%(item)s: waived.") % words
    if what == AGAIN:
        unwaive(ask.deal, ask.key, by=by)
        return _("%(item)s: asked for again.") % words
    if ask.item["kind"] in HANGING:
        given = give(ask, Given(request), by, reader_of(request))
        return (_("%(item)s: answered.") if given else _("%(item)s: as it was.")) % words
    typed = Given(request).text(ask.name("value"))
    answer(ask.deal, ask.key, typed, by=by)
    return (_("%(item)s: answered.") if typed else _("%(item)s: emptied.")) % words


def _panel(request: HttpRequest, deal: Deal) -> Panel:
    return panel_of(reader_of(request), deal, deal.stage, may_change=True)


def _drawn(request: HttpRequest, deal: Deal, key: str, by: Actor, text: str) -> HttpResponse:
    panel = _panel(request, Deal.objects.select_related("stage").get(pk=deal.pk))
    context: dict[str, Any] = {"panel": panel, "ask": one_of(panel, key), "record": panel.deal}
    changes = [{"kind": "deal", "id": deal.pk, "mine": True, "fields": [], "on": {}}]
    return done(render(request, "playbooks/_answered.html", context), by, text, changes=changes)
