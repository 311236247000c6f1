"""What each diagnosis has seen, written down; and what is known of a diagnosis' findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.accounts.permissions import owners_seen_by
from leadline.crm.models import KnownFinding
from leadline.crm.models.known_finding import SEEN, Standing
from leadline.history.cleaning import LARGEST
from leadline.history.models import Change
from leadline.history.writing import writing
from leadline.insights.kept.subject import Subject

if TYPE_CHECKING:
    from leadline.insights.findings import told


@dataclass(frozen=True)
class Seen:
    """How a finding stood on a day on which it was seen."""

    on: dt.date
    worth: Decimal | None
    worth_low: Decimal | None
    worth_high: Decimal | None


def note(findings: Iterable[told.ToldFinding], subject: Subject, user: User | None, on: dt.date) -> None:
    """Writes down how the findings of a diagnosis of now stand: of each once a day, and when one comes back."""
    with writing():
        known = {row.key: row for row in _of(subject, _whose(user))}
        for finding in findings:
            row, now = known.get(finding.key), standing(finding)
            if row is None:
                _new(finding, subject, user, on, now)
            elif row.last_seen_on < on or (row.dismissed_on and row.worse_than_dismissed(now)):
                row.see(now, on, by=SYSTEM)


def known(subject: Subject, user: User) -> dict[str, KnownFinding]:
    """What this reader knows of findings of this pipeline and team, by their keys."""
    rows = _of(subject, _whose(user)) & KnownFinding.objects.visible_to(user)
    return {row.key: row for row in rows.select_related("dismissed_by", "acted_by")}


def history(row: KnownFinding) -> list[Seen]:
    """Each day on which it was seen, the first one first."""
    found: dict[dt.date, Seen] = {}
    for change in Change.objects.filter(entity=row.ENTITY, record_id=row.pk).order_by("pk"):
        after = change.new
        worth = [Decimal(after[name]) if after.get(name) else None for name in ("worth", "worth_low", "worth_high")]
        on = dt.date.fromisoformat(after["last_seen_on"])
        found[on] = Seen(on, *worth)
    return [found[on] for on in sorted(found)]


def standing(finding: told.Told) -> Standing:
    """How it stands now, as its record keeps it."""
    worth, first = finding.worth, finding.facts[0] if finding.facts else None
    return Standing(
        _amount(worth.value) if worth else None,
        _amount(worth.low) if worth else None,
        _amount(worth.high) if worth else None,
        first.value if first else None,
        first.low if first else None,
        first.high if first else None,
        finding.certainty,
        finding.effect,
    )


def _new(finding: told.ToldFinding, subject: Subject, user: User | None, on: dt.date, now: Standing) -> None:
    values: dict[str, Any] = {name: getattr(now, name) for name in KnownFinding.STANDING}
    KnownFinding(
        key=finding.key,
        kind=finding.kind,
        place=finding.spot.ids,
        metric=finding.act.metric,
        owner=_whose(user),
        pipeline_id=subject.pipeline,
        team_id=subject.team,
        first_seen_on=on,
        last_seen_on=on,
        **values,
    ).add(by=SYSTEM)


def _of(subject: Subject, owner: User | None) -> QuerySet[KnownFinding]:
    rows: QuerySet[KnownFinding] = KnownFinding.objects.kept().filter(
        owner=owner, pipeline=subject.pipeline, team=subject.team
    )
    return rows


def _whose(user: User | None) -> User | None:
    """None for whoever sees all records: their findings are the company's."""
    if user is None or all(owners_seen_by(user, kind) is None for kind in SEEN):
        return None
    return user


def _amount(value: float | None) -> Decimal | None:
    """Money to the cent; no more than a column holds."""
    if value is None or value != value:
        return None
    most = float(LARGEST) - 1
    return Decimal(repr(max(-most, min(most, value)))).quantize(Decimal("0.01"))
