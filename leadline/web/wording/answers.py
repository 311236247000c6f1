"""What was answered to a playbook, in words: which item, what, and whether it is a key event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from leadline.crm.models import ItemKind
from leadline.crm.models.qualifying import Item
from leadline.crm.playbooks import values
from leadline.history.models import Change
from leadline.web.wording.naming import Names, shortened

Values = Mapping[str, Any]


def answer_told(change: Change, before: Values, after: Values, names: Names) -> str:
    """ "answered “Budget”: 40,000", "waived “Budget”: an old customer"; "" where it tells of nothing else."""
    key = str(after.get("key", ""))
    item = names.item(key)
    words = {"item": item["name"] if item else key, "reason": after.get("waived", "")}
    new = change.verb == Change.CREATE
    if "deleted_at" in before:  # an answer that was given first is taken back, or given again
        if after.get("deleted_at"):
            told = _("asks for “%(item)s” again") if words["reason"] else _("took back the answer to “%(item)s”")
            return told % words
        new = True
    if "waived" in before or (new and after.get("waived")):
        return (_("waived “%(item)s”: %(reason)s") if words["reason"] else _("asks for “%(item)s” again")) % words
    if not new and "value" not in before:
        return ""
    words |= {"value": _said(item, after.get("value")), "old": _said(item, before.get("value"))}
    if after.get("value") is None:
        return _("emptied “%(item)s”, which was %(old)s") % words
    if not words["value"]:
        return _("answered “%(item)s”") % words
    if not new and words["old"]:
        return _("answered “%(item)s”: %(value)s, before: %(old)s") % words
    return _("answered “%(item)s”: %(value)s") % words


def key_event(change: Change, before: Values, after: Values, names: Names) -> bool:
    """Whether by this answer the deal came to a key event (R2), which the numbers count."""
    item = names.item(str(after.get("key", "")))
    fresh = change.verb == Change.CREATE or before.get("value", True) is None
    return bool(item and item["event"] and fresh and after.get("value") is not None and change.undoes is None)


def _said(item: Item | None, value: Any) -> str:
    """As the item's kind reads; "" for a tick and a file, which need no more words."""
    if value is None or value is True or (item and item["kind"] == ItemKind.FILE):
        return ""
    return shortened(values.said(item, value)) if item and values.answers(item, value) else shortened(value)
