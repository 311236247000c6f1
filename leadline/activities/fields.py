"""What an activity has, and what activities tell of a deal."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from leadline.accounts.models import User
from leadline.activities import recurring
from leadline.activities.models import Activity, Attendance, CountsAs, Priority, Work
from leadline.crm.fields.making import Making
from leadline.crm.models import Person


def told_rules(ids: Collection[int]) -> dict[int, str]:
    """How each comes again, in words."""
    rules = Activity.objects.filter(pk__in=ids).exclude(repeats="").order_by().values_list("pk", "repeats")
    return {pk: recurring.said(rule) for pk, rule in rules}


def colleagues(ids: Collection[int]) -> dict[int, str]:
    """The names of the colleagues who take part in each."""
    rows = Attendance.objects.filter(activity__in=ids).order_by("user__name", "pk")
    return _listed(rows.values_list("activity_id", "user__name"))


def participants(ids: Collection[int], user: User) -> dict[int, str]:
    """The names of the contacts who take part in each, as far as they are seen."""
    rows = Activity.objects.filter(pk__in=ids).exclude(participant_ids=[]).order_by()
    lists = dict(rows.values_list("pk", "participant_ids"))
    wanted = {pk for some in lists.values() for pk in some}
    people = Person.objects.visible_to(user).kept().filter(pk__in=wanted).order_by()
    names = dict(people.values_list("pk", "name"))
    return _listed((pk, names[one]) for pk, some in lists.items() for one in some if one in names)


def works(ids: Collection[int]) -> dict[int, str]:
    """What kind of work each is: that of its type."""
    rows = Activity.objects.filter(pk__in=ids).exclude(type__work="").order_by().values_list("pk", "type__work")
    return {pk: str(Work(work).label) for pk, work in rows}


def _listed(pairs: Iterable[tuple[int, str]]) -> dict[int, str]:
    found: dict[int, list[str]] = defaultdict(list)
    for pk, name in pairs:
        found[pk].append(name)
    return {pk: ", ".join(names) for pk, names in found.items()}


of = Making("activity")
TOLD: dict[str, Any] = {"editable": False, "sortable": False, "filterable": False, "column": ""}
FIELDS = (
    of.link("type", _("Type"), to="activity_type", required=True, column="type__name"),
    of.text("subject", _("Subject")),
    of.moment("due_at", _("Due"), editable=True),
    of.day("due_on", _("Due on the day")),
    of.choice("priority", _("Priority"), Priority.choices, required=True),
    of.moment("done_at", _("Done")),
    of.link("owner", _("Owner"), to="user", column="owner__name"),
    of.link("deal", _("Deal"), column="deal__title"),
    of.link("lead", _("Lead"), column="lead__title"),
    of.link("person", _("Contact"), column="person__name"),
    of.link("organization", _("Organization"), column="organization__name"),
    of.text("participants", _("Participants"), loads_for=participants, attname="participant_ids", **TOLD),
    of.text("colleagues", _("Colleagues"), load=colleagues, attname="colleague_ids", **TOLD),
    of.text("place", _("Place")),
    of.number("minutes", _("Minutes")),
    of.text("outcome", _("Outcome")),
    of.choice("counts_as", _("Counts as"), CountsAs.choices, editable=False),
    of.text("work", _("Kind of work"), load=works, attname="type_id", **TOLD),
    of.text("repeats", _("Repeats"), load=told_rules, **TOLD),
    of.long("note", _("Note")),
    of.moment("created_at", _("Created")),
)


def next_due(deal_ids: Collection[int]) -> dict[int, dt.datetime]:
    """When the next planned activity of each deal is due; deals without a dated one are left out."""
    planned = Activity.objects.kept().filter(deal__in=deal_ids, done_at=None, due_at__isnull=False).order_by()
    return dict(planned.values_list("deal_id").annotate(due=Min("due_at")))


ON_DEALS = (
    Making("deal").moment("next_activity", _("Next activity"), load=next_due, sortable=False, attname="pk", column=""),
)
