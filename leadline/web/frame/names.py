"""Names of linked records on the page being made: read once, whoever draws them."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from leadline.accounts.models.visibility import levels_remembered
from leadline.crm.fields import Linked

_request: ContextVar[HttpRequest | None] = ContextVar("names_for", default=None)
_linked: ContextVar[Linked | None] = ContextVar("names", default=None)


def linked() -> Linked:
    """What the reader of this page sees of linked records. Raises LookupError where no page is being made."""
    found = _linked.get()
    if found is None:
        request = _request.get()
        if request is None or not request.user.is_authenticated:
            raise LookupError("Names are read for a reader, while a page is made.")
        found = Linked(request.user)
        _linked.set(found)
    return found


def forget() -> None:
    """After a change: what was read before it may be old."""
    _linked.set(None)


def names_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware: one answer, one set of names, one reading of who sees what."""

    def middleware(request: HttpRequest) -> HttpResponse:
        asked, known = _request.set(request), _linked.set(None)
        try:
            with levels_remembered():
                return get_response(request)
        finally:
            _linked.reset(known)
            _request.reset(asked)

    return middleware
