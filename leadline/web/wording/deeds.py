"""The verb of a change: what somebody did, in a few words behind their name; and which fields those leave untold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.crm.visiting import Visit
from leadline.history.models import Change
from leadline.web.frame.formats import number
from leadline.web.wording.parts import Part

MOST = 3  # fields named in one sentence
Values = Mapping[str, Any]
Visits = Callable[[int], Iterable[Visit]]  # a deal's visits to its stages, by its id


@dataclass(frozen=True)
class Happened:
    """What a deed is told from: the change, what stood before and after, the same as texts, where deals stood.

    `answered` is what was answered to a playbook, in words.
    """

    change: Change
    before: Values
    after: Values
    parts: list[Part]
    visits: Visits | None
    answered: str = ""

    def part(self, name: str) -> Part | None:
        return next((part for part in self.parts if part.name == name), None)

    def new(self, name: str) -> str:
        part = self.part(name)
        return part.new if part else ""


def deed(happened: Happened) -> tuple[str, list[Part]]:
    """ "won", "changed value from $1,000 to $1,200", "moved from Qualified to Proposal sent after 12 days".

    With it the fields that the words do not tell.
    """
    said, rest = _by_verb(happened) or _by_deciding_field(happened) or _by_fields(happened.parts)
    return _("%(deed)s (undone)") % {"deed": said} if happened.change.undoes else said, rest


def _by_verb(happened: Happened) -> tuple[str, list[Part]] | None:
    if happened.answered:
        return happened.answered, []
    if happened.change.entity == "erasure":
        return _("erased personal data"), []
    if happened.change.entity == "escalation" and happened.change.verb == Change.CREATE:
        return _("told who leads that nobody has answered"), []
    if happened.change.entity == "hand_off" and happened.change.verb == Change.CREATE:
        return _("handed it to %(user)s") % {"user": happened.new("taker_id")}, _noted(happened)
    return (_("added"), []) if happened.change.verb == Change.CREATE else None


def _by_deciding_field(happened: Happened) -> tuple[str, list[Part]] | None:
    for name, (tell, tells) in DECIDING.items():
        if name in happened.before and (said := tell(happened)):
            return said, [part for part in happened.parts if part.name not in tells]
    return None


def _merged(happened: Happened) -> str:
    part = happened.part("merged_into_id")
    if part is not None and part.new:
        return _("merged into %(record)s") % {"record": part.new}
    return _("separated from %(record)s") % {"record": part.old if part else ""}


def _deleted(happened: Happened) -> str:
    return _("deleted") if happened.after.get("deleted_at") else _("restored")


def _status(happened: Happened) -> str:
    status = happened.after.get("status")
    if status == "won":
        return _("won")
    if status == "lost":
        reason = happened.new("lost_reason_id")
        return _("lost: %(reason)s") % {"reason": reason} if reason else _("lost")
    if status == "nurture":
        day, event = happened.new("come_back_on"), happened.new("come_back_event")
        if event:
            said = _("parked until %(day)s, or until %(event)s") if day else _("parked until %(event)s")
            return said % {"day": day, "event": event}
        return _("parked until %(day)s") % {"day": day} if day else _("parked")
    if status == "converted":
        return _("converted to a deal")
    if status == "discarded":
        reason = happened.new("discard_reason_id")
        return _("discarded: %(reason)s") % {"reason": reason} if reason else _("discarded")
    return _("reopened")


def _noted(happened: Happened) -> list[Part]:
    """Of a hand-off, what was written along."""
    return [part for part in happened.parts if part.name == "note"]


def _state(happened: Happened) -> str:
    """What became of a hand-off."""
    if happened.change.entity != "hand_off":
        return ""
    state, lacks = happened.after.get("state"), happened.new("lacks")
    if state == "returned":
        return _("gave it back, it lacks: %(lacks)s") % {"lacks": lacks} if lacks else _("gave it back")
    words = {"accepted": _("accepted it"), "withdrawn": _("took it back"), "waiting": _("handed it over again")}
    return words.get(str(state), "")


def _stage(happened: Happened) -> str:
    part, pipeline = happened.part("stage_id"), happened.part("pipeline_id")
    if part is None:
        return ""
    facts = {"old": part.old, "new": part.new, "pipeline": pipeline.new if pipeline else ""}
    if pipeline is not None:
        said = _("moved to %(new)s in %(pipeline)s")
    else:
        said = _("moved from %(old)s to %(new)s") if part.old else _("moved to %(new)s")
    days = _stood(happened)
    if days < 1:
        return said % facts
    after = ngettext("after %(count)s day", "after %(count)s days", days) % {"count": number(days)}
    return f"{said % facts} {after}"


def _stood(happened: Happened) -> int:
    """Whole days in the stage that it left; 0 where nobody knows."""
    if happened.visits is None or happened.change.undoes is not None:
        return 0
    stage, left = happened.before["stage_id"], happened.change.occurred_at
    visits = happened.visits(happened.change.record_id)
    days = next((visit.days(left) for visit in visits if (visit.stage_id, visit.ended) == (stage, left)), None)
    return round(days) if days is not None and days >= 1 else 0


def _done(happened: Happened) -> str:
    return _("completed") if happened.after.get("done_at") else _("took up again")


def _active(happened: Happened) -> str:
    return _("opened the sign-in") if happened.after.get("is_active") else _("ended the sign-in")


def _published(happened: Happened) -> str:
    said = (
        _("published version %(version)s") if happened.after.get("published_at") else _("took back version %(version)s")
    )
    return said % {"version": happened.after.get("version", 1)}


def _labels(happened: Happened) -> str:
    part = happened.part("label_ids")
    if part is None or len(happened.parts) > 1:
        return ""
    old, new = (set(filter(None, text.split(", "))) for text in (part.old, part.new))
    on, off = ", ".join(sorted(new - old)), ", ".join(sorted(old - new))
    if on and off:
        return _("put on the label %(on)s and took off %(off)s") % {"on": on, "off": off}
    return _("put on the label %(on)s") % {"on": on} if on else _("took off the label %(off)s") % {"off": off}


def _secret(happened: Happened) -> str:
    return _("gave it another secret")


def _asked(happened: Happened) -> str:
    return _("changed what it asks")


def _said(happened: Happened) -> str:
    return _("changed what it says")


def _meant(happened: Happened) -> str:
    return _("changed where what is sent goes")


def _looks(happened: Happened) -> str:
    return _("changed its look")


REASONS, WAITING = ("lost_reason_id", "discard_reason_id"), ("come_back_on", "come_back_event")
# The first of these fields that changed names the deed, whose words tell these fields.
DECIDING: dict[str, tuple[Callable[[Happened], str], frozenset[str]]] = {
    "merged_into_id": (_merged, frozenset({"merged_into_id"})),
    "deleted_at": (_deleted, frozenset()),
    "status": (_status, frozenset({"status", "closed_at", *REASONS, *WAITING, "deal_id"})),
    "state": (_state, frozenset({"state", "answered_at", "lacks"})),
    "stage_id": (_stage, frozenset({"stage_id", "pipeline_id"})),
    "done_at": (_done, frozenset({"done_at"})),
    "published_at": (_published, frozenset({"published_at"})),
    "is_active": (_active, frozenset({"is_active"})),
    "label_ids": (_labels, frozenset({"label_ids"})),
    "secret_number": (_secret, frozenset({"secret_number", "rotated_at"})),
    "fields": (_asked, frozenset({"fields"})),
    "texts": (_said, frozenset({"texts"})),
    "mapping": (_meant, frozenset({"mapping"})),
    "theme": (_looks, frozenset({"theme"})),
}


def _by_fields(parts: Sequence[Part]) -> tuple[str, list[Part]]:
    """One field with its values, several by their words."""
    if not parts:
        return _("changed it"), []
    if len(parts) == 1:
        return _one(parts[0]), list(parts) if parts[0].long else []
    words = [part.word for part in parts]
    if len(words) <= MOST:
        said = _("changed %(fields)s and %(last)s") % {"fields": ", ".join(words[:-1]), "last": words[-1]}
    else:
        facts = {"fields": ", ".join(words[: MOST - 1]), "count": len(words) - MOST + 1}
        said = _("changed %(fields)s and %(count)s more") % facts
    return said, list(parts)


def _one(part: Part) -> str:
    facts = {"field": part.word, "old": part.old, "new": part.new}
    if part.long:
        return _("changed %(field)s") % facts
    if not part.old:
        return _("set %(field)s to %(new)s") % facts
    if not part.new:
        return _("emptied %(field)s, which was %(old)s") % facts
    return _("changed %(field)s from %(old)s to %(new)s") % facts
