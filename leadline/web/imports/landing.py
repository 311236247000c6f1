"""Where the deals of an import are to be looked at."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest

from leadline.accounts.models import User
from leadline.crm.models import Deal, Pipeline, Status
from leadline.history.models import Change
from leadline.imports.models import Import
from leadline.web.frame import which

TOLD_AS = "import"  # in the session


def landing(arrival: Import, user: User) -> Pipeline | None:
    """The pipeline in which most of its open deals are, as far as this person sees them; None where it has none."""
    brought = Change.objects.filter(act=arrival.act, entity="deal").values("record_id")
    deals = Deal.objects.visible_to(user).kept().filter(pk__in=brought, pipeline__deleted_at=None)
    counted = (
        deals.order_by().values("pipeline").annotate(open=Count("pk", filter=Q(status=Status.OPEN)), all=Count("pk"))
    )
    most = counted.order_by("-open", "-all", "pipeline").first()
    return Pipeline.objects.get(pk=most["pipeline"]) if most else None


def go_there_next(request: HttpRequest, arrival: Import, pipeline: Pipeline) -> None:
    """Whoever sees that their import is done comes to its pipeline from then on, until they choose another."""
    if request.session.get(TOLD_AS, 0) < arrival.pk:
        request.session[TOLD_AS] = arrival.pk
        which.remember(request, pipeline, which.last_view(request))
