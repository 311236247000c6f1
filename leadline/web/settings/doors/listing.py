"""All forms and webhooks: where their leads go, how many came, and whether they are open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from leadline.crm.doors import counts_of
from leadline.crm.intake.counting import Counts
from leadline.crm.models import Door
from leadline.web.settings.changing import NOTHING_WRONG, Wrong, may_change
from leadline.web.settings.doors.entrance import address_of
from leadline.web.settings.frame import draw


@dataclass(frozen=True)
class Shown:
    """A door with what came by it; `last` is when somebody last did."""

    door: Door
    address: str
    counts: Counts
    last: dt.datetime | None


@require_safe
def doors(request: HttpRequest) -> HttpResponse:
    return draw_doors(request)


def draw_doors(request: HttpRequest, wrong: Wrong = NOTHING_WRONG, status: int = 200) -> HttpResponse:
    rows = list(Door.objects.kept().select_related("source", "campaign", "owner").order_by("kind", "name", "pk"))
    counted = counts_of(rows)
    context: dict[str, Any] = {
        "here": reverse("doors"),
        "doors": [Shown(door, address_of(request, door), *counted[door.pk]) for door in rows],
        "gone": list(Door.objects.exclude(deleted_at=None).order_by("-deleted_at")[:50]),
        "can": may_change(request, Door),
        "wrong": wrong,
    }
    return draw(request, "settings/doors/doors.html", context, part="settings/doors/_doors.html", status=status)
