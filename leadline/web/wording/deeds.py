"""The verb of a change: what somebody did, in a few words that follow their name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from leadline.history.models import Change
from leadline.web.wording.parts import Part

MOST = 3  # fields named in one sentence
Values = Mapping[str, Any]


def deed(change: Change, before: Values, after: Values, parts: Sequence[Part]) -> str:
    """ "won", "changed value from $1,000 to $1,200", "moved from Qualified to Proposal sent"."""
    said = _verb(change, before, after, {part.name: part for part in parts}) or _fields(parts)
    return _("%(deed)s (undone)") % {"deed": said} if change.undoes else said


def _verb(change: Change, before: Values, after: Values, parts: Mapping[str, Part]) -> str:
    if change.entity == "erasure":
        return _("erased personal data")
    if change.verb == Change.CREATE:
        return _("added")
    if "merged_into_id" in before:
        return _merged(after, parts)
    if "deleted_at" in before:
        return _("deleted") if after.get("deleted_at") else _("restored")
    for name, tell in TELLERS:
        if name in before and (said := tell(change, before, after, parts)):
            return said
    return ""


def _merged(after: Values, parts: Mapping[str, Part]) -> str:
    part = parts.get("merged_into_id")
    if part is not None and after.get("merged_into_id"):
        return _("merged into %(record)s") % {"record": part.new}
    return _("separated from %(record)s") % {"record": part.old if part else ""}


def _status(change: Change, before: Values, after: Values, parts: Mapping[str, Part]) -> str:
    def new(name: str) -> str:
        return parts[name].new if name in parts else ""

    status = after.get("status")
    if status == "won":
        return _("won")
    if status == "lost":
        return _("lost: %(reason)s") % {"reason": reason} if (reason := new("lost_reason_id")) else _("lost")
    if status == "nurture":
        day = new("come_back_on")
        return _("parked until %(day)s") % {"day": day} if day else _("parked")
    if status == "converted":
        return _("converted to a deal")
    return _("discarded") if status == "discarded" else _("reopened")


def _stage(change: Change, before: Values, after: Values, parts: Mapping[str, Part]) -> str:
    part = parts.get("stage_id")
    if part is None:
        return ""
    pipeline = parts.get("pipeline_id")
    facts = {"old": part.old, "new": part.new, "pipeline": pipeline.new if pipeline else ""}
    if pipeline is not None:
        return _("moved to %(new)s in %(pipeline)s") % facts
    return _("moved from %(old)s to %(new)s") % facts if part.old else _("moved to %(new)s") % facts


def _done(change: Change, before: Values, after: Values, parts: Mapping[str, Part]) -> str:
    return _("completed") if after.get("done_at") else _("took up again")


def _active(change: Change, before: Values, after: Values, parts: Mapping[str, Part]) -> str:
    return _("opened the sign-in") if after.get("is_active") else _("ended the sign-in")


def _labels(change: Change, before: Values, after: Values, parts: Mapping[str, Part]) -> str:
    part = parts.get("label_ids")
    if part is None or len(parts) > 1:
        return ""
    old, new = (set(filter(None, text.split(", "))) for text in (part.old, part.new))
    on, off = ", ".join(sorted(new - old)), ", ".join(sorted(old - new))
    if on and off:
        return _("put on the label %(on)s and took off %(off)s") % {"on": on, "off": off}
    return _("put on the label %(on)s") % {"on": on} if on else _("took off the label %(off)s") % {"off": off}


Teller = Callable[[Change, Values, Values, Mapping[str, Part]], str]
# The first of these fields that changed names the deed.
TELLERS: tuple[tuple[str, Teller], ...] = (
    ("status", _status),
    ("stage_id", _stage),
    ("done_at", _done),
    ("is_active", _active),
    ("label_ids", _labels),
)


def _fields(parts: Sequence[Part]) -> str:
    """One field with its values, several by their words."""
    if not parts:
        return _("changed it")
    if len(parts) == 1:
        return _one(parts[0])
    words = [part.word for part in parts]
    if len(words) <= MOST:
        return _("changed %(fields)s and %(last)s") % {"fields": ", ".join(words[:-1]), "last": words[-1]}
    more = len(words) - MOST + 1
    return _("changed %(fields)s and %(count)s more") % {"fields": ", ".join(words[: MOST - 1]), "count": more}


def _one(part: Part) -> str:
    facts = {"field": part.word, "old": part.old, "new": part.new}
    if part.long:
        return _("changed %(field)s") % facts
    if not part.old:
        return _("set %(field)s to %(new)s") % facts
    if not part.new:
        return _("emptied %(field)s, which was %(old)s") % facts
    return _("changed %(field)s from %(old)s to %(new)s") % facts
