"""The page of a deal."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadline.crm.models import Deal, LostReason
from leadline.web.deals.facts import facts_of
from leadline.web.deals.lives import lives_told
from leadline.web.deals.stage_bar import steps
from leadline.web.deals.standing import outcome_words, rotten_words
from leadline.web.frame.doing import reader_of
from leadline.web.frame.names import linked
from leadline.web.handing_off.standing import handing
from leadline.web.lines.reading import lines_of
from leadline.web.participants.reading import people_of
from leadline.web.pipeline.showing import ending_days
from leadline.web.playbooks.panel import panel_of
from leadline.web.records.finding import find
from leadline.web.records.page import shell
from leadline.web.records.related import place


@require_safe
def deal(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts, timeline, people and products; on top the stages with the days in each."""
    found: Deal = find(Deal, request, pk)
    now, page = timezone.now(), shell(request, found)
    context = page | {
        "facts": facts_of(found, page["fields"].values(), linked().currencies()),
        "steps": steps(found, page["timeline"].stays, now),
        "people": people_of(reader_of(request), found),
        "lines": lines_of(reader_of(request), found),
        "panel": panel_of(
            reader_of(request), found, linked().get("stage", found.stage_id), may_change=page["may_change"]
        ),
        **_standing(found, now),
        **handing(found, reader_of(request), may_change=page["may_change"]),
    }
    if page["may_change"]:
        context |= {
            "merge_at": place("merge", "", "deal", pk),
            "convert_at": place("deal_convert", "", pk),
            "lost_reasons": list(LostReason.objects.kept()),
            "may_add_reason": reader_of(request).leads,
            **ending_days(timezone.localdate(now)),
        }
    return render(request, "deals/deal.html", context)


def _standing(found: Deal, now: Any) -> dict[str, Any]:
    stage, reason = linked().get("stage", found.stage_id), linked().get("lost_reason", found.lost_reason_id)
    return {
        "rotten": rotten_words(found, stage, now),
        "outcome": outcome_words(found, str(reason or "")),
        "lives": lives_told(found, now),
    }
