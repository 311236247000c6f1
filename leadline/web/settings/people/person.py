"""One person's page: who they are here, how they sign in, what they own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leadline.accounts.models import User
from leadline.accounts.permissions import may
from leadline.crm.handing_over import owned
from leadline.history import members
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.navigation import address
from leadline.web.settings.acting import acted, stands_beside
from leadline.web.settings.frame import draw
from leadline.web.settings.people.forms import HandOverForm, LeavingForm, PersonForm
from leadline.web.settings.people.links import link_to_show
from leadline.web.settings.people.states import open_links, state_of
from leadline.web.wording.kinds import kind_plural

FACTS = ("name", "email", "role", "team", "sales_role", "hired_on", "left_on", "carries_quota")
LISTS = {
    "deal": "deals",
    "lead": "leads",
    "person": "people",
    "organization": "organizations",
    "activity": "activities",
}


@require_http_methods(["GET", "HEAD", "POST"])
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """Shown to everybody; administrators change it."""
    person = get_object_or_404(User.objects.select_related("team"), pk=pk)
    form = PersonForm(request.POST or None, initial={name: getattr(person, name) for name in FACTS})
    if request.method == "POST":
        by = doer(request)
        if form.is_valid():
            try:
                members.change(person, by=by, **form.values())
            except ValidationError as error:
                stands_beside(form, error)
        if not form.errors:
            text = _("%(name)s is saved.") % {"name": person}
            return acted(request, by, text, lambda: page(request, pk), reverse("user", args=[pk]))
    return page(request, pk, form, status=422 if form.errors else 200)


def page(request: HttpRequest, pk: int, form: PersonForm | None = None, status: int = 200, **more: Any) -> HttpResponse:
    """The page as the person stands now; `form` with what was refused."""
    person = get_object_or_404(User.objects.select_related("team"), pk=pk)
    changes = may(reader_of(request), "change", person)
    context = {
        "person": person,
        "form": form or PersonForm(initial={name: getattr(person, name) for name in FACTS}),
        "may_change": changes,
        "state": state_of(person, links := open_links()),
        "link_until": links.get(person.pk),
        "link": link_to_show(request, person) if changes else "",
        "mails": bool(settings.EMAIL_URL),
        "owned": _owned(person) if changes else [],
        "handing": HandOverForm(person=person),
        "leaving": LeavingForm(person=person, initial={"left_on": timezone.localdate()}),
        "log": address("audit") if reader_of(request).leads else "",
        **more,
    }
    return draw(request, "settings/people/person.html", context, part="settings/people/_person.html", status=status)


def _owned(person: User) -> list[tuple[str, str, int, str]]:
    """(kind, its word, how many are pending, where they are listed)."""
    return [
        (kind, kind_plural(kind), count, f"{href}?owner={person.pk}" if (href := address(LISTS.get(kind, ""))) else "")
        for kind, count in owned(person).items()
    ]
