"""Why somebody gets a lead, and why somebody else does not, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.accounts.models import User
from leadline.crm.assigning import Choice, PassedOver, Why
from leadline.crm.models import Assignment, AssignmentRule, Choosing
from leadline.web.frame.formats import day

Names = Mapping[int, str]


def because(rule: AssignmentRule, user: User, turn: User | None) -> str:
    """ "it was the turn of Tom Harker" """
    if turn is not None and turn.pk != user.pk:
        return _("%(user)s stands in for %(turn)s, whose turn it was") % {"user": user, "turn": turn}
    if rule.by == Choosing.LOAD:
        return _("%(user)s had the fewest open leads") % {"user": user}
    return _("it was the turn of %(user)s") % {"user": user}


def now_because(rule: AssignmentRule, user: User, turn: User | None) -> str:
    """ "it is the turn of Tom Harker" """
    if turn is not None and turn.pk != user.pk:
        return _("%(user)s stands in for %(turn)s, whose turn it is") % {"user": user, "turn": turn}
    if rule.by == Choosing.LOAD:
        return _("%(user)s has the fewest open leads") % {"user": user}
    return _("it is the turn of %(user)s") % {"user": user}


def passed_over(found: Sequence[PassedOver], names: Names) -> list[str]:
    """ "Ada Byron is away until 3 December", each person once."""
    return list(dict.fromkeys(_passed(one, names.get(one.user_id, "…")) for one in found))


def assigned_because(assignment: Assignment, names: Names) -> tuple[str, list[str]]:
    """Of what was done: why it was they, and who was passed over."""
    over = [PassedOver(int(pk), Why(why), str(detail)) for pk, why, detail in assignment.passed_over]
    return because(assignment.rule, assignment.user, assignment.turn), passed_over(over, names)


def proposed_because(choice: Choice, names: Names) -> tuple[str, list[str]]:
    """Of what would be done; without anybody the first part says so."""
    over = passed_over(choice.passed_over, names)
    if choice.rule is None:
        return _("no rule holds for it"), over
    if choice.user is None:
        return _("nobody of its rules is free"), over
    return now_because(choice.rule, choice.user, choice.turn), over


def people_in(found: Sequence[PassedOver]) -> set[int]:
    return {one.user_id for one in found}


def names_of(ids: set[int]) -> Names:
    """What these people are called."""
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids)} if ids else {}


def _passed(one: PassedOver, name: str) -> str:
    if one.why == Why.AWAY:
        return _("%(user)s is away until %(day)s") % {"user": name, "day": day(dt.date.fromisoformat(one.detail))}
    if one.why == Why.FULL:
        n = int(one.detail)
        return ngettext("%(user)s has %(n)d open lead", "%(user)s has %(n)d open leads", n) % {"user": name, "n": n}
    return _("%(user)s has left") % {"user": name}
