"""The deals that an act is about."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from leadline.crm.models import Deal
from leadline.history.numbers import numbers_of
from leadline.web.frame.doing import reader_of

MOST = 200  # at one stroke; lists do more


def deals_of(request: HttpRequest, pk: int) -> list[Deal]:
    """The deal of the address, and those that `also` names; all must be there and seen. Raises Http404."""
    wanted = {pk, *numbers_of(request.POST.get("also", "").split(","))}
    seen = Deal.objects.visible_to(reader_of(request)).kept()
    found = list(seen.filter(pk__in=wanted)) if len(wanted) <= MOST else []
    if len(found) != len(wanted):
        raise Http404
    return found
