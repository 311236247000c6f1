"""What the first page needs and takes seconds to load, loaded while nobody waits."""

from __future__ import annotations

import threading

from django.db import connections
from django.template.loader import get_template

from leadline.crm.searching import following
from leadline.insights import ask

PAGES = ("insights/page.html", "insights/_panel.html", "insights/records.html", "account/login.html")


def in_background() -> None:
    """Starts it and returns at once. The server answers meanwhile; what it needs first, it loads itself."""
    threading.Thread(target=warm, name="warming", daemon=True).start()
    following.in_background()  # the search's index: what was imported while nobody served


def warm() -> None:
    """How days are read, templates, the warehouse up to the end of the log, Ibis' compiled questions."""
    try:
        import dateparser  # noqa: PLC0415 - half a second: who types the first day in a line does not wait for it

        dateparser.parse("next tue", languages=["en"])
        for page in PAGES:
            get_template(page)
        ask.report("stage_conversion", by=("stage",))
        for metric in ("win_rate", "booked_revenue", "deal_size", "time_to_close", "open_value"):
            ask.report(metric)
        ask.report("time_in_stage", by=("stage",))
        ask.report("win_rate", by=("owner",))
    finally:
        connections.close_all()
