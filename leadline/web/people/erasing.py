"""A person asks to be forgotten. The one act that asks whether one is sure: it cannot be undone."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from leadline.crm.erasing import Erased, erase_person
from leadline.crm.models import Person
from leadline.web.frame.doing import reader_of
from leadline.web.frame.parts import page
from leadline.web.frame.places import record_url
from leadline.web.records.answering import did
from leadline.web.records.finding import find


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Administrators only. Their name must be typed; then it is done for good, so the answer offers no undo."""
    if not reader_of(request).is_administrator:
        raise PermissionDenied(_("Only an administrator may erase a person."))
    person = find(Person, request, pk)
    typed = request.POST.get("name", "").strip()
    if request.method == "POST" and typed.casefold() == person.name.strip().casefold():
        by = reader_of(request).via("web")
        erased = erase_person(person, by=by)
        return did(request, by, _said(erased), record_url(person), go=record_url(person))
    wrong = _("Type the name exactly as it stands above.") if request.method == "POST" else ""
    context = {"person": person, "wrong": wrong, "typed": typed}
    return page(request, "people/erase.html", "people/_erase.html", context, status=422 if wrong else 200)


def _said(erased: Erased) -> str:
    text = _("This person’s data is erased.")
    if count := len(erased.files):
        text += " " + ngettext(
            "%(count)d file is left: look whether it must go.",
            "%(count)d files are left: look whether they must go.",
            count,
        ) % {"count": count}
    return text
