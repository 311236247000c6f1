"""What verbs refuse, as an answer that our scripts show: so that a view is only find, verb, answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from leadline.crm.models.qualifying import MissingItems
from leadline.history.expecting import Conflict
from leadline.web.frame import errors

NO_TEXT = ("NUL", "\\u0000")  # what PostgreSQL says of a text with a zero byte: no keyboard writes one


class Refusals:
    """Middleware: for requests of scripts (htmx, or those that accept JSON) refusals are JSON, never a page in a page;
    a form sent without scripts gets a page that says what the verb refused.

    {"message": text, "errors": {field: [text]}, "now": {field: value}} with 422, 409 (Conflict), 403 or 404.
    Where deals lack what a playbook asks for, `ask` is the address of the form for it; without scripts the browser goes
    there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DataError) and any(sign in str(exception) for sign in NO_TEXT):
            exception = ValidationError(_("A sign in this text cannot be kept. Write it again without it."))
        if by_script(request):
            return refused(exception)
        if isinstance(exception, MissingItems) and exception.deals:
            return HttpResponseRedirect(place_to_answer(exception))
        return errors.refused(request, exception.messages) if isinstance(exception, ValidationError) else None


def by_script(request: HttpRequest) -> bool:
    """Whether a script asks, which can show a message by itself."""
    return bool(request.headers.get("HX-Request")) or request.headers.get("Accept", "").startswith("application/json")


def refused(exception: Exception) -> HttpResponse | None:
    """The answer to what was refused; None for anything else, which is a failure."""
    if isinstance(exception, ValidationError):
        return _answer(409 if isinstance(exception, Conflict) else 422, _said(exception))
    if isinstance(exception, PermissionDenied):
        return _answer(403, {"message": str(exception) or _("This is not open to you.")})
    if isinstance(exception, Http404):
        return _answer(404, {"message": _("It is not there any more, or not open to you.")})
    return None


def by_field(error: ValidationError) -> dict[str, list[str]]:
    """Texts by the field that they stand beside; "" for those about the whole."""
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}


def place_to_answer(error: MissingItems) -> str:
    """The address of the form that asks the deals for what they lack, and then moves them on."""
    first, *others = [deal.pk for deal in error.deals]
    asked = {"to": error.stage.pk if error.stage else "won", **({"also": ",".join(map(str, others))} if others else {})}
    return f"{reverse('deal_asked', args=[first])}?{urlencode(asked)}"


def _said(error: ValidationError) -> dict[str, Any]:
    errors = error.message_dict if hasattr(error, "error_dict") else {}
    said = {"message": " ".join(error.messages), "errors": errors}
    if isinstance(error, MissingItems) and error.deals:
        return {**said, "ask": place_to_answer(error)}
    return {**said, "now": error.now} if isinstance(error, Conflict) else said


def _answer(status: int, said: dict[str, Any]) -> HttpResponse:
    return JsonResponse(said, status=status)
