"""The page of roles and visibility; a choice counts at once, and can be taken back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.models import Level, Role, User, Visibility
from leadline.accounts.models.visibility import Guarded, levels
from leadline.accounts.permissions import may
from leadline.history import members
from leadline.web.frame.doing import doer, reader_of
from leadline.web.settings.acting import acted
from leadline.web.settings.frame import draw
from leadline.web.settings.visibility.words import ROLES, example, sentences, told


@require_safe
def visibility(request: HttpRequest) -> HttpResponse:
    """`?of=` is whose records the examples tell of."""
    return page(request)


@require_POST
def visibility_set(request: HttpRequest, kind: str) -> HttpResponse:
    """Who sees and who changes records of one kind, from now on."""
    if kind not in Guarded.values:
        raise Http404
    by = doer(request)
    members.set_visibility(kind, by=by, see=request.POST.get("see", ""), change_by=request.POST.get("change", ""))
    text = _("Who sees and changes %(kinds)s is set.") % {"kinds": Guarded(kind).label.lower()}
    return acted(request, by, text, lambda: page(request), reverse("visibility"))


def page(request: HttpRequest) -> HttpResponse:
    """Roles, then each kind with its setting, the sentence of it and the example."""
    people = list(User.objects.select_related("team").filter(is_active=True))
    owner = _example_owner(request, people)
    context = {
        "roles": ROLES,
        "levels": Level.choices,
        "kinds": [_kind(kind, owner, people) for kind in Guarded],
        "people": people,
        "owner": owner,
        "may_change": may(reader_of(request), "change", Visibility()),
    }
    return draw(request, "settings/visibility/visibility.html", context, part="settings/visibility/_kinds.html")


def _kind(kind: Guarded, owner: User | None, people: list[User]) -> dict[str, Any]:
    see, change = levels(kind)
    sees, changes = sentences(see, change, str(kind.label))
    shown = example(owner, see, change, people) if owner else None
    return {
        "kind": kind.value,
        "word": kind.label,
        "see": see,
        "change": change,
        "sees": sees,
        "changes": changes,
        "seen_by": told(shown.see, owner, shown.of) if shown and owner else "",
        "changed_by": told(shown.change, owner, shown.of) if shown and owner else "",
    }


def _example_owner(request: HttpRequest, people: list[User]) -> User | None:
    """Whoever is asked for, else a seller in a team: there the settings differ most."""
    asked = request.GET.get("of") or request.POST.get("of") or ""
    sellers = sorted(people, key=lambda person: (person.role != Role.SELLER, person.team_id is None))
    return next((person for person in people if str(person.pk) == asked), sellers[0] if sellers else None)
