"""What a page answers when something was done on it: to a script a toast, to a plain form the way back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from leadline.accounts.actors import Actor
from leadline.web.frame.doing import done
from leadline.web.frame.refusals import by_script


def did(request: HttpRequest, by: Actor, text: str, back: str, *, go: str = "", **more: Any) -> HttpResponse:
    """`back` is where a form without scripts returns to; `go` moves the browser in either case, and the toast with it.

    `kind` and `id` tell the page which record was changed.
    """
    if by_script(request):
        return done(HttpResponse(status=204), by, text, **({"go": go} if go else {}), **more)
    messages.success(request, text)
    return HttpResponseRedirect(go or back)
