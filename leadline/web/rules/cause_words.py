"""What sets a rule off, in plain words: "When a deal enters Proposal sent"."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.accounts.models import User
from leadline.activities.models import ActivityType
from leadline.crm import filtering
from leadline.crm.models import LeadStage, Stage
from leadline.rules.models import Rule, When
from leadline.web.lists.writing import READING
from leadline.web.rules.choices import A_KIND
from leadline.web.rules.values import GONE, known_field, said, word


def cause_said(rule: Rule) -> str:
    """One sentence without its end."""
    if tell := TELL.get(rule.when):
        return tell(rule)
    return _("When %(kind)s %(happens)s") % {"kind": _kind(rule), "happens": When(rule.when).label}


def condition_said(rule: Rule, reader: User) -> str:
    """ "Value: at least 5,000; Owner: Ada"; "" without a condition."""
    return "; ".join(filtering.read(rule.kind, rule.query, reader).words(READING))


def _kind(rule: Rule) -> str:
    return str(A_KIND.get(rule.kind, rule.kind))


def _entered(rule: Rule) -> str:
    if rule.kind == "lead":
        stage = str(dict(LeadStage.choices).get(rule.details.get("stage", ""), GONE))
    else:
        found = Stage.objects.filter(pk=rule.details.get("stage_id")).first()
        stage = found.name if found else GONE
    return _("When %(kind)s enters %(stage)s") % {"kind": _kind(rule), "stage": stage}


def _changed(rule: Rule) -> str:
    field, value = known_field(rule.kind, rule.details.get("field")), rule.details.get("value")
    words = {"kind": _kind(rule), "field": word(field), "value": said(field, value)}
    if value in ("", None):
        return _("When %(kind)s gets another value of %(field)s") % words
    return _("When %(kind)s gets %(field)s “%(value)s”") % words


def _idle(rule: Rule) -> str:
    days = rule.details.get("days", 0)
    words = {"kind": _kind(rule), "n": days}
    return ngettext("When %(kind)s is idle for %(n)d day", "When %(kind)s is idle for %(n)d days", days) % words


def _near(rule: Rule) -> str:
    days, field = rule.details.get("days", 0), known_field(rule.kind, rule.details.get("field"))
    words = {"kind": _kind(rule), "field": word(field), "n": days}
    if not days:
        return _("On the day that %(kind)s has as %(field)s") % words
    one, more = _("%(n)d day before %(field)s of %(kind)s"), _("%(n)d days before %(field)s of %(kind)s")
    return (one if days == 1 else more) % words


def _done(rule: Rule) -> str:
    type_id, outcome = rule.details.get("type_id"), rule.details.get("outcome")
    found = ActivityType.objects.filter(pk=type_id).first() if type_id else None
    what = _("the activity “%(what)s”") % {"what": found or GONE} if type_id else _("an activity")
    words = {"kind": _kind(rule), "what": what, "outcome": outcome}
    if outcome:
        return _("When %(what)s of %(kind)s is done with the outcome “%(outcome)s”") % words
    return _("When %(what)s of %(kind)s is done") % words


TELL: Mapping[str, Callable[[Rule], str]] = {
    When.ENTERED: _entered,
    When.CHANGED: _changed,
    When.IDLE: _idle,
    When.NEAR: _near,
    When.DONE: _done,
}
