"""The search page: everything that was found, by kind, page by page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from leadline.accounts.models import User
from leadline.crm.searching.finding import Hit, search
from leadline.crm.searching.models import KINDS
from leadline.history.numbers import number_of
from leadline.web.search.drawing import SIGNS, drawn, grouped
from leadline.web.search.limits import limited

MOST_EACH = 5  # of each kind on the tab of all
EACH_PAGE = 25
LAST_PAGE = 20
COUNTED = 100  # up to which results of a kind are counted


@require_safe
@limited
def page(request: HttpRequest) -> HttpResponse:
    """`q` is the question, `kind` one kind of records (else a few of each), `page` counts from 1."""
    assert isinstance(request.user, User)
    text, kind = request.GET.get("q", "").strip()[:200], request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    number = _number(request.GET.get("page", ""))
    most = max(COUNTED, number * EACH_PAGE + 1) if kind else COUNTED
    hits = search(request.user, text, most=most)
    shown = _shown(hits, kind, number)
    rows = drawn(request.user, [(hit.kind, hit.record_id) for hit in shown])
    more = bool(kind) and _count(hits, kind) > number * EACH_PAGE and number < LAST_PAGE
    context = {
        "text": text,
        "kind": kind,
        "groups": grouped(rows),
        "tabs_of_kinds": _tabs(text, hits, kind),
        "all_of": {name: _address(text, name) for name in KINDS if _count(hits, name) > MOST_EACH and not kind},
        "before": _address(text, kind, number - 1) if number > 1 else "",
        "after": _address(text, kind, number + 1) if more else "",
    }
    return render(request, "search/page.html", context)


def _shown(hits: list[Hit], kind: str, number: int) -> list[Hit]:
    if kind:
        of_kind = [hit for hit in hits if hit.kind == kind]
        return of_kind[(number - 1) * EACH_PAGE : number * EACH_PAGE]
    return [hit for name in dict.fromkeys(hit.kind for hit in hits) for hit in _of(hits, name)[:MOST_EACH]]


def _of(hits: list[Hit], kind: str) -> list[Hit]:
    return [hit for hit in hits if hit.kind == kind]


def _count(hits: list[Hit], kind: str) -> int:
    return len(_of(hits, kind))


def _tabs(text: str, hits: list[Hit], kind: str) -> list[dict[str, Any]]:
    tabs = [
        {"word": word, "href": _address(text, name), "here": name == kind, "count": _shown_count(_count(hits, name))}
        for name, (word, _icon) in SIGNS.items()
        if _count(hits, name) or name == kind
    ]
    return tabs


def _shown_count(count: int) -> str:
    return f"{COUNTED - 1}+" if count >= COUNTED else str(count)


def _address(text: str, kind: str = "", number: int = 1) -> str:
    asked = {"q": text, **({"kind": kind} if kind else {}), **({"page": number} if number > 1 else {})}
    return f"{reverse('search')}?{urlencode(asked)}"


def _number(text: str) -> int:
    return min(number_of(text) or 1, LAST_PAGE)
