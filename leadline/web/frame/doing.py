"""Somebody does something on a page: who it is, and the toast that lets them take it back."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

from leadline.accounts.actors import Actor
from leadline.accounts.models import User

Response = TypeVar("Response", bound=HttpResponse)


def reader_of(request: HttpRequest) -> User:
    """Who asks. Pages are behind the door (`LoginRequiredMiddleware`), so there is somebody."""
    assert isinstance(request.user, User)
    return request.user


def doer(request: HttpRequest) -> Actor:
    """The person at work, with an act of their own: all the verbs of one click take it, and one undo takes it back."""
    return reader_of(request).via("web").together()


def done(response: Response, by: Actor, text: str, **more: Any) -> Response:
    """Tell the page what was done: js/toasts.js shows `text` with an Undo for the act of `by`."""
    response.headers["HX-Trigger"] = json.dumps({"leadline:done": {"text": text, "act": str(by.act or ""), **more}})
    return response
