"""Ideas (R34): leads at stage target, open, of mine, with whom nobody has been in touch yet; and their floor."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import ngettext

from leadline.accounts.models import User
from leadline.activities.models import Activity, Habits
from leadline.crm.models import Lead, LeadStage, LeadStatus


def ideas_of(user: User) -> QuerySet[Lead]:
    """Somebody's ideas. In touch is: something done on the lead, or with its person since there is the lead."""
    mine = Lead.objects.kept().filter(owner=user, status=LeadStatus.OPEN, stage=LeadStage.TARGET)
    return mine.exclude(contacted())


def contacted() -> Q:
    """The condition of leads with which somebody has been in touch."""
    done: Any = Activity.objects.kept().filter(done_at__isnull=False).order_by()
    with_person = done.filter(person=OuterRef("person_id"), done_at__gte=OuterRef("created_at"))
    return Q(Exists(done.filter(lead=OuterRef("pk")))) | Q(Exists(with_person))


def standing(user: User) -> tuple[int, int]:
    """How many ideas somebody has, and how many they want to have at least."""
    return ideas_of(user).count(), Habits.of(user).ideas_floor


def warning(count: int, floor: int) -> str:
    """What to say of it; "" where there are enough."""
    if count >= floor:
        return ""
    one, many = "%(count)s idea, under your floor of %(floor)s.", "%(count)s ideas, under your floor of %(floor)s."
    words = ngettext(one, many, count)
    return words % {"count": f"{count:,}", "floor": f"{floor:,}"}


def set_floor(user: User, floor: int) -> None:
    """Raises ValidationError for what is no number of ideas."""
    habits, _made = Habits.objects.get_or_create(user=user)
    habits.ideas_floor = floor
    habits.full_clean(exclude=["user"])
    habits.save(update_fields=["ideas_floor"])
