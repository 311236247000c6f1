"""The needed numbers for the heads of the board, asked for once the board stands: they must not slow it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leadline.history.numbers import number_of
from leadline.insights.aims import aim_for
from leadline.insights.ask_needed import Asked as AskedNeeded
from leadline.insights.ask_needed import needed_for
from leadline.insights.measuring import ids
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
    label = next((label for label, known in ids("owner").items() if known == person), None)
    question = AskedNeeded(
        aim.amount, aim.unit, aim.end, board.pipeline.pk, since=aim.start, where={"owner": label} if label else {}
    )
    found = needed_for(question, board.user, today)
    whose = {"whose": f"owner-{person}"} if person else {}
    href = f"{reverse('calculator')}?{urlencode({'pipeline': board.pipeline.pk, **whose})}"
    return JsonResponse(
        {
            str(stage.step.stage): {
                "href": href,
                "text": _("%(there)s of %(needed)s needed")
                % {"there": number(stage.step.there), "needed": number(stage.needed.whole)},
                "short": stage.step.there < stage.needed.whole,
            }
            for stage in found.needed.stages
            if stage.needed.whole is not None
        }
    )


def _owner(board: Asked) -> int:
    """The one owner whose deals the board shows; EVERYBODY where it is not narrowed, UNKNOWN for all else."""
    if not board.filter:
        return EVERYBODY
    text = board.filter["owner"]
    if len(board.filter.conditions) > 1:
        return UNKNOWN
    return board.user.pk if text == "me" else number_of(text) or UNKNOWN
