"""What a rule does, in plain words: "add the activity “Call” in 2 working days for the owner"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.accounts.models import User
from leadline.activities.models import ActivityType
from leadline.crm.models import Label
from leadline.rules.acts import whom
from leadline.rules.models import Rule
from leadline.web.rules.values import GONE, known_field, said, word

Act = Mapping[str, Any]


def acts_said(rule: Rule) -> list[str]:
    """Each of them."""
    known = Known(rule.acts)
    return [TELL[act["do"]](rule.kind, act, known) for act in rule.acts]


class Known:
    """The names that acts need, each kind of them asked for once."""

    def __init__(self, acts: Iterable[Act]) -> None:
        several = list(acts)
        named = [pk for act in several for pk in (act.get("user_id"), act.get("whose"), *act.get("to", ()))]
        people = {pk for pk in named if isinstance(pk, int)}
        types = {line.get("type_id") for act in several for line in (act, *act.get("items", ()))} - {None}
        labels = {pk for act in several for pk in act.get("label_ids", ())}
        self.users = dict(User.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}
        self.types = dict(ActivityType.objects.filter(pk__in=types).values_list("pk", "name")) if types else {}
        self.labels = dict(Label.objects.filter(pk__in=labels).values_list("pk", "name")) if labels else {}

    def person(self, given: Any) -> str:
        if given == "owner":
            return _("the owner")
        return _("who leads the owner") if given == "leader" else self.users.get(given, GONE)

    def activity(self, line: Act) -> str:
        kind = self.types.get(line["type_id"], GONE)
        what = f"“{kind}: {line['subject']}”" if line.get("subject") else f"“{kind}”"
        words = {"what": what, "n": line["in_days"]}
        if not words["n"]:
            return _("%(what)s for the same day") % words
        return ngettext("%(what)s in %(n)d working day", "%(what)s in %(n)d working days", words["n"]) % words


def _activity(kind: str, act: Act, known: Known) -> str:
    return _("add the activity %(what)s for %(who)s") % {"what": known.activity(act), "who": known.person(act["whose"])}


def _checklist(kind: str, act: Act, known: Known) -> str:
    what = ", ".join(known.activity(line) for line in act["items"])
    return _("start a checklist for %(who)s: %(what)s") % {"what": what, "who": known.person(act["whose"])}


def _assign(kind: str, act: Act, known: Known) -> str:
    if act["user_id"] == whom.CHOSEN:
        return _("give it to whom the assignment rules choose")
    return _("give it to %(who)s") % {"who": known.person(act["user_id"])}


def _label(kind: str, act: Act, known: Known) -> str:
    words = {"labels": ", ".join(known.labels.get(pk, GONE) for pk in act["label_ids"])}
    return (_("take off the label %(labels)s") if act.get("off") else _("put on the label %(labels)s")) % words


def _set(kind: str, act: Act, known: Known) -> str:
    field = known_field(kind, act["field"])
    words = {"field": word(field), "value": said(field, act["value"])}
    return (_("set %(field)s to “%(value)s”") if words["value"] else _("empty %(field)s")) % words


def _notify(kind: str, act: Act, known: Known) -> str:
    return _("tell %(who)s: “%(text)s”") % {"who": ", ".join(map(known.person, act["to"])), "text": act["text"]}


def _park(kind: str, act: Act, known: Known) -> str:
    words = {"n": act["days"], "event": act.get("event", ""), "reason": act["reason"]}
    if not words["n"]:
        return _("park it until “%(event)s”: %(reason)s") % words
    if words["event"]:
        one, more = (
            _("park it until “%(event)s”, for %(n)d day at most: %(reason)s"),
            _("park it until “%(event)s”, for %(n)d days at most: %(reason)s"),
        )
    else:
        one, more = _("park it for %(n)d day: %(reason)s"), _("park it for %(n)d days: %(reason)s")
    return (one if act["days"] == 1 else more) % words


TELL: Mapping[str, Callable[[str, Act, Known], str]] = {
    "activity": _activity,
    "checklist": _checklist,
    "assign": _assign,
    "label": _label,
    "set": _set,
    "notify": _notify,
    "park": _park,
}
