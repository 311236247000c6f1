"""What activities add to filters: the next one of a record, and which of themselves are done."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.activities.being_due import DAY, due_between, due_by, overdue
from leadline.activities.models import Activity, Attendance, Work
from leadline.activities.zones import zone_of
from leadline.crm.filtering import Asker, Derived, Meaning
from leadline.crm.filtering.days import NAMED, Span, span, told
from leadline.crm.filtering.derived import yes_no
from leadline.crm.filtering.kinds import ME, yes_or_no
from leadline.crm.filtering.meaning import NONE, Reading, Unreadable
from leadline.crm.models import Person
from leadline.crm.models.finding import ListHolds
from leadline.history.numbers import number_of

PLANNED, OVERDUE = "planned", "overdue"
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
            late = planned.filter(overdue(asker.now, zone_of(asker.user)))
            return Meaning(Q(Exists(late)), text, lambda write: _("overdue"))
        (first, last), plain, zone = _days(text, asker)
        condition = Q(Exists(planned.filter(due_between(first, last, zone), due_at__isnull=False)))
        if first is not None:  # the earliest of them: none before
            condition &= Q(~Exists(planned.filter(due_by(first - DAY, zone))))
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
    """For who asks: a day alone is over when theirs is."""
    late = overdue(asker.now, zone_of(asker.user))
    return yes_or_no(text, Q(done_at__isnull=True, due_at__isnull=False) & late)


def due(text: str, asker: Asker) -> Meaning:
    """`due_at` of activities in days: of who asks, and a day alone is that day wherever they are."""
    (first, last), plain, zone = _days(text, asker)
    return Meaning(due_between(first, last, zone), plain, lambda write: told(plain, write))


def _days(text: str, asker: Asker) -> tuple[Span, str, ZoneInfo]:
    zone = zone_of(asker.user)
    return *span(text, asker.now.astimezone(zone).date()), zone


NEXT = {
    kind: Derived("next_activity", gettext_lazy("Next activity"), next_of(kind), _choices, days=True) for kind in ON
}


def _repeating(text: str, asker: Asker) -> Meaning:
    return yes_or_no(text, ~Q(repeats=""), Q(repeats=""))


def _taking_part(text: str, asker: Asker) -> Meaning:
    """`me`, or the numbers of colleagues: who owns it or takes part."""
    written = _parts(text)
    people = {str(user.pk): user for user in asker.linked.table("user")} | {ME: asker.user}
    if unknown := next((part for part in written if part not in people), None):
        raise Unreadable(_("%(text)s is not the number of anybody here.") % {"text": unknown[:60]})
    ids = [people[part].pk for part in written]
    attended = Attendance.objects.filter(user__in=ids).order_by().values("activity")
    names = [_("me") if part == ME else str(people[part]) for part in written]
    return Meaning(Q(owner__in=ids) | Q(pk__in=attended), ",".join(written), lambda write: ", ".join(names))


def _work(text: str, asker: Asker) -> Meaning:
    """Kinds of work, by the type; `none` is that of types which say none."""
    written, words = _parts(text), dict(_works(asker))
    if unknown := next((part for part in written if part not in words), None):
        raise Unreadable(_("There is no choice %(text)s.") % {"text": unknown[:60]})
    kinds = ["" if part == NONE else part for part in written]
    types = [row.pk for row in asker.linked.table("activity_type") if row.work in kinds]
    return Meaning(Q(type__in=types), ",".join(written), lambda write: ", ".join(words[part] for part in written))


def _with(text: str, asker: Asker) -> Meaning:
    """The number of a contact who takes part, as far as the asker sees them."""
    number = number_of(text)
    person = Person.objects.visible_to(asker.user).filter(pk=number).first() if number is not None else None
    if person is None:
        raise Unreadable(_("%(text)s is not the number of anything.") % {"text": text[:60]})
    condition = Q(person=person) | Q(ListHolds("participant_ids", person.pk))
    return Meaning(condition, str(person.pk), lambda write: str(person))


def _parts(text: str) -> list[str]:
    written = list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not written:
        raise Unreadable(_("Choose at least one."))
    return written


def _people(asker: Asker) -> list[tuple[str, str]]:
    return [(ME, _("me")), *((str(user.pk), str(user)) for user in asker.linked.table("user") if user.may_own)]


def _works(asker: Asker) -> list[tuple[str, str]]:
    return [*((value, str(word)) for value, word in Work.choices), (NONE, _("no kind of work"))]


OWN = (
    Derived("done", gettext_lazy("Done"), _done, yes_no),
    Derived("overdue", gettext_lazy("Overdue"), _overdue, yes_no),
    Derived("repeating", gettext_lazy("Repeating"), _repeating, yes_no),
    Derived("taking_part", gettext_lazy("Taking part"), _taking_part, _people, several=True),
    Derived("work", gettext_lazy("Kind of work"), _work, _works, several=True),
    Derived("with", gettext_lazy("With the contact"), _with, hidden=True),
)
