"""How often each row is used, brought after the page: it stands at once, however much there is to count.

A page draws its rows with an empty place for each count. js/uses.js asks for all of them once, and after an act only
for those that are new or that the act says it changed. Without scripts a link asks for the page with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leadline.history.numbers import numbers_of

CHANGED = "Leadline-Uses"  # header of an answer: the rows whose counts an act has changed, "source-3 source-5"


@dataclass(frozen=True)
class Use:
    """The count of one row as it is written, and the list of what was counted, where there is one."""

    text: str
    href: str = ""
    about: str = ""  # for those who do not see the heading of the column


# By the row's name in the page, "source-3".
Counted = Mapping[str, Use]


def name_of(kind: str, pk: object) -> str:
    return f"{kind}-{pk}"


def uses_for(request: HttpRequest, address: str, count: Callable[[], Counted]) -> dict[str, Any]:
    """What a page needs: where its counts are asked for, and the counts where the address wants them at once."""
    at_once = request.method == "GET" and request.GET.get("uses") == "shown"
    return {"uses_at": address, "counted": count() if at_once else {}}


def draw_uses(request: HttpRequest, counted: Counted) -> HttpResponse:
    """The counts alone, each put into its place by htmx."""
    return render(request, "settings/_uses.html", {"counted": counted})


def asked_rows(request: HttpRequest, kind: str) -> set[int] | None:
    """The rows of a kind that are to be counted (`?row=source-3`); None for all."""
    if "row" not in request.GET:
        return None
    pairs = (text.rpartition("-") for text in request.GET.getlist("row"))
    return set(numbers_of(pk for found, _dash, pk in pairs if found == kind))


def changes_uses(answer: HttpResponse, *names: str) -> HttpResponse:
    """Say which rows are used otherwise after an act."""
    if names:
        answer.headers[CHANGED] = " ".join(names)
    return answer
