"""Cards: what is shown of a deal in a column. Slim rows, not records: a board has hundreds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from leadline.accounts.models import Role, User
from leadline.accounts.permissions import owners_changed_by
from leadline.crm.fields import HIDDEN, field_of
from leadline.crm.fields.hiding import hidden_among
from leadline.crm.models import Label, Stage
from leadline.crm.models.deal_facts import IDLE_SINCE
from leadline.web.editing.drawing import edit_url
from leadline.web.frame.places import address_of
from leadline.web.pipeline.coming import Coming, coming
from leadline.web.pipeline.lanes import Lane, lane_key
from leadline.web.pipeline.sorting import Deals, Sort, place_of
from leadline.web.pipeline.wording import card_money, initials

DAY = dt.timedelta(days=1)

COLUMNS = (
    "pk",
    "title",
    "value",
    "currency",
    "value_base",
    "organization_id",
    "organization__name",
    "person_id",
    "person__name",
    "owner_id",
    "stage_id",
    "stage_entered_at",
    "expected_close_on",
    "label_ids",
    "fit",
    *(name for name in IDLE_SINCE if name != "stage_entered_at"),
    "sort_key",
    "lane",
)


@dataclass(slots=True)
class Card:
    """A card. `may` says whether its reader may change the deal.

    `days` is its age in the stage, `idle` the days since its last touch, `fit` how well it fits the ideal client, 0 to
    100; None where that is not known.
    """

    pk: int
    title: str
    value: Decimal | None
    currency: str
    value_base: Decimal | None
    party: str
    owner: str
    stage: Stage | None
    expected_close_on: dt.date | None
    labels: list[Label]
    days: int | None
    idle: int | None
    rotten: bool
    next: Coming | None
    place: str
    rank: float | None
    lane: str
    may: bool
    fit: int | None = None

    @property
    def address(self) -> str:
        """Of the deal's own page."""
        return address_of("deal", self.pk)

    @property
    def value_edited_at(self) -> str:
        return edit_url(field_of("deal", "value"), self.pk)

    @property
    def money(self) -> str:
        """The value, which must be known."""
        assert self.value is not None
        return card_money(self.value, self.currency)

    @property
    def face(self) -> str:
        """The owner's initials."""
        return initials(self.owner)


@dataclass(frozen=True)
class Names:
    """Names that cards show, by id; read once for all of them."""

    reader: User
    owners: dict[int, str]
    labels: dict[int, Label]
    stages: dict[int, Stage]

    @classmethod
    def read(cls, stages: Iterable[Stage], reader: User) -> Names:
        owners = dict(User.objects.order_by().values_list("pk", "name"))
        labels = {label.pk: label for label in Label.objects.kept().only("name", "colour")}
        return cls(reader, owners, labels, {stage.pk: stage for stage in stages})

    def may_change(self, owner_id: int | None) -> bool:
        """Whether the reader may change a deal of this owner; of one's own nothing is asked."""
        if self.reader.role == Role.READER:
            return False
        return owner_id == self.reader.pk or self._changes is None or owner_id in self._changes

    @cached_property
    def _changes(self) -> frozenset[int | None] | None:
        return owners_changed_by(self.reader, "deal")


def rows_of(deals: Deals, lanes: Sequence[Lane], sort: Sort) -> Deals:
    """The columns that cards are made of, in the order of a column."""
    rows: Deals = sort.ordered(deals).annotate(lane=lane_key(lanes)).values_list(*COLUMNS)
    return rows


def cards_of(rows: Sequence[tuple[Any, ...]], names: Names, sort: Sort, now: dt.datetime) -> list[Card]:
    """Cards of rows as `rows_of` reads them, with the next activity of each: one more query for all of them."""
    planned = coming([row[0] for row in rows], now)
    rows = without_hidden(rows, names.reader)
    return [card_of(row, names, planned, sort, now) for row in rows]


def without_hidden(rows: Sequence[tuple[Any, ...]], reader: User) -> Sequence[tuple[Any, ...]]:
    """The rows with HIDDEN for names that the reader may not see; nothing is asked where everything is open."""
    for kind in ("organization", "person"):
        link, name = COLUMNS.index(f"{kind}_id"), COLUMNS.index(f"{kind}__name")
        hidden = hidden_among(reader, kind, (row[link] for row in rows))
        if hidden:
            rows = [(*row[:name], str(HIDDEN), *row[name + 1 :]) if row[link] in hidden else row for row in rows]
    return rows


def card_of(row: tuple[Any, ...], names: Names, planned: dict[int, Coming], sort: Sort, now: dt.datetime) -> Card:
    """The card of one row of COLUMNS."""
    facts = dict(zip(COLUMNS, row, strict=True))
    stage = names.stages.get(facts["stage_id"])
    idle = _days(next((facts[name] for name in IDLE_SINCE if facts[name]), None), now)
    limit = stage.rot_days if stage else None
    return Card(
        pk=facts["pk"],
        title=facts["title"],
        value=facts["value"],
        currency=facts["currency"],
        value_base=facts["value_base"],
        party=facts["organization__name"] or facts["person__name"] or "",
        owner=names.owners.get(facts["owner_id"], ""),
        stage=stage,
        expected_close_on=facts["expected_close_on"],
        labels=[names.labels[pk] for pk in facts["label_ids"] if pk in names.labels],
        days=_whole(_days(facts["stage_entered_at"], now)),
        idle=_whole(idle),
        rotten=idle is not None and limit is not None and idle > limit,
        next=planned.get(facts["pk"]),
        place=place_of(facts["sort_key"], facts["pk"]),
        rank=sort.rank(facts["sort_key"]),
        lane=str(facts["lane"]),
        may=names.may_change(facts["owner_id"]),
        fit=facts["fit"],
    )


def _days(since: dt.datetime | None, now: dt.datetime) -> float | None:
    return (now - since) / DAY if since else None


def _whole(days: float | None) -> int | None:
    return None if days is None else max(0, int(days))
