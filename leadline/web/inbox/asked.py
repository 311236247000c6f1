"""What is asked of the inbox: whose leads, in which state, from where, with which clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadline.accounts.models import User
from leadline.accounts.models.team import family
from leadline.crm.heat import Heat, Heats
from leadline.crm.models import HandOff, HandOffState, Lead, LeadStage, LeadStatus
from leadline.history.numbers import number_of

EACH = 40  # rows of a page
MOST = 999  # what a number beside a tab says at most
DEEPEST = 100  # pages: the list shows everything, this shows what comes first
TABS: dict[str, str | Promise] = {
    "mine": _("Mine"),
    "team": _("My team’s"),
    "nobody": _("Nobody’s"),
    "handed": _("Handed to me"),
    "returned": _("Came back to me"),
    "all": _("All"),
}
_OPEN: dict[str, Any] = {"lead__status": LeadStatus.OPEN, "lead__deleted_at": None}
HEATS: dict[str, str | Promise] = {
    Heat.LATE: _("Late"),
    Heat.DUE: _("To be answered"),
    Heat.UNANSWERED: _("Unanswered, nothing promised"),
    Heat.AT_WORK: _("Answered, being worked on"),
}


@dataclass(frozen=True)
class Asked:
    """One look into the inbox. What an address says that cannot be is left out."""

    user: User
    tab: str
    state: str
    source: int | None
    campaign: int | None
    heat: Heat | None
    page: int

    @cached_property
    def rows(self) -> Any:
        """The open leads of the tab from these places, in no order and in whatever state."""
        rows = self.in_tab(self.tab)
        if self.source is not None:
            rows = rows.filter(source=self.source or None)
        if self.campaign is not None:
            rows = rows.filter(campaign=self.campaign)
        return rows

    @cached_property
    def heats(self) -> Heats:
        return Heats(timezone.now())

    @property
    def narrowed(self) -> bool:
        return bool(self.state or self.heat) or self.source is not None or self.campaign is not None

    def in_tab(self, tab: str) -> Any:
        """All open leads of a tab that the reader may see."""
        user = self.user
        if tab == "handed":  # also what they see only because it was handed to them
            return Lead.objects.filter(pk__in=self._handed).order_by()
        if tab == "returned":
            return Lead.objects.visible_to(user).filter(pk__in=self._returned).order_by()
        rows = Lead.objects.visible_to(user).kept().filter(status=LeadStatus.OPEN).order_by()
        if tab == "mine":
            return rows.filter(owner=user)
        if tab == "team":
            return rows.filter(owner__in=User.objects.filter(team__in=family(user.team_id)))
        if tab == "nobody":
            return rows.filter(owner=None)
        return rows

    @cached_property
    def _handed(self) -> list[int]:
        """Open leads whose hand-off waits for the reader, read once: they are few, and a database knows no better."""
        waiting = HandOff.objects.waiting().filter(taker=self.user, **_OPEN)
        return list(waiting.order_by().values_list("lead", flat=True))

    @cached_property
    def _returned(self) -> list[int]:
        return list(_returned_to(self.user))

    def in_state(self, state: str) -> Any:
        return self.rows.filter(stage=state) if state else self.rows

    def hottest(self) -> list[tuple[int, Heat]]:
        """Ids of the page with their heat, and one more where there is a next page.

        What was handed to somebody comes by when they are to answer that.
        """
        if self.tab == "handed" and self.heat is None:
            mine = HandOff.objects.waiting().filter(taker=self.user, lead__in=self.in_state(self.state))
            ids = mine.order_by(F("due_at").asc(nulls_last=True), "pk").values_list("lead", flat=True)
            return [(pk, Heat.DUE) for pk in ids[(self.page - 1) * EACH : self.page * EACH + 1]]
        return self.heats.hottest(self.in_state(self.state), (self.page - 1) * EACH, EACH + 1, self.heat)

    def address(self, **other: Any) -> str:
        """Where another look is, beginning on its first page: "?tab=mine&state=mql"."""
        told = {
            "tab": self.tab,
            "state": self.state,
            "source": "" if self.source is None else self.source,
            "campaign": self.campaign,
            "clock": self.heat,
        } | other
        return f"?{urlencode({name: value for name, value in told.items() if value not in (None, '')})}"


def asked(user: User, given: Mapping[str, Any]) -> Asked:
    """Reads the address; `source=0` are leads that come from nowhere known."""
    tab = str(given.get("tab", ""))
    state, heat = str(given.get("state", "")), str(given.get("clock", ""))
    return Asked(
        user=user,
        tab=tab if tab in TABS else _usual(user),
        state=state if state in LeadStage.values else "",
        source=number_of(str(given.get("source", ""))),
        campaign=number_of(str(given.get("campaign", ""))),
        heat=Heat(heat) if heat in HEATS else None,
        page=min(max(number_of(str(given.get("page", ""))) or 1, 1), DEEPEST),
    )


def count(rows: Any) -> int:
    """How many there are, up to one more than MOST: nobody counts a hundred thousand leads for a tab."""
    found: int = rows.values("pk")[: MOST + 1].count()
    return found


def _usual(user: User) -> str:
    """One's own where there are any, else everybody's."""
    mine = Lead.objects.kept().filter(status=LeadStatus.OPEN, owner=user)
    return "mine" if mine.exists() else "all"


def _returned_to(user: User) -> Any:
    """Open leads whose last hand-off they gave, and got back."""
    later = (
        HandOff.objects.kept()
        .filter(lead=OuterRef("lead"))
        .filter(Q(handed_at__gt=OuterRef("handed_at")) | Q(handed_at=OuterRef("handed_at"), pk__gt=OuterRef("pk")))
    )
    back = HandOff.objects.kept().filter(giver=user, state=HandOffState.RETURNED).exclude(lead=None)
    found = back.filter(~Exists(later), **_OPEN).order_by()
    return found.values_list("lead", flat=True).distinct()
