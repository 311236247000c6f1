"""What one could do when everything is done."""

from __future__ import annotations

from django.utils.translation import gettext as _

from leadline.web.frame.navigation import address
from leadline.web.today.day import Day


def next_things(day: Day) -> list[tuple[str, str]]:
    """Addresses and words: the ten, the ideas, the deals on which nothing is planned; as far as there are such."""
    offered = [
        (address("ten"), _("Write to ten people")),
        (address("ideas"), _("Look for ideas")),
        (f"{address('today')}#unplanned" if day.unplanned else "", _("Plan what is next on your deals")),
    ]
    return [(href, word) for href, word in offered if href]
