"""The trash by kind; records are restored one by one or many at once."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.actors import Actor
from leadline.history.numbers import number_of
from leadline.history.registry import recorded_models
from leadline.history.writing import writing
from leadline.web.frame.doing import doer, reader_of
from leadline.web.settings.acting import acted
from leadline.web.settings.frame import draw
from leadline.web.settings.trash.finding import MOST, chosen, counts, page
from leadline.web.settings.trash.restoring import restore


@require_safe
def trash(request: HttpRequest) -> HttpResponse:
    """`?kind=` is the kind shown, `?q=` a part of the name, `?start=` the row it begins with."""
    return _page(request)


@require_POST
def trash_restore(request: HttpRequest, kind: str) -> HttpResponse:
    """Those that are ticked come back, each for itself: what cannot is said and stays."""
    by = doer(request)
    rows = chosen(kind, request.POST.getlist("record"), by.user) if kind in recorded_models() and by.user else []
    if not rows:
        raise Http404
    back, left = 0, []
    with writing():
        for row in rows:
            try:
                restore(row, by=by)
                back += 1
            except (ValidationError, PermissionDenied) as error:
                left.append(_said(row, error))
    said = ngettext("%(count)d record is back.", "%(count)d records are back.", back) % {"count": back}
    return _acted(request, by, " ".join([said, *left[:3]]), kind)


FURTHEST = 10**6  # rows; whoever goes further begins anew


def _page(request: HttpRequest, kind: str = "") -> HttpResponse:
    reader = reader_of(request)
    full = counts(reader)
    asked = kind or request.GET.get("kind", "")
    shown = next((one for one, _word, _count in full if one == asked), full[0][0] if full else "")
    q = request.GET.get("q", "").replace("\0", "").strip()[:200]
    start = number_of(request.GET.get("start", "")) or 0
    first = start if start < FURTHEST else 0
    rows, follows = page(shown, reader, q, first) if shown else ([], False)
    context = {
        "kinds": full,
        "most": MOST,
        "kind": shown,
        "rows": rows,
        "q": q,
        "start": first,
        "follows": follows,
        "may_erase": shown == "person" and reader.is_administrator,
    }
    return draw(request, "settings/trash/trash.html", context, part="settings/trash/_trash.html")


def _acted(request: HttpRequest, by: Actor, text: str, kind: str) -> HttpResponse:
    return acted(request, by, text, lambda: _page(request, kind), f"{reverse('trash')}?kind={kind}")


def _said(row: Any, error: Exception) -> str:
    why = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
    return f"{row}: {why}"
