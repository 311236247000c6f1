"""What the palette shows below its box: found records, or those seen last, and more places to go."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.accounts.models import User
from leadline.crm.models import Deal
from leadline.crm.searching.finding import search
from leadline.web.frame.navigation import RECORDS
from leadline.web.search.drawing import drawn, grouped
from leadline.web.search.limits import limited
from leadline.web.settings.navigation import places_for

MOST_EACH = 5
MOST_SEEN = 8
SEEN = re.compile(r"([a-z]+)-([0-9]{1,15})")


@require_safe
@limited
def palette(request: HttpRequest) -> HttpResponse:
    """A part: options for what is typed (`q`), else for the records that the browser remembers (`seen=deal-3,…`)."""
    assert isinstance(request.user, User)
    text = request.GET.get("q", "").strip()
    if text:
        hits = search(request.user, text, most=MOST_EACH)
        groups = grouped(drawn(request.user, [(hit.kind, hit.record_id) for hit in hits]))
        return render(request, "search/_found.html", {"groups": groups, "places": _places(request)})
    return render(request, "search/_seen.html", {"rows": _seen(request), "places": _places(request)})


def _seen(request: HttpRequest) -> list[Any]:
    """The records that were seen last; where there are none, this person's deals that moved last."""
    assert isinstance(request.user, User)
    named = [(kind, int(pk)) for kind, pk in SEEN.findall(request.GET.get("seen", "")[:500]) if kind in RECORDS]
    rows = drawn(request.user, named[:MOST_SEEN])
    if rows:
        return rows
    mine = Deal.objects.visible_to(request.user).kept().filter(owner=request.user, status="open")
    pks = mine.order_by("-updated_at").values_list("pk", flat=True)[:MOST_SEEN]
    return drawn(request.user, [("deal", pk) for pk in pks])


def _places(request: HttpRequest) -> list[dict[str, Any]]:
    """With the first question of a page (`places=1`): pages of settings, which are not in the rail."""
    if "places" not in request.GET:
        return []
    return [place for group in places_for(request) for place in group["places"]]
