"""A list as its page shows it: its rows, what is asked in one of them, what was deleted, and how often each is used."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from leadline.activities.models import Outcome
from leadline.crm.models import Campaign
from leadline.crm.using import Uses, uses
from leadline.history.numbers import number_of
from leadline.web.frame.doing import reader_of
from leadline.web.settings.changing import NOTHING_WRONG, Wrong, may_change, moved
from leadline.web.settings.counting import nothing, said
from leadline.web.settings.frame import draw
from leadline.web.settings.names import facts
from leadline.web.settings.names.lists import LISTS, NamedList
from leadline.web.settings.names.looks import COLOURS, ICONS
from leadline.web.settings.names.said import outcome_uses
from leadline.web.settings.uses import Use, asked_rows, name_of, uses_for
from leadline.web.timeline.showing import activity_icon


def draw_list(shown: NamedList, request: HttpRequest, wrong: Wrong = NOTHING_WRONG, status: int = 200) -> HttpResponse:
    kept = list(shown.model.objects.kept())
    context = {
        "list": shown,
        "here": reverse(shown.page),
        "rows": kept,
        "orders": moved([row.pk for row in kept]) if shown.ordered else {},
        "gone": list(shown.model.objects.exclude(deleted_at=None).order_by("-deleted_at")[:100]),
        "can": may_change(request, shown.model),
        "ask": request.GET.get("ask", "") or wrong.place,
        "wrong": wrong,
        "kinds": shown.model.ENTITY,
        **uses_for(request, reverse("named_uses", args=[shown.key]), lambda: counted(shown, request)),
        "fact_names": facts.NAMES,
        "fact_choices": facts.CHOICES,
        "fact_words": facts.WORDS,
        **_looks(shown),
        **_campaigns(shown, request, request.GET.get("ask", "") or wrong.place),
    }
    return draw(request, "settings/names.html", context, part="settings/_names.html", status=status)


def counted(shown: NamedList, request: HttpRequest) -> dict[str, Use]:
    """By row, where it is used: "12 deals, 3 leads"; campaigns with their sources."""
    lists = [shown, LISTS["campaigns"]] if shown.key == "sources" else [shown]
    return {name: use for one in lists for name, use in _counted(one, request).items()}


def _counted(shown: NamedList, request: HttpRequest) -> dict[str, Use]:
    asked, kind = asked_rows(request, shown.model.ENTITY), shown.model.ENTITY
    kept = [pk for pk in shown.model.objects.kept().values_list("pk", flat=True) if asked is None or pk in asked]
    reader = reader_of(request)
    found = outcome_uses(reader) if shown.model is Outcome else uses(shown.model, reader, asked)
    words = words_by_row(found) if kept else {}
    return {name_of(kind, pk): Use(words.get(pk) or nothing()) for pk in kept}


def words_by_row(counted: Uses) -> dict[int, str]:
    by_row: dict[int, Counter[str]] = defaultdict(Counter)
    for kind, counts in counted.items():
        for pk, n in counts.items():
            by_row[pk][kind] = n
    return {pk: said(kinds) for pk, kinds in by_row.items()}


def _looks(shown: NamedList) -> dict[str, Any]:
    if shown.extra == "colour":
        return {"colours": COLOURS}
    return {"icons": ICONS, "drawn": activity_icon} if shown.extra == "icon" else {}


def _campaigns(shown: NamedList, request: HttpRequest, ask: str) -> dict[str, Any]:
    """The campaigns by their source (None: of none), and the source that something is asked about."""
    if shown.key != "sources":
        return {}
    by_source: dict[int | None, list[Campaign]] = defaultdict(list)
    open_source = number_of(ask.removeprefix("add-"))
    for campaign in Campaign.objects.kept():
        by_source[campaign.source_id].append(campaign)
        if ask.endswith(f"campaigns-{campaign.pk}"):
            open_source = campaign.source_id
    return {
        "open_source": open_source,
        "campaigns": by_source,
        "campaign_list": LISTS["campaigns"],
        "campaigns_gone": list(Campaign.objects.exclude(deleted_at=None).order_by("-deleted_at")[:100]),
        "kinds": "source campaign",
    }
