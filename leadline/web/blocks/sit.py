"""The screen of somebody who sits to a block: only the list to work through, one person at a time."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.activities.blocks.occurring import Occurrence
from leadline.activities.blocks.reporting import Kept, kept_one
from leadline.activities.blocks.sitting import EARLY, begin_now, get_up, go_on, pause, sit_down
from leadline.activities.models import Activity, ActivityType, Outcome
from leadline.history.numbers import number_of
from leadline.web.activities.composing import planned_after
from leadline.web.activities.making import places
from leadline.web.blocks.finding import occurrence_of, sitting_of
from leadline.web.blocks.form import length
from leadline.web.blocks.logging import found, log_outcome, mark_of, plan_next, sent
from leadline.web.blocks.one import card
from leadline.web.blocks.through import list_of, lists_for, targets, type_of
from leadline.web.frame.doing import doer, done, reader_of
from leadline.web.frame.names import linked
from leadline.web.frame.refusals import by_script

KEYS = 9  # outcomes that have a key


@require_safe
def block_sit(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    """Before it: sitting down. In it: the list. After it, or once somebody got up: what was done."""
    here, user, now = occurrence_of(request, pk, day), reader_of(request), timezone.now()
    sitting = here.sitting
    kept = kept_one(here, now)
    context = {
        "here": here,
        "block": here.block,
        "day": day,
        "kept": kept,
        "early": here.starts_at - EARLY > now,
        "length": length,
    }
    if sitting is None or sitting.ended_at is not None or here.ends_at <= now:
        return render(request, "blocks/sit.html", context | {"sitting": None, "over": here.ends_at <= now})
    types, outcomes = list(ActivityType.objects.kept()), list(Outcome.objects.kept()[:KEYS])
    shown = {
        "sitting": sitting,
        "over": False,
        "keys": [one.key for one in targets(here.block, user, sitting, now)],
        "outcomes": outcomes,
        "types": types,
        "type": type_of(here.block, types),
        "lists": lists_for(user),
        "list": list_of(here.block),
    }
    return render(request, "blocks/sit.html", context | shown)


@require_safe
def block_one(request: HttpRequest, pk: int, day: str, key: str) -> HttpResponse:
    """The card of one person."""
    occurrence_of(request, pk, day)
    target, record = found(key, doer(request))
    return render(request, "blocks/_one.html", card(target, record, reader_of(request)))


@require_POST
def block_sit_down(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    """Sit down; what is still to come begins now instead."""
    here, by = occurrence_of(request, pk, day), doer(request)
    verb = begin_now if here.starts_at - EARLY > timezone.now() else sit_down
    verb(here.block, here.on_date, by=by)
    return redirect("block_sit", pk, day)


@require_POST
def block_get_up(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    _here, sitting = sitting_of(request, pk, day)
    get_up(sitting, by=doer(request))
    return HttpResponse(status=204) if by_script(request) else redirect("block_sit", pk, day)


@require_POST
def block_pause(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    """Pause, or go on (`paused=0`)."""
    _here, sitting = sitting_of(request, pk, day)
    (pause if request.POST.get("paused") == "1" else go_on)(sitting, by=doer(request))
    return HttpResponse(status=204) if by_script(request) else redirect("block_sit", pk, day)


@require_POST
def block_through(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    """Which list is worked through, and by which type of activity: remembered for the block."""
    here = occurrence_of(request, pk, day)
    known = {name for name, _word in lists_for(reader_of(request))}
    chosen: dict[str, Any] = {
        "list": request.POST.get("list", ""), "type": number_of(request.POST.get("type", ""))
    }  # fmt: skip
    types = set(ActivityType.objects.kept().values_list("pk", flat=True))
    fits = {name: value for name, value in chosen.items() if value in (known if name == "list" else types)}
    here.block.edit(by=doer(request), through=here.block.through | fits)
    return redirect("block_sit", pk, day)


@require_POST
def block_log(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    """What came of it, on the record that `key` names: {"activity", "act", "conversations", "done"}."""
    here, sitting = sitting_of(request, pk, day)
    by = sent(sitting, request.POST, doer(request))
    row, says = log_outcome(sitting, request.POST, by=by)
    said = _counts(here) | {"activity": row.pk, "act": str(by.act), "says": says}
    text = says or _("%(outcome)s: %(name)s") % {"outcome": row.outcome, "name": _on(row)}
    return done(JsonResponse(said), by, text)


@require_POST
def block_next(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    """What is next with somebody, in one line (`subject`)."""
    here, sitting = sitting_of(request, pk, day)
    by = sent(sitting, request.POST, doer(request))
    _target, record = found(request.POST.get("key", ""), by)
    types = list(ActivityType.objects.kept())
    before = Activity(type=type_of(here.block, types), owner=here.block.owner, **places(record))
    row = plan_next(
        sitting, planned_after(before, request.POST, reader_of(request)), mark_of(sitting, request.POST), by=by
    )
    said = _counts(here) | {"activity": row.pk, "act": str(by.act)}
    return done(JsonResponse(said), by, _("%(what)s planned: %(name)s") % {"what": row, "name": _on(row)})


@require_safe
def block_counts(request: HttpRequest, pk: int, day: str) -> JsonResponse:
    """How many conversations and activities there are by now."""
    return JsonResponse(_counts(sitting_of(request, pk, day)[0]))


def _counts(here: Occurrence) -> dict[str, int]:
    kept: Kept = kept_one(here, timezone.now())
    return {"conversations": len(kept.conversations), "done": len(kept.done)}


def _on(row: Activity) -> str:
    """Whom it was with, as far as the reader sees them."""
    seen = (linked().get(kind, getattr(row, f"{kind}_id")) for kind in ("person", "lead", "deal"))
    return next((str(record) for record in seen if record is not None and record.pk), "")
