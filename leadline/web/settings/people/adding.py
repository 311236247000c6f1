"""Somebody new is let in."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leadline.accounts.models import User
from leadline.accounts.permissions import may
from leadline.history import members
from leadline.web.frame.doing import doer, reader_of
from leadline.web.settings.acting import stands_beside
from leadline.web.settings.frame import draw
from leadline.web.settings.people.forms import NewPersonForm
from leadline.web.settings.people.links import make_link


@require_http_methods(["GET", "HEAD", "POST"])
def user_add(request: HttpRequest) -> HttpResponse:
    """A form; then the new person's page with the link by which they come in."""
    if not may(reader_of(request), "add", User()):
        raise PermissionDenied(_("Only an administrator lets people in."))
    form = NewPersonForm(request.POST or None)
    if form.is_valid():
        try:
            person = members.invite(
                by=doer(request), **{**form.cleaned_data, "email": form.cleaned_data["email"] or None}
            )
        except ValidationError as error:
            stands_beside(form, error)
        else:
            messages.success(request, _("%(name)s is added.") % {"name": person})
            if person.email:
                make_link(request, person)
            return redirect("user", person.pk)
    return draw(request, "settings/people/add.html", {"form": form}, status=422 if form.errors else 200)
