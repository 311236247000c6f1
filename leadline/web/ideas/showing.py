"""What the page shows: the ideas, how many there should be, and how many there were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leadline.activities.ideas import ideas_of, standing, trend, warning
from leadline.crm.models import Lead, Organization, Person
from leadline.history.numbers import number_of
from leadline.web.frame.formats import day as day_said
from leadline.web.ideas.adding import Held
from leadline.web.today.day import Day
from leadline.web.today.whose import led_by

PART = "ideas/_ideas.html"
EACH = 50
WIDE, HIGH, STEP = 480, 96, 40  # of the picture


@dataclass(frozen=True)
class Idea:
    """A lead with whom it is about, as far as the reader sees them."""

    lead: Lead
    person: Person | None
    place: Organization | None

    @property
    def mail(self) -> str:
        return self.person.first_email if self.person else ""

    @property
    def phone(self) -> str:
        phones = self.person.phones if self.person else []
        return next((str(item["value"]) for item in phones if item.get("primary")), "")


def surroundings(day: Day, asked: Mapping[str, Any], held: list[Held] | None = None) -> dict[str, Any]:
    """Everything that the page draws."""
    count, floor = standing(day.person)
    pages = max(-(-count // EACH), 1)
    at = min(max(number_of(str(asked.get("page", ""))) or 1, 1), pages)
    return {
        "day": day,
        "of": "" if day.own else f"?of={day.person.pk}",
        "led": led_by(day.viewer),
        "ideas": ideas_at(day, (at - 1) * EACH),
        "count": count,
        "floor": floor,
        "warning": warning(count, floor),
        "picture": picture(day, floor),
        "held": held or [],
        "page": at,
        "pages": pages,
    }


def ideas_at(day: Day, start: int) -> list[Idea]:
    """The latest first."""
    rows = ideas_of(day.person) & Lead.objects.visible_to(day.viewer)
    leads = list(rows.order_by("-pk")[start : start + EACH])
    people = Person.objects.visible_to(day.viewer).in_bulk([lead.person_id for lead in leads if lead.person_id])
    places = Organization.objects.visible_to(day.viewer)
    at = places.in_bulk([lead.organization_id for lead in leads if lead.organization_id])
    return [Idea(lead, people.get(lead.person_id), at.get(lead.organization_id)) for lead in leads]


def picture(day: Day, floor: int) -> dict[str, Any]:
    """Twelve bars and the line of the floor, in the units of the drawing."""
    weeks = trend(day.person, day.now)
    most = max([floor, 1, *(count for _at, count in weeks)])
    bars = [
        {
            "x": n * STEP + 6,
            "y": round(HIGH - count / most * HIGH, 1),
            "high": round(count / most * HIGH, 1),
            "count": count,
            "on": at,
            "low": count < floor,
        }
        for n, (at, count) in enumerate(weeks)
    ]
    said = _("%(first)s ideas on %(day)s, %(now)s now; the floor is %(floor)s")
    words = {"first": weeks[0][1], "day": day_said(weeks[0][0]), "now": weeks[-1][1], "floor": floor}
    return {
        "bars": bars,
        "floor": round(HIGH - floor / most * HIGH, 1),
        "wide": WIDE,
        "high": HIGH,
        "says": said % words,
    }
