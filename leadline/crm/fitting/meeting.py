"""Who meets which criteria: one question for each kind that criteria look at, whatever their number."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import Coalesce

from leadline.crm.fitting.criteria import Criterion
from leadline.history.registry import model_of

AT_ONCE = 500
MANY = 4000  # from so many on the whole table is read once rather than by its numbers
Met = list[bool | None]  # in the order of the criteria; None: not known


class About(NamedTuple):
    """A lead or deal, and whom it is about; the organization is the person's where the record names none."""

    pk: int
    organization: int | None
    person: int | None

    def subject(self, of: str) -> int | None:
        return self.organization if of == "organization" else self.person if of == "person" else self.pk


def about(rows: QuerySet[Any]) -> list[About]:
    """Of leads or deals."""
    firm = Coalesce("organization_id", "person__organization_id")
    return [About(*row) for row in rows.order_by().values_list("pk", firm, "person_id")]


def standings(asked: Sequence[Criterion], records: Collection[About]) -> list[Met]:
    """For each of the records, which criteria it meets. Trash makes no difference: a client stays who they are."""
    known: dict[str, dict[int, dict[int, bool | None]]] = {}
    for of in {one.of for one in asked}:
        places = [place for place, one in enumerate(asked) if one.of == of]
        known[of] = _looked_at(of, [(place, asked[place]) for place in places], {r.subject(of) for r in records})
    return [
        [known[one.of].get(subject, {}).get(place) if (subject := record.subject(one.of)) else None
         for place, one in enumerate(asked)]
        for record in records
    ]  # fmt: skip


def _looked_at(
    of: str, asked: Sequence[tuple[int, Criterion]], ids: Iterable[int | None]
) -> dict[int, dict[int, bool | None]]:
    """id -> place of a criterion -> whether it is met."""
    wanted = sorted(pk for pk in ids if pk is not None)
    flags = {
        f"met_{place}": Case(
            When(one.met, then=Value(1)),
            When(one.open, then=Value(None)),
            default=Value(0),
            output_field=IntegerField(),
        )
        for place, one in asked
    }
    rows = model_of(of)._base_manager.order_by().annotate(**flags).values_list("pk", *flags)
    found: dict[int, dict[int, bool | None]] = {}
    for some in _portions(rows, wanted):
        for pk, *values in some:
            found[pk] = {
                place: None if value is None else bool(value)
                for (place, _one), value in zip(asked, values, strict=True)
            }
    return found


def _portions(rows: QuerySet[Any], wanted: Sequence[int]) -> Iterable[Iterable[tuple[Any, ...]]]:
    if len(wanted) > MANY:
        yield rows.iterator(chunk_size=5000)
        return
    for start in range(0, len(wanted), AT_ONCE):
        yield rows.filter(pk__in=wanted[start : start + AT_ONCE])
