"""What the page shows: the day's list, notes that may still be answered, and what it all comes to."""

from __future__ import annotations

from typing import Any

from babel import dates

from leadline.activities.models import Habits, TenEntry
from leadline.activities.ten import list_of, openings
from leadline.activities.ten.listing import kept
from leadline.activities.ten.rates import TIME, notes_of
from leadline.web.frame.reader import reader
from leadline.web.ten.cards import Card, cards_of
from leadline.web.ten.measuring import figures
from leadline.web.ten.words import usual_opening
from leadline.web.today.day import Day
from leadline.web.today.whose import led_by

PART = "ten/_ten.html"
EARLIER = 40  # earlier notes shown; the rest is a page of its own


def surroundings(day: Day, *, make: bool = False) -> dict[str, Any]:
    """Everything that the page draws."""
    if day.may_act:
        openings.begin(day.person)
    entries = list_of(day.person, day.date) if make and day.may_act else kept(day.person, day.date)
    there = [entry for entry in entries if entry.skipped_at is None]
    cards = cards_of(there, day, usual_opening(day.person))
    earlier, more = earlier_notes(day)
    written = sum(entry.written_at is not None for entry in there)
    return {
        "day": day,
        "of": "" if day.own else f"?of={day.person.pk}",
        "led": led_by(day.viewer),
        "date": dates.format_skeleton("MMMMEEEEd", day.date, locale=reader().locale),
        "cards": cards,
        "first": next((card for card in cards if not card.entry.written_at), None),
        "written": written,
        "left": len(there) - written,
        "skipped": len(entries) - len(there),
        "room": Habits.of(day.person).ten_size > len(there),
        "earlier": earlier,
        "more_earlier": more,
        **figures(day),
    }


def earlier_notes(day: Day) -> tuple[list[Card], bool]:
    """Notes of the last 14 days that may still be answered; and whether there are more of them."""
    rows = notes_of(day.person).filter(written_at__gte=day.now - TIME, on_date__lt=day.date)
    rows = rows.exclude(answer__in=["conversation", "wrong"]).select_related("person__organization", "lead", "opening")
    entries: list[TenEntry] = list(rows[: EARLIER + 1])
    return cards_of(entries[:EARLIER], day, None), len(entries) > EARLIER
