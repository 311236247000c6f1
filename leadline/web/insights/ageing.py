"""Kept answers on pages: which one a page asks for, how old it is, and when it is to be looked at again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from babel import dates
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.insights.kept.asking import FAILED, Kept, Kind, latest
from leadline.insights.kept.subject import Subject
from leadline.insights.looking import once
from leadline.insights.measuring import ids
from leadline.web.frame import formats
from leadline.web.frame.reader import reader
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.period import company_today

T = TypeVar("T")
WAITING = gettext_lazy("This is being worked out for the first time. It takes seconds, with very many deals a minute.")


@dataclass(frozen=True)
class Age:
    """What a page says of a kept answer. `missing`: there is none, of which `waiting` says that it is being made.

    `again`: look again soon, knowing `known`.
    """

    text: str
    failed: str
    missing: bool
    waiting: bool
    again: bool
    known: str


def subject_of(inquiry: Inquiry, *more: tuple[str, str]) -> Subject:
    """What the page is about, of what kept answers know: pipeline, team and moment. A day not over is now."""
    asked = inquiry.asked
    day = asked.as_of if asked.as_of and asked.as_of < company_today() else None
    return Subject(asked.pipeline, ids("team").get(asked.team), day, more)


def kept_by(
    kind: Kind[T], more: Callable[[Inquiry], tuple[tuple[str, str], ...]] = lambda _: ()
) -> Callable[[Inquiry], Kept[T]]:
    """For `Panel.kept`: how a panel's inquiry finds its answer, within one look once."""

    def find(inquiry: Inquiry) -> Kept[T]:
        subject = subject_of(inquiry, *more(inquiry))
        key: Hashable = ("kept", kind.name, subject, inquiry.user.pk)
        return once(key, lambda: latest(kind, subject, inquiry.user))

    return find


def age_of(kept: Kept[Any], past: bool = False) -> Age:
    """The same in words. `past`: the answer is of a day that is over, so it is not "as of" when it was made."""
    missing = kept.value is None
    known = kept.begun.isoformat() if kept.begun else ""
    text = " ".join(part for part in (_when(kept, past), _since(kept)) if part)
    return Age(text, _failed(kept), missing, missing and not kept.failed, kept.making, known)


def unchanged(kept: Kept[Any], known: str) -> bool:
    """Whether a page that shows the answer begun at `known` shows what there is, while a new one is being made."""
    return kept.making and known == (kept.begun.isoformat() if kept.begun else "")


def _when(kept: Kept[Any], past: bool) -> str:
    if kept.begun is None:
        return ""
    passed, zone = timezone.now() - kept.begun, reader().zone
    today = kept.begun.astimezone(zone).date() == timezone.now().astimezone(zone).date()
    moment = _time(kept.begun) if today else formats.moment(kept.begun)
    ago = dates.format_timedelta(-passed, add_direction=True, locale=reader().locale, threshold=0.99)
    words = {"moment": moment, "ago": _("just now") if passed < dt.timedelta(minutes=1) else ago}
    return (_("Worked out at %(moment)s, %(ago)s.") if past else _("As of %(moment)s, %(ago)s.")) % words


def _since(kept: Kept[Any]) -> str:
    if kept.begun is None:
        return ""
    if kept.making:
        moved = _("The records have changed since: a new one is being made.")
        return moved if kept.moved else _("A new one is being made.")
    if kept.moved and kept.due and not kept.failed:
        return _("The records have changed since: a new one is made from %(time)s on.") % {"time": _time(kept.due)}
    return ""


def _failed(kept: Kept[Any]) -> str:
    if not kept.failed:
        return ""
    if kept.value is None or kept.failed == str(FAILED["unkept"]):  # that one is there, though nowhere kept
        return kept.failed
    return _("A newer one is wanting. %(why)s") % {"why": kept.failed}


def _time(moment: dt.datetime) -> str:
    return str(dates.format_time(moment.astimezone(reader().zone).time(), "short", locale=reader().locale))
