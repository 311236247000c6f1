"""More of a column, and single cards drawn again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.history.numbers import numbers_of
from leadline.web.pipeline.asked import BOARD, FORECAST, Asked, asked
from leadline.web.pipeline.columns import further, some
from leadline.web.pipeline.drawing import drawn, drawn_heads, may_act
from leadline.web.pipeline.heads import heads

MANY = 200  # cards that may be asked for by id; whoever needs more draws the board anew


@require_safe
def column(request: HttpRequest, pk: int) -> HttpResponse:
    """The next cards of one column: `lane` names it, `after` is the place of the last card that is there."""
    question = _viewed(request, pk)
    lane = next((lane for lane in question.lanes if lane.key == request.GET.get("lane")), None)
    if lane is None:
        raise Http404
    cards, more = further(question, lane, request.GET.get("after", ""))
    context = {"asked": question, "cards": cards, "more": more, "acts": may_act(question.user)}
    return render(request, "pipeline/_cards.html", context)


@require_safe
def cards(request: HttpRequest, pk: int) -> JsonResponse:
    """These deals (`ids`) as this board shows them now, and its heads.

    A deal that has left the board (closed, moved away, filtered out, no longer seen) is among `gone`.
    """
    question = _viewed(request, pk)
    wanted = set(numbers_of(request.GET.get("ids", "").split(",")[:MANY]))
    found = some(question, sorted(wanted)) if wanted else []
    figures = heads(question.deals(), question.lanes, question.stages, question.now)
    return JsonResponse(
        {
            "cards": drawn(found, question.view, question.user),
            "gone": sorted(wanted - {card.pk for card in found}),
            **drawn_heads(question, figures),
        }
    )


def _viewed(request: HttpRequest, pk: int) -> Asked:
    return asked(request, pk, FORECAST if request.GET.get("view") == FORECAST else BOARD)
