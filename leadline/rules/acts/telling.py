"""Telling people: a notice with a text of the rule's own."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.models import User
from leadline.crm.escalating import who_leads
from leadline.crm.noticing import visible_places
from leadline.history.registry import model_of
from leadline.rules.acts import whom
from leadline.rules.acts.act import Act, Doing, Given

LONGEST = 500
ROLES = (whom.OWNER, whom.LEADER)


def _clean(kind: str, given: Given) -> dict[str, Any]:
    to = [one if one in ROLES else whom.known(one).pk for one in given.get("to") or ()]
    if not to:
        raise ValidationError({"acts": _("Choose who is to be told.")})
    text = str(given.get("text", "")).strip()
    if not 1 <= len(text) <= LONGEST:
        raise ValidationError(
            {"acts": _("Write what is to be told, in at most %(most)d characters.") % {"most": LONGEST}}
        )
    return {"to": list(dict.fromkeys(to)), "text": text}


def _people(given: Any, record: Any) -> list[User]:
    if given == whom.LEADER:
        return who_leads(record.owner)
    if given == whom.OWNER:
        return [record.owner] if record.owner else []
    return list(User.objects.filter(pk=given))


def _tell(doing: Doing) -> dict[str, Any]:
    """Nobody is told of what they may not see."""
    people = {user.pk: user for one in doing.given["to"] for user in _people(one, doing.record)}
    place = (doing.kind, doing.record.pk)
    told = sorted(pk for pk, user in people.items() if user.is_active and place in visible_places(user, {place}))
    if not told:
        raise ValidationError({"acts": _("Nobody whom this rule names can be told: they have left, or do not see it.")})
    telling: Any = model_of("telling")  # stands above
    values = {"rule_id": doing.rule_id, "kind": doing.kind, "record_id": doing.record.pk}
    telling(**values, user_ids=told, text=doing.given["text"]).add(by=doing.by)
    return {"user_ids": told}


NOTIFY = Act("notify", gettext_lazy("Tell somebody"), _clean, _tell)
