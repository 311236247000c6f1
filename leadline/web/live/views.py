"""What is new, and taking back."""

from __future__ import annotations

import uuid
from collections import defaultdict

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.models import User
from leadline.history.models import Change
from leadline.history.registry import recorded_models
from leadline.history.undoing import Undone, undo_act
from leadline.web.frame.doing import doer, done, reader_of
from leadline.web.live.cursor import read, written
from leadline.web.live.news import news
from leadline.web.wording.telling import Told, tell

MOST = 500  # records of a kind that are asked for
TOLD = 20  # changes of an act among which the one is looked for that names it
PARTS = {"hand_off", "answer"}  # of a record that they say something of: no records of their own to who takes back
SAID = 3  # reasons told why something was left


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """204 where nothing is new behind `after`; else the new cursor and the changes, or "many"."""
    after = read(request.GET.get("after", ""))
    cursor, changes = news(reader_of(request), after)
    if cursor == after:
        return HttpResponse(status=204)
    return JsonResponse({"after": written(cursor), "many": changes is None, "changes": changes or []})


@require_POST
def undo(request: HttpRequest, act: uuid.UUID) -> HttpResponse:
    """Take back everything of one act that still stands as it left it. Says what is left, and why."""
    by = doer(request)
    if not _known(act, reader_of(request)):
        raise Http404
    told = tell(list(Change.objects.filter(act=act).order_by("id")[:TOLD]), reader_of(request))
    undone = undo_act(act, by=by)
    if not undone.records:
        raise ValidationError(_reasons(undone) or _("There is nothing left to take back."))
    text = _said(told, undone)
    if undone.left:
        text += " " + _reasons(undone)
    records = [{"kind": record.ENTITY, "id": record.pk} for record in undone.records]
    return done(JsonResponse({"text": text, "changes": records}), by, text)


def _said(told: list[Told], undone: Undone) -> str:
    """What was taken back: the first deed of the act on a record that the reader sees, and how many there were."""
    back = {(record.ENTITY, record.pk) for record in undone.records}
    first = next((one for one in told if one.open and (one.change.entity, one.change.record_id) in back), None)
    count = len({one for one in back if one[0] not in PARTS} or back)
    if count > 1:
        text = ngettext("%(count)d record put back", "%(count)d records put back", count) % {"count": count}
    else:
        text = _("Taken back")
    return f"{text}: {first.record} – {first.deed}." if first else f"{text}."


def _known(act: uuid.UUID, user: User) -> bool:
    """Whether there is such an act, and it is one's own or did something to a record that one may see."""
    ids: dict[str, list[int]] = defaultdict(list)
    for entity, record, by in Change.objects.filter(act=act).values_list("entity", "record_id", "by_id"):
        if by == user.pk or entity not in recorded_models():
            return True
        ids[entity].append(record)
    rows = ((recorded_models()[entity].objects, some[:MOST]) for entity, some in ids.items())
    return any(objects.visible_to(user).filter(pk__in=some).exists() for objects, some in rows)


def _reasons(undone: Undone) -> str:
    more = len(undone.left) - SAID
    said = " ".join(undone.left[:SAID])
    return said if more <= 0 else f"{said} {_('… and %(more)d more.') % {'more': more}}"
