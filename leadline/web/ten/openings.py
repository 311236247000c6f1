"""Openings: one's own and shared ones, added, changed and thrown away."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from leadline.accounts.models import Role, User
from leadline.activities.models import Opening
from leadline.activities.ten.openings import KNOWN, begin, checked
from leadline.web.dashboards.finding import changed_by, to_change
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.parts import page
from leadline.web.records.answering import did
from leadline.web.ten.words import openings_of

PAGE, PART = "ten/openings.html", "ten/_openings.html"


class OpeningForm(forms.Form):
    """Words to begin a note with."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    text = forms.CharField(
        label=gettext_lazy("Words"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=gettext_lazy("A first line “Subject: …” becomes the subject of the mail."),
    )
    shared = forms.BooleanField(label=gettext_lazy("Shared with everybody"), required=False)

    def clean_text(self) -> str:
        return checked(self.cleaned_data["text"])


@require_http_methods(["GET", "HEAD", "POST"])
def openings(request: HttpRequest) -> HttpResponse:
    """All that one may use, and a form for one more."""
    user = reader_of(request)
    if user.role == Role.READER:
        raise PermissionDenied(_("Readers write to nobody."))
    begin(user)
    form = OpeningForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return page(request, PAGE, PART, _shown(user, form), status=422 if form.is_bound else 200)
    by = doer(request)
    made = Opening(owner=user, **form.cleaned_data).add(by=by)
    return did(request, by, _("Opening “%(name)s” added.") % {"name": made}, reverse("ten"))


@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one. Raises Http404, PermissionDenied for one that others share."""
    found, user = to_change(request, Opening, pk), reader_of(request)
    initial = {"name": found.name, "text": found.text, "shared": found.shared}
    form = OpeningForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return page(request, PAGE, PART, _shown(user, form, found), status=422 if form.is_bound else 200)
    by = doer(request)
    found.edit(by=by, **form.cleaned_data)
    return did(request, by, _("Opening “%(name)s” saved.") % {"name": found}, reverse("ten"))


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the trash, with Undo; what was written with it keeps its rates."""
    found, by = to_change(request, Opening, pk), doer(request)
    found.trash(by=by)
    return did(request, by, _("Opening “%(name)s” deleted.") % {"name": found}, reverse("ten"))


def _shown(user: User, form: OpeningForm, changed: Opening | None = None) -> dict[str, object]:
    rows = [(one, changed_by(user, one)) for one in openings_of(user).select_related("owner")]
    return {"form": form, "rows": rows, "changed": changed, "places": [f"{{{name}}}" for name in KNOWN]}
