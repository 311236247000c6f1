"""Which pipeline somebody comes to: the one they looked at last, else the first."""

from __future__ import annotations

from django.http import HttpRequest

from leadline.crm.models import Pipeline

KEPT_AS = "pipeline"  # in the session


def last(request: HttpRequest) -> Pipeline | None:
    """None where the company has no pipeline yet."""
    seen = Pipeline.objects.kept().filter(pk=request.session.get(KEPT_AS, (0, ""))[0]).first()
    return seen or Pipeline.default()


def last_view(request: HttpRequest) -> str:
    """Board or forecast, as it was left; "" for nothing."""
    view: str = request.session.get(KEPT_AS, (0, ""))[1]
    return view


def remember(request: HttpRequest, pipeline: Pipeline, view: str) -> None:
    """Written only where it is another one: every write of a session is a write to the database."""
    if request.session.get(KEPT_AS) != [pipeline.pk, view]:
        request.session[KEPT_AS] = [pipeline.pk, view]
