"""How single things of the stream are shown: times, days, sizes, icons, notes with those they name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from babel import dates
from django.utils import timezone
from django.utils.translation import gettext as _
from markupsafe import Markup

from leadline.accounts.models import User
from leadline.activities.models import ActivityType
from leadline.crm.filing import SHOWN
from leadline.web.frame.formats import day, number
from leadline.web.frame.icons import icon
from leadline.web.frame.reader import reader
from leadline.web.timeline.mentions import shown

# Icons that types of activity may name, where ours are called otherwise; and those of types that name none.
CALLED = {"square-check": "square-check-big", "notebook": "sticky-note"}
USUAL = {
    "call": "phone",
    "demo": "presentation",
    "e-mail": "mail",
    "email": "mail",
    "meeting": "users",
    "note": "sticky-note",
    "proposal": "file-text",
    "task": "square-check-big",
}
PREVIEWED = 5 * 1024 * 1024  # bytes: larger pictures are not loaded only to be glanced at


def activity_icon(kind: ActivityType) -> Markup:
    """The icon of a type of activity; a plain one where its name is none of the set."""
    name = kind.icon or USUAL.get(kind.name.casefold(), "")
    try:
        return icon(CALLED.get(name, name or "clipboard"))
    except LookupError:
        return icon("clipboard")


def clock(moment: dt.datetime) -> str:
    """14:05, in the reader's time zone."""
    return dates.format_time(moment, "short", tzinfo=reader().zone, locale=reader().locale)


def day_of(moment: dt.datetime) -> dt.date:
    return moment.astimezone(reader().zone).date()


def day_word(moment: dt.datetime) -> str:
    """Today, Yesterday, or the day."""
    back = (day_of(timezone.now()) - day_of(moment)).days
    return {0: _("Today"), 1: _("Yesterday"), -1: _("Tomorrow")}.get(back) or day(moment)


def due_word(moment: dt.datetime) -> str:
    """Tomorrow 14:05; without a clock where the time is midnight."""
    local = moment.astimezone(reader().zone)
    return day_word(moment) if (local.hour, local.minute) == (0, 0) else f"{day_word(moment)}, {clock(moment)}"


def local_input(moment: dt.datetime | None) -> str:
    """As a date-and-time control takes it, in the reader's time zone."""
    return moment.astimezone(reader().zone).strftime("%Y-%m-%dT%H:%M") if moment else ""


def size_word(size: int) -> str:
    """12 KB, 3.4 MB."""
    if size < 1024:
        return _("%(count)s bytes") % {"count": number(size)}
    if size < 1024 * 1024:
        return _("%(count)s KB") % {"count": number(size / 1024)}
    return _("%(count)s MB") % {"count": number(size / 1024 / 1024, 1)}


def previewed(file: Any) -> bool:
    """Whether a picture of the file is shown in the stream."""
    return file.media_type in SHOWN and file.media_type.startswith("image/") and file.size <= PREVIEWED


def notes_shown(notes: Iterable[Any]) -> dict[int, Markup]:
    """The notes' HTML by id, with the colleagues they name standing out; names read once for all."""
    rows = list(notes)
    ids = {pk for note in rows for pk in note.mention_ids}
    names = {pk: " ".join(name.split()) for pk, name in _names(ids)} if ids else {}
    return {note.pk: shown(note.text, note.mention_ids, names) for note in rows}


def _names(ids: Iterable[int]) -> Iterable[tuple[int, str]]:
    return User.objects.filter(pk__in=ids).values_list("pk", "name")
