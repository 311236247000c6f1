"""How long a lead has waited for its answer, and until when it should have one (R39).

A source says within how many minutes its leads are answered, and after how many whoever leads hears of it. Minutes are
those of work: the company's days and hours, by the clocks of the lead's owner, or of the company where nobody has it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leadline.accounts.models import User
from leadline.crm.models import Lead, LeadStatus, Source
from leadline.crm.wall_clock import zone_of
from leadline.crm.working_minutes import WorkingTime
from leadline.crm.working_time import company_time


@dataclass(frozen=True)
class Clock:
    """One lead's clock at a moment.

    `since`: its owner has it since then, or it is there since then where nobody has; None: not known. `runs`: it is
    open and nobody has answered. `waited`: working time until the answer, the close, or the moment. `due_at` and
    `escalate_at` are None where its source promises nothing.
    """

    since: dt.datetime | None
    due_at: dt.datetime | None
    answered_at: dt.datetime | None
    late: bool
    runs: bool = False
    waited: dt.timedelta | None = None
    left: dt.timedelta | None = None
    escalate_at: dt.datetime | None = None

    @property
    def late_by(self) -> dt.timedelta | None:
        """Working time by which it was missed."""
        return -self.left if self.late and self.left is not None else None


def clock(lead: Lead, now: dt.datetime) -> Clock:
    """The clock of one lead; a list of them asks `clocks`."""
    return clocks([lead], now)[lead.pk]


def clocks(leads: Iterable[Lead], now: dt.datetime, time: WorkingTime | None = None) -> dict[int, Clock]:
    """The clocks of leads by id, in four short questions however many there are."""
    wanted = list(leads)
    time = time or company_time()
    promises = Source.objects.in_bulk({lead.source_id for lead in wanted if lead.source_id})
    owners = User.objects.only("pk", "time_zone").in_bulk({lead.owner_id for lead in wanted if lead.owner_id})
    return {lead.pk: _clock(lead, now, time, promises, owners.get(lead.owner_id)) for lead in wanted}


def waiting_since(lead: Lead) -> dt.datetime | None:
    """Since when somebody could have answered it."""
    since: dt.datetime | None = lead.owned_since or lead.created_at
    return since


def _clock(
    lead: Lead, now: dt.datetime, time: WorkingTime, promises: Mapping[int, Source], owner: User | None
) -> Clock:
    since, zone, source = waiting_since(lead), zone_of(owner), promises.get(lead.source_id or 0)
    if since is None:
        return Clock(None, None, lead.answered_at, late=False)
    runs = lead.status == LeadStatus.OPEN and lead.deleted_at is None and lead.answered_at is None
    until = lead.answered_at or (now if runs else min(lead.closed_at or now, now))
    waited = time.between(since, until, zone)
    within = source.answer_within if source else None
    after = source.escalate_after if source else None
    due_at = None if within is None else time.after(since, within, zone)
    left = None if within is None else dt.timedelta(minutes=within) - waited
    return Clock(
        since=since,
        due_at=due_at,
        answered_at=lead.answered_at,
        late=due_at is not None and (runs or lead.answered_at is not None) and until > due_at,
        runs=runs,
        waited=waited,
        left=left,
        escalate_at=None if after is None else time.after(since, after, zone),
    )
