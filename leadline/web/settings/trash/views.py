"""The trash by kind; records are restored one by one or many at once, people are forgotten for good."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.actors import Actor
from leadline.crm.erasing import erase_person
from leadline.crm.models import Person
from leadline.history.writing import writing
from leadline.web.frame.doing import doer, reader_of
from leadline.web.settings.acting import acted
from leadline.web.settings.frame import draw
from leadline.web.settings.trash.finding import MOST, binned, counts, page
from leadline.web.settings.trash.restoring import restore


@require_safe
def trash(request: HttpRequest) -> HttpResponse:
    """`?kind=` is the kind shown, `?q=` a part of the name, `?start=` the row it begins with."""
    return _page(request)


@require_POST
def trash_restore(request: HttpRequest, kind: str) -> HttpResponse:
    """Those that are ticked come back, each for itself: what cannot is said and stays."""
    by, known = doer(request), {one for one, _word, _count in counts(reader_of(request))}
    if kind not in known:
        raise Http404
    wanted = [
        int(text) for text in request.POST.getlist("record") if text.isascii() and text.isdigit() and len(text) < 19
    ]
    back, left = 0, []
    with writing():
        for row in binned(kind, reader_of(request)).filter(pk__in=wanted):
            try:
                restore(row, by=by)
                back += 1
            except (ValidationError, PermissionDenied) as error:
                left.append(_said(row, error))
    said = ngettext("%(count)d record is back.", "%(count)d records are back.", back) % {"count": back}
    return _acted(request, by, " ".join([said, *left[:3]]), kind)


@require_POST
def person_erase(request: HttpRequest, pk: int) -> HttpResponse:
    """A deleted person asked to be forgotten: cannot be undone, so the name has to be typed."""
    by = doer(request)
    person = get_object_or_404(Person.objects.visible_to(reader_of(request)).filter(deleted_at__isnull=False), pk=pk)
    if request.POST.get("name", "").strip().casefold() != str(person).casefold():
        return _page(request, "person", 422, wrong=pk, typed=request.POST.get("name", ""))
    erased = erase_person(person, by=by)
    said = _("The person is forgotten: %(changes)d entries of the log and %(texts)d texts were emptied.")
    text = said % {"changes": erased.changes, "texts": erased.texts}
    if erased.files:
        text += " " + _("Look at the files on them: %(names)s.") % {"names": ", ".join(map(str, erased.files))}
    return _acted(request, Actor(by.user), text, "person")


def _page(request: HttpRequest, kind: str = "", status: int = 200, **more: Any) -> HttpResponse:
    reader = reader_of(request)
    full = counts(reader)
    asked = kind or request.GET.get("kind", "")
    shown = next((one for one, _word, _count in full if one == asked), full[0][0] if full else "")
    start, q = request.GET.get("start", ""), request.GET.get("q", "").replace("\0", "").strip()[:200]
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 0
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
        "wrong": None,
        "typed": "",
        **more,
    }
    return draw(request, "settings/trash/trash.html", context, part="settings/trash/_trash.html", status=status)


def _acted(request: HttpRequest, by: Actor, text: str, kind: str) -> HttpResponse:
    return acted(request, by, text, lambda: _page(request, kind), f"{reverse('trash')}?kind={kind}")


def _said(row: Any, error: Exception) -> str:
    why = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
    return f"{row}: {why}"
