"""Adding an activity, or several at once: a checklist."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.activities.models import Activity, ActivityType
from leadline.crm import conditions
from leadline.crm.working_time import company_days
from leadline.history.numbers import number_of
from leadline.rules.acts import whom
from leadline.rules.acts.act import Act, Doing, Given

LATEST = 730  # days ahead
MOST = 20  # activities of a checklist


def _cleaned(given: Given) -> dict[str, Any]:
    number = number_of(given.get("type_id", ""))
    kept = ActivityType.objects.kept().filter(pk=number).first() if number is not None else None
    if kept is None:
        raise ValidationError({"acts": _("Choose what kind of activity it is.")})
    days = number_of(given.get("in_days", 0))
    if days is None or days > LATEST:
        raise ValidationError({"acts": _("Choose 0 to %(most)d days.") % {"most": LATEST}})
    subject = " ".join(str(given.get("subject", "")).split())
    if len(subject) > 255:
        raise ValidationError({"acts": _("Write a subject of at most 255 characters.")})
    return {"type_id": kept.pk, "subject": subject, "in_days": days}


def _whose(given: Given) -> Any:
    return whom.OWNER if given.get("whose", whom.OWNER) == whom.OWNER else whom.known(given["whose"]).pk


def _clean_one(kind: str, given: Given) -> dict[str, Any]:
    return {**_cleaned(given), "whose": _whose(given)}


def _clean_several(kind: str, given: Given) -> dict[str, Any]:
    items = [_cleaned(item) for item in given.get("items", ()) if str(item.get("subject", "")).strip()]
    if not 1 <= len(items) <= MOST:
        raise ValidationError({"acts": _("Write 1 to %(most)d lines.") % {"most": MOST}})
    return {"items": items, "whose": _whose(given)}


def _add(doing: Doing, given: Given) -> int:
    """One of them; the day is counted in the company's working days."""
    if not ActivityType.objects.kept().filter(pk=given["type_id"]).exists():
        raise ValidationError({"acts": _("This kind of activity is deleted. Choose another one in the rule.")})
    days, today = company_days(), conditions.asker().today
    due_on = days.day_after(today, given["in_days"]) if given["in_days"] else days.from_day(today)
    record, contact = doing.record, {}
    if doing.kind in ("deal", "lead"):
        contact = {"person_id": record.person_id, "organization_id": record.organization_id}
    owner = whom.whose(doing.given["whose"], record)
    activity = Activity(
        type_id=given["type_id"],
        subject=given["subject"],
        owner=owner,
        due_on=due_on,
        **{doing.kind: record},
        **contact,
    )
    return int(activity.add(by=doing.by).pk)


def _do_one(doing: Doing) -> dict[str, Any]:
    return {"ids": [_add(doing, doing.given)]}


def _do_several(doing: Doing) -> dict[str, Any]:
    return {"ids": [_add(doing, item) for item in doing.given["items"]]}


ACTIVITY = Act("activity", gettext_lazy("Add an activity"), _clean_one, _do_one)
CHECKLIST = Act("checklist", gettext_lazy("Start a checklist"), _clean_several, _do_several)
