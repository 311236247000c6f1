"""The list as a page, and the parts of it that come later: the next rows, and rows that have changed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from leadline.accounts.models import Role
from leadline.crm.listing.figures import figures_of
from leadline.crm.listing.keys import can_sort
from leadline.crm.listing.sorting import page as page_of
from leadline.history.numbers import numbers_of
from leadline.history.registry import model_of
from leadline.web.frame.names import linked
from leadline.web.frame.navigation import address
from leadline.web.lists.asked import ROWS, Asked, asked
from leadline.web.lists.bar import bar_of
from leadline.web.lists.cells import NUMBERS, rows_of
from leadline.web.lists.deeds import deeds_of
from leadline.web.lists.viewing import tabs_of
from leadline.web.lists.ways import ways_of

PARTS = {"list": "lists/_list.html", "columns": "lists/_columns.html"}
MOST = 300  # rows that are drawn anew at once


@require_safe
def records(request: HttpRequest, kind: str) -> HttpResponse:
    """The list: its views, its filter, what the selection comes to, the first rows. For the script the part alone."""
    ask = asked(request, kind)
    figures = figures_of(kind, ask.rows)
    shown = page_of(ask.rows, ask.sort, linked(), after=ask.after, size=ROWS, count=figures.count)
    context = {
        "ask": ask,
        "figures": figures,
        "rows": rows_of(shown, ask.columns, ask.user),
        "more": len(shown) == ROWS and figures.count > ROWS,
        "last": shown[-1].pk if shown else None,
        "heads": _heads(ask),
        "tabs_of": tabs_of(ask),
        "bar": bar_of(request, kind, ask.filter, keep=ask.keep(), asker=ask.asker),
        "fields": ask.fields,
        "acts": ask.user.role != Role.READER,
        "add": address(f"{kind}_add"),
        "imports": address("imports"),
        "choosing": request.GET.get("ask") == "columns",
        "deeds": deeds_of(kind, trashed=ask.filter["trashed"] == "yes"),
        "ways": ways_of(request, ask),
        "nothing_at_all": not shown and not figures.count and not _any(ask),
    }
    part = PARTS.get(request.headers.get("X-Part", ""), "lists/list.html")
    response = render(request, part, context)
    patch_vary_headers(response, ["X-Part"])  # going back must not find the part in the place of the page
    return response


@require_safe
def rows(request: HttpRequest, kind: str) -> HttpResponse:
    """Rows alone: those after `after`, or those of `ids` as far as the list still holds them."""
    ask = asked(request, kind)
    if "ids" in request.GET:
        found = list(ask.rows.filter(pk__in=numbers_of(request.GET["ids"].split(",")[:MOST])))
    else:
        found = page_of(ask.rows, ask.sort, linked(), after=ask.after, size=ROWS, count=ROWS**3)
    context = {"rows": rows_of(found, ask.columns, ask.user), "ask": ask, "heads": _heads(ask)}
    response = render(request, "lists/_rows.html", context)
    response.headers["X-More"] = "yes" if len(found) == ROWS and "ids" not in request.GET else ""
    return response


@require_safe
def figures(request: HttpRequest, kind: str) -> HttpResponse:
    """What the selection comes to, alone: after a change."""
    ask = asked(request, kind)
    return render(request, "lists/_figures.html", {"figures": figures_of(kind, ask.rows), "ask": ask})


def _heads(ask: Asked) -> list[dict[str, Any]]:
    """The head of each column: its word, where a click leads, how it is sorted now."""
    heads = []
    for field in ask.columns:
        here = ask.sort.field.name == field.name
        down = here and not ask.sort.down
        first_down = not here and field.kind in NUMBERS
        heads.append({
            "field": field,
            "word": str(field.word),
            "number": field.kind in NUMBERS,
            "href": ask.address(sort=f"-{field.name}" if down or first_down else field.name) if can_sort(field) else "",
            "sorted": ("descending" if ask.sort.down else "ascending") if here else "",
        })  # fmt: skip
    return heads


def _any(ask: Asked) -> bool:
    return bool(model_of(ask.kind.name).objects.visible_to(ask.user).kept().exists())
