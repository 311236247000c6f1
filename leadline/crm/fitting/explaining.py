"""Why a record has the fit that it has: each criterion, whether it is met, and what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from leadline.accounts.models import User
from leadline.crm.fields.hiding import hidden_among
from leadline.crm.fitting.criteria import Criterion, criteria, weighed, weights
from leadline.crm.fitting.meeting import About, Met, about, standings
from leadline.crm.models.fit import BEGUN, FitCriterion

ABOUT_CLIENT = frozenset({"organization", "person", "territory"})


@dataclass(frozen=True)
class Part:
    """`met` is None where too little is known. `hidden`: it says something of a record that this reader may not see."""

    criterion: FitCriterion
    met: bool | None
    hidden: bool = False

    @property
    def weight(self) -> int:
        return self.criterion.weight


def fit_of(record: Any) -> int | None:
    """Of a lead or deal as it is kept; of an organization or person by the criteria that look at them alone."""
    if record.ENTITY in BEGUN:
        fit: int | None = record.fit
        return fit
    asked, met, _record = _standing(record)
    return weighed(weights(asked), met)


def explained(record: Any, reader: User | None = None) -> list[Part]:
    """The criteria that apply, in their order. Without a reader nothing is hidden: show it to nobody."""
    asked, met, whom = _standing(record)
    hides = _hidden(whom, reader) if reader else frozenset()
    return [_part(one, stands, hides) for one, stands in zip(asked, met, strict=True)]


def _standing(record: Any) -> tuple[list[Criterion], Met, About]:
    asked = criteria(record.ENTITY)
    if record.ENTITY in BEGUN:
        (whom,) = about(type(record)._base_manager.filter(pk=record.pk)) if asked else [About(record.pk, None, None)]
    elif record.ENTITY == "organization":
        whom = About(0, record.pk, None)
    else:
        whom = About(0, None, record.pk)
    return asked, standings(asked, [whom])[0], whom


def _hidden(whom: About, reader: User) -> frozenset[str]:
    """Which of organization and person the reader may not see."""
    return frozenset(kind for kind in ("organization", "person") if hidden_among(reader, kind, [whom.subject(kind)]))


def _part(one: Criterion, met: bool | None, hides: frozenset[str]) -> Part:
    hidden = tells_of(one, hides)
    return Part(one.row, None if hidden else met, hidden)


def tells_of(one: Criterion, kinds: frozenset[str]) -> bool:
    """Whether it tells something of the organization or the person of a record, as `kinds` names them.

    A criterion of a deal may ask for its organization, or where that is.
    """
    named = {"organization" if c.name == "territory" else c.name for c in one.filter.conditions} & ABOUT_CLIENT
    return one.of in kinds or (one.of != "organization" and bool(named & kinds))
