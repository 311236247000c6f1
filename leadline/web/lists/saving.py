"""Saving a view, changing it, choosing what one sees first, choosing columns."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadline.crm.filtering import joined
from leadline.crm.models import ChosenColumns, PreferredView, View
from leadline.history.numbers import number_of
from leadline.web.frame.doing import doer, reader_of
from leadline.web.lists.asked import Asked, asked_of
from leadline.web.lists.kinds import KINDS


@require_POST
def view_add(request: HttpRequest) -> HttpResponse:
    """Saves what the list shows now under a name."""
    ask = _shown(request)
    name = " ".join(request.POST.get("name", "").split())[:120]
    if not name:
        messages.error(request, _("Give the view a name."))
        return redirect(ask.address())
    view = View(kind=ask.kind.name, name=name, shared=_shared(request), query=_query(ask), columns=_columns(ask))
    view.owner = ask.user
    view.add(by=doer(request))
    messages.success(request, _("View “%(name)s” saved.") % {"name": view.name})
    return redirect(f"{ask.path}?view={view.pk}")


@require_POST
def view_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Renames a view, shares it or not; with `take` it takes over what the list shows now."""
    view = _view(request, pk)
    values: dict[str, Any] = {}
    if "name" in request.POST:
        name = " ".join(request.POST["name"].split())[:120]
        values = {"name": name or view.name, "shared": _shared(request)}
    if request.POST.get("take"):
        ask = _shown(request, view.kind)
        values |= {"query": _query(ask), "columns": _columns(ask)}
    view.edit(by=doer(request), **values)
    messages.success(request, _("View “%(name)s” saved.") % {"name": view.name})
    return redirect(f"{reverse(KINDS[view.kind].at)}?view={view.pk}")


@require_POST
def view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the trash: an administrator can put it back."""
    view = _view(request, pk)
    view.trash(by=doer(request))
    messages.success(request, _("View “%(name)s” deleted.") % {"name": view.name})
    return redirect(f"{reverse(KINDS[view.kind].at)}?view={KINDS[view.kind].ready[0].name}")


@require_POST
def view_first(request: HttpRequest) -> HttpResponse:
    """What I see first when I come to this list: this saved view, or the list's own beginning."""
    user, kind = reader_of(request), _kind(request.POST.get("kind", ""))
    given = request.POST.get("view", "")
    if given:
        view = get_object_or_404(View.objects.visible_to(user).kept(), pk=number_of(given) or 0, kind=kind.name)
        PreferredView.objects.update_or_create(user=user, kind=kind.name, defaults={"view": view})
        return redirect(f"{reverse(kind.at)}?view={view.pk}")
    PreferredView.objects.filter(user=user, kind=kind.name).delete()
    return redirect(reverse(kind.at))


@require_POST
def columns_choose(request: HttpRequest) -> HttpResponse:
    """On a saved view the columns stand in the address until it is saved; elsewhere they are the person's habit."""
    ask = _shown(request)
    if "usual" in request.POST:
        ChosenColumns.objects.filter(user=ask.user, kind=ask.kind.name).delete()
        return redirect(f"{ask.path}?{_without_columns(ask)}")
    names = [field.name for field in ask.columns]
    if ask.saved is not None:
        return redirect(f"{ask.path}?{_without_columns(ask)}&columns={','.join(names)}")
    ChosenColumns.objects.update_or_create(user=ask.user, kind=ask.kind.name, defaults={"names": names})
    return redirect(f"{ask.path}?{_without_columns(ask)}")


def _without_columns(ask: Asked) -> str:
    return ask.query(columns="")


def _shown(request: HttpRequest, kind: str = "") -> Asked:
    """What the list showed when the form was sent: its address is in `query`, columns may be named beside it."""
    query = QueryDict(request.POST.get("query", ""), mutable=True)
    if "columns" in request.POST:
        query["columns"] = ",".join(request.POST.getlist("columns"))
    return asked_of(_kind(kind or request.POST.get("kind", "")), reader_of(request), query)


def _kind(name: str) -> Any:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def _view(request: HttpRequest, pk: int) -> View:
    """One's own; an administrator's also those that others share. Who only sees it may not change it."""
    view: View = get_object_or_404(View.objects.visible_to(reader_of(request)).kept(), pk=pk)
    if view.owner_id != reader_of(request).pk and not reader_of(request).is_administrator:
        raise PermissionDenied
    return view


def _shared(request: HttpRequest) -> bool:
    return request.POST.get("shared") == "yes"


def _query(ask: Asked) -> str:
    conditions = [(condition.name, condition.text) for condition in ask.filter.conditions]
    return joined([*conditions, ("sort", ask.sort.text)])


def _columns(ask: Asked) -> list[str]:
    return [field.name for field in ask.columns]
