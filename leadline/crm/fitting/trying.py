"""What criteria would come to: the fits of what is open and of what was closed of late, and nothing is kept."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from leadline.accounts.models import User
from leadline.accounts.permissions import seen_by
from leadline.crm.fields.hiding import hidden_among
from leadline.crm.fitting.criteria import Criterion, readable, weighed, weights
from leadline.crm.fitting.explaining import tells_of
from leadline.crm.fitting.meeting import AT_ONCE, About, Met, about, standings
from leadline.crm.models import Deal, FitCriterion, Lead, LeadStatus, Status

LATELY = dt.timedelta(days=365)
GROUPS = ("leads", "deals", "won", "lost")  # open leads, open deals, won and lost lately


@dataclass(frozen=True)
class Counted:
    """Of one criterion in one group: who meets it, who does not, and of whom it is not known."""

    met: int
    unmet: int
    unknown: int


@dataclass(frozen=True)
class Trial:
    """`fits` of each group: fit (None: not known) -> how many. `by_criterion`: in each group to which it applies."""

    fits: Mapping[str, Counter[int | None]]
    by_criterion: Mapping[Criterion, Mapping[str, Counted]]


def try_out(rows: Iterable[FitCriterion], user: User, now: dt.datetime | None = None) -> Trial:
    """By these criteria, saved or not, of what this person sees. What cannot be understood is left out."""
    asked, now = readable(rows, now), now or timezone.now()
    fits: dict[str, Counter[int | None]] = {group: Counter() for group in GROUPS}
    by_criterion: dict[Criterion, dict[str, Counted]] = {one: {} for one in asked}
    for kind, groups in (("lead", _leads(user)), ("deal", _deals(user, now))):
        apply = [one for one in asked if one.of in (kind, "organization", "person")]
        records = [record for some in groups.values() for record in some]
        met = _standings(apply, records, user)  # once for all of a kind: its tables are long
        for group, some in groups.items():
            mine, met = met[: len(some)], met[len(some) :]
            fits[group] = Counter(weighed(weights(apply), stands) for stands in mine)
            for place, one in enumerate(apply):
                by_criterion[one][group] = _counted(place, mine)
    return Trial(fits, by_criterion)


def _standings(asked: Sequence[Criterion], records: Sequence[About], user: User) -> list[Met]:
    """What a criterion says of an organization or a person that the user may not see is not known."""
    if not asked:
        return [[] for _ in records]
    hidden = {kind: _hidden(user, kind, records) for kind in ("organization", "person")}
    met = standings(asked, records)
    return [_discreet(asked, stands, record, hidden) for stands, record in zip(met, records, strict=True)]


def _discreet(asked: Sequence[Criterion], met: Met, record: About, hidden: Mapping[str, set[int]]) -> Met:
    hides = frozenset(kind for kind, ids in hidden.items() if record.subject(kind) in ids)
    return [None if tells_of(one, hides) else m for one, m in zip(asked, met, strict=True)] if hides else met


def _hidden(user: User, kind: str, records: Sequence[About]) -> set[int]:
    if not seen_by(user, kind):  # everything is open
        return set()
    ids = sorted({pk for record in records if (pk := record.subject(kind)) is not None})
    some = (hidden_among(user, kind, ids[at : at + AT_ONCE]) for at in range(0, len(ids), AT_ONCE))
    return {pk for each in some for pk in each}


def _counted(place: int, met: Sequence[Met]) -> Counted:
    counts = Counter(stands[place] for stands in met)
    return Counted(counts[True], counts[False], counts[None])


def _leads(user: User) -> dict[str, list[About]]:
    return {"leads": about(Lead.objects.visible_to(user).kept().filter(status=LeadStatus.OPEN))}


def _deals(user: User, now: dt.datetime) -> dict[str, list[About]]:
    seen = Deal.objects.visible_to(user)
    lately = seen.kept().filter(closed_at__gte=now - LATELY)
    return {
        "deals": about(seen.open()),
        "won": about(lately.filter(status=Status.WON)),
        "lost": about(lately.filter(status=Status.LOST)),
    }
