"""Adding to a short list, renaming, ordering, joining, deleting and restoring its rows."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.actors import Actor
from leadline.crm.joining import join
from leadline.crm.models import Source
from leadline.crm.naming import add_named, rename, restore_named
from leadline.crm.ordering import behind, put_in_order
from leadline.history.recorded import Recorded
from leadline.web.settings.changing import Draw, act, number_in, numbers_in
from leadline.web.settings.counting import moved_on
from leadline.web.settings.names.drawing import counted, draw_list
from leadline.web.settings.names.facts import fact_in, set_fact
from leadline.web.settings.names.lists import LISTS, NamedList, list_of
from leadline.web.settings.names.looks import COLOURS, ICONS
from leadline.web.settings.uses import changes_uses, draw_uses, name_of


@require_safe
def named(request: HttpRequest, key: str) -> HttpResponse:
    return draw_list(LISTS[key], request)


@require_safe
def named_uses(request: HttpRequest, key: str) -> HttpResponse:
    shown = list_of(key)
    return draw_uses(request, counted(shown, request))


@require_POST
def add(request: HttpRequest, key: str) -> HttpResponse:
    """One more row; a campaign within a source, a type behind the others."""
    chosen = list_of(key)
    fields: dict[str, Any] = {"name": request.POST.get("name", "")}
    if key == "campaigns":
        fields["source"] = get_object_or_404(Source.objects.kept(), pk=number_in(request, "source"))
    if chosen.ordered:
        fields["position"] = behind(chosen.model.objects.kept())

    def deed(by: Actor) -> str:
        return _("%(name)s added.") % {"name": add_named(chosen.model(**fields), by=by)}

    place = f"add-{fields['source'].pk}" if "source" in fields else "add"
    return act(request, deed, _draw(chosen), back=_page(chosen), place=place)


@require_POST
def change(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Another name, another look, or another fact."""
    chosen, row = _row(key, pk)

    def deed(by: Actor) -> str:
        if chosen.extra and chosen.extra in request.POST:
            row.edit(by=by, **{chosen.extra: _look(chosen, request.POST[chosen.extra])})
            return _("%(name)s changed.") % {"name": row}
        if fact := fact_in(request, chosen.facts):
            return set_fact(row, fact, request, by)
        rename(row, request.POST.get("name", ""), by=by, was=request.POST.get("was"))
        return _("Renamed to %(name)s.") % {"name": row}

    return act(request, deed, _draw(chosen), back=_page(chosen), place=f"{key}-{pk}")


@require_POST
def delete(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Into the trash: offered no more; records keep it (labels come off)."""
    chosen, row = _row(key, pk)

    def deed(by: Actor) -> str:
        row.trash(by=by)
        return _("%(name)s deleted.") % {"name": row}

    return act(request, deed, _draw(chosen), back=_page(chosen))


@require_POST
def restore(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    chosen = list_of(key)
    row = get_object_or_404(chosen.model.objects.exclude(deleted_at=None), pk=pk)

    def deed(by: Actor) -> str:
        return _("%(name)s restored.") % {"name": restore_named(row, by=by)}

    return act(request, deed, _draw(chosen), back=_page(chosen), place="deleted")


@require_POST
def join_into(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Two that mean the same become one: what pointed at this row points at the one chosen."""
    chosen, row = _row(key, pk)
    if not chosen.joined:
        raise Http404
    into = get_object_or_404(chosen.model.objects.kept(), pk=number_in(request, "into"))

    def deed(by: Actor) -> str:
        changed = join(row, into, by=by)
        return _("%(name)s is %(into)s now.") % {"name": row, "into": into} + moved_on(changed)

    answer = act(request, deed, _draw(chosen), back=_page(chosen), place=f"join-{key}-{pk}")
    return changes_uses(answer, name_of(into.ENTITY, into.pk))


@require_POST
def order(request: HttpRequest, key: str) -> HttpResponse:
    chosen = list_of(key)
    if not chosen.ordered:
        raise Http404

    def deed(by: Actor) -> str:
        put_in_order(chosen.model.objects.kept(), numbers_in(request, "order"), by=by)
        return _("Put in order.")

    return act(request, deed, _draw(chosen), back=_page(chosen), place="order")


def _row(key: str, pk: int) -> tuple[NamedList, Any]:
    chosen = list_of(key)
    row: Recorded = get_object_or_404(chosen.model.objects.kept(), pk=pk)
    return chosen, row


def _look(chosen: NamedList, name: str) -> str:
    """A colour or an icon of the set; else none."""
    return name if name in (COLOURS if chosen.extra == "colour" else ICONS) else ""


def _draw(chosen: NamedList) -> Draw:
    """Campaigns are drawn inside their sources."""
    return partial(draw_list, LISTS["sources"] if chosen.key == "campaigns" else chosen)


def _page(chosen: NamedList) -> str:
    return reverse(chosen.page)
