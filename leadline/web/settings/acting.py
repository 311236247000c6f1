"""After something was done: a part with an undo toast for htmx, a fresh page with a sentence for everybody else."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from leadline.accounts.actors import Actor
from leadline.web.frame.doing import done
from leadline.web.frame.refusals import by_field


def acted(request: HttpRequest, by: Actor, text: str, part: Callable[[], HttpResponse], to: str) -> HttpResponse:
    """`part` draws what changed, `to` is the address of the page it stands on."""
    if request.htmx:  # type: ignore[attr-defined]  # set by django_htmx's middleware
        return done(part(), by, text)
    messages.success(request, text)
    return redirect(to)


def stands_beside(form: forms.Form, error: ValidationError) -> None:
    """What a verb refused, beside the fields it names; `team_id` is the form's `team`."""
    said = by_field(error)
    for name, texts in said.items():
        field = next((known for known in (name, name.removesuffix("_id")) if known in form.fields), None)
        form.add_error(field, texts)
