"""Everything that the page of the inbox draws."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from leadline.accounts.models import Role
from leadline.crm.models import Campaign, LeadStage, Source
from leadline.web.inbox.asked import DEEPEST, EACH, HEATS, TABS, Asked, count
from leadline.web.inbox.deeds import DEEDS
from leadline.web.inbox.rows import Row, rows_of

PART = "inbox/_inbox.html"


def surroundings(ask: Asked) -> dict[str, Any]:
    """Tabs and states with how many there are, what can be chosen, and the rows of the page under their heat."""
    found = ask.hottest()
    rows = rows_of(found[:EACH], ask.user)
    sources = list(Source.objects.kept())
    return {
        "ask": ask,
        "tabs_of": list(_tabs(ask)),
        "states": list(_states(ask)),
        "sources": sources,
        "campaigns": list(Campaign.objects.kept()),
        "clocks": HEATS,
        "groups": _groups(ask, rows),
        "more": len(found) > EACH and ask.page < DEEPEST,
        "deeds": DEEDS.values(),
        "acts": ask.user.role != Role.READER,
    }


def _groups(ask: Asked, rows: list[Row]) -> list[tuple[Any, list[Row]]]:
    """The rows under what they wait for."""
    if ask.tab == "handed" and ask.heat is None:
        return [(_("Wait for your answer"), rows)] if rows else []
    return [(HEATS[heat], list(some)) for heat, some in groupby(rows, key=_heat)]


def _heat(row: Row) -> str:
    return row.heat


def _tabs(ask: Asked) -> Iterator[dict[str, Any]]:
    for name, word in TABS.items():
        if name == "team" and ask.user.team_id is None:
            continue
        n = count(ask.in_tab(name))
        yield {"word": word, "n": n, "href": ask.address(tab=name, state=""), "here": name == ask.tab}


def _states(ask: Asked) -> Iterator[dict[str, Any]]:
    for stage in LeadStage:
        here = ask.state == stage
        yield {
            "word": stage.label,
            "n": count(ask.in_state(stage)),
            "href": ask.address(state="" if here else str(stage)),
            "here": here,
        }
