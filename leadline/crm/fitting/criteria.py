"""The criteria as the database can be asked: who meets one, and of whom it is not known."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from leadline.crm import conditions, filtering
from leadline.crm.fields import Field, FieldKind, fields_of
from leadline.crm.filtering import TERRITORY, Asker, Filter
from leadline.crm.filtering.columns import empty
from leadline.crm.filtering.meaning import ANY, NONE
from leadline.crm.models import FitCriterion, FitOf
from leadline.crm.models.fit import SAID
from leadline.history.registry import model_of
from leadline.history.statements import Statement

KEPT = 20.0  # seconds for which criteria that were read are used again
APPLY = {"lead": ("organization", "person", "lead"), "deal": ("organization", "person", "deal")}
_kept = Statement(lambda: FitCriterion.objects.kept().order_by("position", "pk"))
_known: dict[object, tuple[float, list[Criterion]]] = {}


@dataclass(frozen=True, eq=False)
class Criterion:
    """`met` holds for those who meet it; `open` also for those of whom too little is known to say that they do not."""

    row: FitCriterion
    filter: Filter
    met: Q
    open: Q

    @property
    def of(self) -> str:
        return self.row.of

    @property
    def weight(self) -> int:
        return self.row.weight

    @property
    def speaks_of_days(self) -> bool:
        """Whether it may be met tomorrow by who does not meet it today."""
        fields = fields_of(self.of)
        return any(c.name in fields and fields[c.name].kind == FieldKind.DAY for c in self.filter.conditions)


def criteria(kind: str = "") -> list[Criterion]:
    """Those that can be understood, of a kind of record or of all, in their order."""
    found = _read_all()
    return [one for one in found if not kind or one.of in APPLY.get(kind, (kind,))]


def _read_all() -> list[Criterion]:
    """What is kept now; reading it again and again costs more than asking whether it is still the same."""
    rows = _kept.records()
    asking, now = conditions.asker(), time.monotonic()
    key = (asking.today, tuple((row.pk, row.name, row.of, row.query, row.weight) for row in rows))
    at, found = _known.get(key, (0.0, []))
    if key not in _known or now - at > KEPT:
        found = readable(rows, asking.now)
        _known.clear()
        if not any("own_" in row.query for row in rows):  # own fields may go while the criteria stay
            _known[key] = (now, found)
    return found


def readable(rows: Iterable[FitCriterion], now: dt.datetime | None = None) -> list[Criterion]:
    """Without those that cannot be understood any more: their field is gone."""
    found = []
    for row in rows:
        try:
            found.append(understood(row, now))
        except ValidationError:
            continue
    return found


def understood(row: FitCriterion, now: dt.datetime | None = None) -> Criterion:
    """Raises ValidationError, with the mend."""
    read_ = read(row.of, row.query, now)
    met = open_ = Q()
    fields, model = fields_of(row.of), model_of(row.of)
    for condition in read_.conditions:
        holds = condition.meaning.q
        met &= holds
        if condition.text in (NONE, ANY):  # asks itself whether something is known
            open_ &= holds
        else:
            field = fields.get(condition.name)
            open_ &= holds | (Q(organization=None) if field is None else empty(field, model))
    return Criterion(row, read_, met, open_)


def read(of: str, query: str, now: dt.datetime | None = None) -> Filter:
    """The condition of a criterion. Raises ValidationError where it asks nothing, or what says nothing of a client."""
    if of not in FitOf.values:
        raise ValidationError({"of": _("Choose what it looks at.")})
    found = conditions.read(of, query, now)
    allowed = asked_of(of)
    problems = [
        _("%(word)s says nothing of how well a client fits.") % {"word": condition.word}
        for condition in found.conditions
        if condition.name not in allowed
    ]
    if not found.conditions:
        problems = [_("Add a condition: who meets it earns the weight.")]
    if problems:
        raise ValidationError({"query": problems})
    return found


def asked_of(of: str) -> frozenset[str]:
    """The names of what criteria may ask of a kind."""
    names = {field.name for field in fields_of(of).values() if _tells(of, field)}
    territory = {TERRITORY.name} if of in ("lead", "deal") else set()
    return frozenset((names | territory) & filtering.askable(of).keys())


def _tells(of: str, field: Field) -> bool:
    return field.custom is not None or (field.attname in SAID[of])


def words(criterion: FitCriterion, asking: Asker) -> list[str]:
    """Its conditions as this reader may read them: what they may not see has no name."""
    return filtering.read(criterion.of, criterion.query, asking.user, asking).words()


def weights(asked: Collection[Criterion]) -> list[int]:
    return [one.weight for one in asked]


def weighed(weights: Sequence[int], met: Sequence[bool | None]) -> int | None:
    """The fit of who meets (None: not known) criteria of these weights; None where nothing can be said."""
    most = sum(weight for weight in weights if weight > 0)
    if not most or all(one is None for one in met):
        return None
    earned = sum(weight for weight, one in zip(weights, met, strict=True) if one)
    return max(0, min(100, int(100 * earned / most + 0.5)))
