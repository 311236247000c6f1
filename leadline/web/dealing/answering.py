"""What an act answers: the cards as they stand now for our scripts, a toast with an undo for everybody."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from leadline.accounts.actors import Actor
from leadline.crm.models import Deal
from leadline.web.frame.doing import done
from leadline.web.frame.places import address_of
from leadline.web.frame.refusals import by_script
from leadline.web.pipeline.asked import BOARD, FORECAST, narrowed
from leadline.web.pipeline.columns import some
from leadline.web.pipeline.drawing import drawn
from leadline.web.pipeline.in_hand import cards_in_hand, tells_itself
from leadline.web.pipeline.sorting import BOARD_SORT, SORTS


def answer(request: HttpRequest, by: Actor, deals: Sequence[Deal], text: str, *, new: bool = False) -> HttpResponse:
    """JSON for fetch, 204 for htmx (what shows the deal hears of the change), a redirect where no script runs.

    `board=forecast` asks for cards as the forecast draws them. `new` deals were not there before.
    """
    changes = [{"kind": "deal", "id": deal.pk, "mine": True, "fields": [], "on": {}} for deal in deals]
    if request.headers.get("HX-Request"):
        return done(HttpResponse(status=204), by, text, changes=changes)
    if by_script(request):
        return done(JsonResponse({"cards": _cards(request, by, deals, new)}), by, text, changes=changes)
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return redirect(back)
    return redirect(address_of("deal", deals[0].pk) or "pipeline")


def _cards(request: HttpRequest, by: Actor, deals: Sequence[Deal], new: bool) -> list[dict[str, object]]:
    """Drawn for the board they stand on; a deal that is not open any more has no card."""
    wanted = request.POST.get("board", "")
    standing = [deal for deal in deals if deal.is_open]
    if wanted not in (BOARD, FORECAST) or not standing or by.user is None:
        return []
    sort = SORTS.get(request.POST.get("sort", ""), SORTS[BOARD_SORT])
    if wanted == BOARD and all(tells_itself(deal, sort, by.user) for deal in standing):
        here = [deal for deal in standing if deal.pipeline_id == standing[0].pipeline_id]
        return drawn(cards_in_hand(here, sort, by.user, timezone.now(), new=new), wanted, by.user)
    board = narrowed(by.user, standing[0].pipeline, wanted, {"sort": request.POST.get("sort", "")})
    return drawn(some(board, [deal.pk for deal in standing]), wanted, by.user)
