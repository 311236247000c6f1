"""The pods, each with its people by role and its paths, and the verbs on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.actors import Actor
from leadline.accounts.models import Role, SalesRole, User
from leadline.crm.models import Choosing, Pod
from leadline.history.numbers import numbers_of
from leadline.web.settings.changing import NOTHING_WRONG, Wrong, act, may_change
from leadline.web.settings.frame import draw

MOST_PATHS = 12


@require_safe
def pods(request: HttpRequest) -> HttpResponse:
    return draw_pods(request)


@require_POST
def pod_add(request: HttpRequest) -> HttpResponse:
    """A pod with the usual paths, which can be changed once it is there."""

    def deed(by: Actor) -> str:
        pod = Pod(name=_name(request), member_ids=_members(request)).add(by=by)
        return _("%(name)s added.") % {"name": pod}

    return _act(request, deed, "add")


@require_POST
def pod_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Its name, its people, its paths."""
    pod = get_object_or_404(Pod.objects.kept(), pk=pk)

    def deed(by: Actor) -> str:
        pod.edit(by=by, name=_name(request), member_ids=_members(request), paths=_paths(request))
        return _("%(name)s is saved.") % {"name": pod}

    return _act(request, deed, f"pod-{pk}")


@require_POST
def pod_delete(request: HttpRequest, pk: int) -> HttpResponse:
    pod = get_object_or_404(Pod.objects.kept(), pk=pk)

    def deed(by: Actor) -> str:
        pod.trash(by=by)
        return _("%(name)s deleted.") % {"name": pod}

    return _act(request, deed, "add")


@require_POST
def pod_restore(request: HttpRequest, pk: int) -> HttpResponse:
    pod = get_object_or_404(Pod.objects.exclude(deleted_at=None), pk=pk)

    def deed(by: Actor) -> str:
        pod.restore(by=by)
        return _("%(name)s restored.") % {"name": pod}

    return _act(request, deed, "add")


def draw_pods(request: HttpRequest, wrong: Wrong = NOTHING_WRONG, status: int = 200) -> HttpResponse:
    rows, by_id = list(Pod.objects.kept()), {user.pk: user for user in User.objects.all()}
    working = {user.pk for user in User.objects.who_may_own().exclude(role=Role.READER)}
    context: dict[str, Any] = {
        "pods": [(pod, [by_id[pk] for pk in pod.member_ids if pk in by_id]) for pod in rows],
        "people": [user for pk, user in by_id.items() if pk in working or any(pk in pod.member_ids for pod in rows)],
        "gone": list(Pod.objects.exclude(deleted_at=None).order_by("-deleted_at")[:50]),
        "roles": SalesRole.choices,
        "role_words": dict(SalesRole.choices),
        "choosing": Choosing.choices,
        "choosing_words": dict(Choosing.choices),
        "unplaced": [user for user in User.objects.who_may_own().exclude(role=Role.READER) if not user.sales_role],
        "can": may_change(request, Pod),
        "wrong": wrong,
    }
    return draw(request, "settings/pods/pods.html", context, part="settings/pods/_pods.html", status=status)


def _act(request: HttpRequest, deed: Callable[[Actor], str], place: str) -> HttpResponse:
    return act(request, deed, draw_pods, back=reverse("pods"), place=place)


def _name(request: HttpRequest) -> str:
    name = " ".join(request.POST.get("name", "").split())[:120]
    if not name:
        raise ValidationError({"name": _("Give it a name.")})
    return name


def _members(request: HttpRequest) -> list[int]:
    return list(dict.fromkeys(numbers_of(request.POST.getlist("member"))))


def _paths(request: HttpRequest) -> list[dict[str, str]]:
    """The lines in which both ends are chosen, each pair once."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for n in range(MOST_PATHS):
        one = {name: request.POST.get(f"path-{n}-{name}", "") for name in ("from", "to", "by")}
        if one["from"] and one["to"]:
            found[one["from"], one["to"]] = one
    return list(found.values())
