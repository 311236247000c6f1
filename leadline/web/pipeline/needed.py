"""The needed numbers for the heads of the board, asked for once the board stands: they must not slow it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leadline.history.numbers import number_of
from leadline.insights.aims import Aim, aim_for
from leadline.insights.ask_needed import asked_of, needed_for
from leadline.web.frame.formats import number
from leadline.web.insights.period import company_today
from leadline.web.pipeline.asked import BOARD, Asked, asked

EVERYBODY, UNKNOWN = 0, -1


@require_safe
def needed(request: HttpRequest, pk: int) -> HttpResponse:
    """For each stage "12 of 32 needed", where a target is worked towards; else 204.

    Of a board narrowed to one owner by that owner's target; of one narrowed otherwise nothing can be said.
    """
    board, today = asked(request, pk, BOARD), company_today()
    owner = _owner(board)
    person = owner or None
    aim = None if owner == UNKNOWN else aim_for(board.user, today, board.pipeline.pk, person=person)
    if aim is None:
        return HttpResponse(status=204)
    found = needed_for(asked_of(aim, board.pipeline.pk), board.user, today)
    href = f"{reverse('calculator')}?{urlencode({'pipeline': board.pipeline.pk, **_whose(aim)})}"
    words = _words(aim, asked_for=person)
    return JsonResponse(
        {
            str(stage.step.stage): {
                "href": href,
                "text": words % {"there": number(stage.step.there), "needed": number(stage.needed.whole)},
                "short": stage.step.there < stage.needed.whole,
            }
            for stage in found.needed.stages
            if stage.needed.whole is not None
        }
    )


def _whose(aim: Aim) -> dict[str, str]:
    """As the address of the calculator says whose target it is."""
    if aim.person:
        return {"whose": f"owner-{aim.person}"}
    return {"whose": f"team-{aim.team}"} if aim.team else {}


def _words(aim: Aim, asked_for: int | None) -> str:
    """Who does not see all deals reads what their own target needs, or their team's: of that, not of the column."""
    if aim.person and not asked_for:
        return _("%(there)s of %(needed)s needed for your target")
    if aim.team:
        return _("%(there)s of %(needed)s needed for your team")
    return _("%(there)s of %(needed)s needed")


def _owner(board: Asked) -> int:
    """The one owner whose deals the board shows; EVERYBODY where it is not narrowed, UNKNOWN for all else."""
    if not board.filter:
        return EVERYBODY
    text = board.filter["owner"]
    if len(board.filter.conditions) > 1:
        return UNKNOWN
    return board.user.pk if text == "me" else number_of(text) or UNKNOWN
