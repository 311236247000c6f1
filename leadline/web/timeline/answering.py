"""The answer to something done in the stream: a toast for scripts, the way back for forms without them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from leadline.accounts.actors import Actor
from leadline.web.frame.doing import done
from leadline.web.frame.places import record_url
from leadline.web.frame.refusals import by_script


def answer(
    request: HttpRequest, by: Actor, text: str, on: Any, *rows: Any, said: dict[str, Any] | None = None
) -> HttpResponse:
    """Nothing to swap: the stream hears of the record `on` and of the rows in it, and draws itself anew.

    `said` is what the script that sent it is to know besides.
    """
    if by_script(request):
        changes = [{"kind": one.ENTITY, "id": one.pk, "mine": True, "fields": [], "on": {}} for one in (on, *rows)]
        plain = HttpResponse(status=204) if said is None else JsonResponse(said)
        return done(plain, by, text, changes=changes)
    return redirect(record_url(on) or "home")
