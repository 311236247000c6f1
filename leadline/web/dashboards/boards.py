"""A dashboard, drawn through its panels' own addresses, and acts on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.crm.models import Dashboard, HomePage, Pipeline
from leadline.history.numbers import number_of, numbers_of
from leadline.web.dashboards.finding import changed_by, seen, to_change
from leadline.web.dashboards.places import tiles_of
from leadline.web.dashboards.rhythms import standings
from leadline.web.frame.doing import doer, reader_of
from leadline.web.records.answering import did

Tiles = list[dict[str, Any]]


@require_safe
def dashboard(request: HttpRequest, pk: int) -> HttpResponse:
    """Each tile asks for itself, so each shows what this reader may see. `?wall=1`: for a screen on the wall."""
    board, reader = seen(request, Dashboard, pk), reader_of(request)
    context = {
        "board": board,
        "tiles": tiles_of(board.tiles),
        "changes": changed_by(reader, board),
        "mailed": standings(board) if changed_by(reader, board) else [],
        "home": HomePage.objects.filter(user=reader, dashboard=board).exists(),
        "wall": bool(request.GET.get("wall")),
    }
    return render(request, "dashboards/dashboard.html", context)


@require_POST
def dashboard_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name; shared, or no longer. Raises ValidationError for a name that is none, or too long."""
    board, by = to_change(request, Dashboard, pk), doer(request)
    name = " ".join(request.POST.get("name", "").split())
    board.edit(by=by, name=name, shared=request.POST.get("shared") == "yes")
    return _shown(request, board, _("Dashboard “%(name)s” saved.") % {"name": name}, by)


@require_POST
def dashboard_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the trash, with Undo."""
    board, by = to_change(request, Dashboard, pk), doer(request)
    board.trash(by=by)
    to = reverse("dashboards")
    return did(request, by, _("Dashboard “%(name)s” deleted.") % {"name": board}, to, go=to)


@require_POST
def tiles_order(request: HttpRequest, pk: int) -> HttpResponse:
    """`order`: the numbers of the tiles as they stand, in their new order; those not named keep theirs, at the end."""
    board, by = to_change(request, Dashboard, pk), doer(request)
    wanted = [n for n in dict.fromkeys(numbers_of(request.POST.get("order", "").split(","))) if n < len(board.tiles)]
    rest = [n for n in range(len(board.tiles)) if n not in wanted]
    board.edit(by=by, tiles=[board.tiles[n] for n in (*wanted, *rest)])
    return _shown(request, board, _("Tiles ordered."), by)


@require_POST
def tile_change(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """`wide` makes it wider or narrower, `title` names it, `move` (-1 or 1) moves it, `remove` takes it off."""
    board, by = to_change(request, Dashboard, pk), doer(request)
    tiles: Tiles = list(board.tiles)
    if number >= len(tiles):
        return _shown(request, board, _("That tile is gone already."), by)
    tile = tiles.pop(number)
    if request.POST.get("remove"):
        board.edit(by=by, tiles=tiles)
        return _shown(request, board, _("Tile removed."), by)
    at = number
    if request.POST.get("wide"):
        tile = {**tile, "wide": not tile["wide"]}
    if "title" in request.POST:
        tile = {**tile, "title": " ".join(request.POST["title"].split())[:120]}
    if request.POST.get("move") in ("-1", "1"):
        at = max(0, min(len(tiles), number + int(request.POST["move"])))
    tiles.insert(at, tile)
    board.edit(by=by, tiles=tiles)
    return _shown(request, board, _("Tile changed."), by)


@require_POST
def home_choose(request: HttpRequest) -> HttpResponse:
    """The dashboard at which I begin; none: Today, as everybody."""
    reader, given = reader_of(request), number_of(request.POST.get("dashboard", ""))
    if given is None:
        HomePage.objects.filter(user=reader).delete()
        return redirect("dashboards")
    board = seen(request, Dashboard, given)
    HomePage.objects.update_or_create(user=reader, defaults={"dashboard": board})
    return redirect("dashboard", board.pk)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where somebody begins: at the dashboard that they chose, as long as it is open to them; else at Today.

    A company without a pipeline begins by getting one.
    """
    reader = request.user
    if reader.is_authenticated:
        board = Dashboard.objects.visible_to(reader).kept().filter(home_of__user=reader).first()
        if board is not None:
            return redirect("dashboard", board.pk)
    return redirect("pipeline" if Pipeline.default() is None else "today")


def _shown(request: HttpRequest, board: Dashboard, text: str, by: Any) -> HttpResponse:
    at = reverse("dashboard", args=(board.pk,))
    return did(request, by, text, at, go=at)
