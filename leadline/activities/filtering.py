"""What activities add to filters: the next one of a record, and which of themselves are done."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.activities.models import Activity
from leadline.crm.filtering import Asker, Derived, Meaning
from leadline.crm.filtering.days import NAMED, span, told
from leadline.crm.filtering.derived import yes_no
from leadline.crm.filtering.kinds import moments, yes_or_no
from leadline.crm.filtering.meaning import Reading

NONE, PLANNED, OVERDUE = "none", "planned", "overdue"
ON = ("deal", "lead", "person", "organization")
OFFERED = ("today", "tomorrow", "this-week", "next-week", "this-month")


def next_of(kind: str) -> Reading:
    """`next_activity`: none, planned, overdue, or the days in which the earliest planned one is due."""

    def read(text: str, asker: Asker) -> Meaning:
        planned = _planned(kind, asker)
        if text == NONE:
            return Meaning(Q(~Exists(planned)), text, lambda write: _("none planned"))
        if text == PLANNED:
            return Meaning(Q(Exists(planned)), text, lambda write: _("planned"))
        if text == OVERDUE:
            late = planned.filter(due_at__lt=asker.now)
            return Meaning(Q(Exists(late)), text, lambda write: _("overdue"))
        (first, last), plain = span(text, asker.today)
        condition = Q(Exists(planned.filter(moments("due_at", first, last, asker), due_at__isnull=False)))
        if first is not None:  # the earliest of them: none before
            condition &= Q(~Exists(planned.filter(~moments("due_at", first, None, asker), due_at__isnull=False)))
        return Meaning(condition, plain, lambda write: told(plain, write))

    return read


def _planned(kind: str, asker: Asker) -> Any:
    """Of what one may not see nothing is told; a deal's activities are seen with the deal."""
    rows = Activity.objects if kind == "deal" else Activity.objects.visible_to(asker.user)
    return rows.filter(**{kind: OuterRef("pk"), "done_at": None, "deleted_at": None})


def _choices(asker: Asker) -> list[tuple[str, str]]:
    kinds = [(OVERDUE, _("overdue")), (NONE, _("none planned")), (PLANNED, _("planned"))]
    return [*kinds, *((name, str(NAMED[name])) for name in OFFERED)]


def _done(text: str, asker: Asker) -> Meaning:
    return yes_or_no(text, Q(done_at__isnull=False), Q(done_at=None))


def _overdue(text: str, asker: Asker) -> Meaning:
    return yes_or_no(text, Q(done_at__isnull=True, due_at__isnull=False, due_at__lt=asker.now))


NEXT = {
    kind: Derived("next_activity", gettext_lazy("Next activity"), next_of(kind), _choices, days=True) for kind in ON
}
OWN = (
    Derived("done", gettext_lazy("Done"), _done, yes_no),
    Derived("overdue", gettext_lazy("Overdue"), _overdue, yes_no),
)
