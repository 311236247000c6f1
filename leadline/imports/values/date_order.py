"""Whether 03/04/2026 is in March or April: decided by the whole column, never cell by cell.

A column gathers evidence (`Evidence`); `settle` decides for all date columns of one file: by the column
itself, else by the file's other date columns, else by logic (nothing is closed before it was created, nothing
has happened in the future). What is still open is a question for a person.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from itertools import product

from leadline.imports.faults import BadValue
from leadline.imports.values import dates


@dataclass
class Evidence:
    """What a column's cells say about the order of day, month and year."""

    cells: int = 0
    plain: int = 0
    split: Counter[str] = field(default_factory=Counter)
    offsets: Counter[str] = field(default_factory=Counter)

    def add(self, text: str) -> None:
        """Take one filled cell into account."""
        self.cells += 1
        if len(text) > 16 and text[-6] in "+-" and text[-3] == ":":
            self.offsets[text[-6:]] += 1
        if len(text) >= 10 and text[4] == "-" and text[7] == "-":
            self.plain += 1
            return
        for order in orders_of(text):
            self.split[order] += 1

    def offset(self) -> str:
        """The one offset ("+05:00") that most times of the column are written with, or ""."""
        if len(self.offsets) != 1:
            return ""
        ((offset, times),) = self.offsets.items()
        return offset if times > 0.5 * self.cells else ""

    def candidates(self) -> tuple[str, ...]:
        """The orders that fit nearly all cells; () where no cell depends on an order."""
        if not self.split:
            return ()
        best = max(self.split.values())
        return tuple(order for order in dates.ORDERS if self.split[order] >= best and best > 0)


@lru_cache(maxsize=65536)
def orders_of(text: str) -> tuple[str, ...]:
    """The orders in which `text` is a real date; () where its order does not matter or it is no date."""
    match = dates.NUMERIC.fullmatch(text)
    if match is None or len(match["a"]) >= 3:
        return ()
    last_is_year = len(match["c"]) >= 3
    fitting = []
    for order in ("dmy", "mdy") if last_is_year else dates.ORDERS:
        try:
            dates.assembled(match, *dates.placed(match, order), UTC)
        except BadValue:
            continue
        fitting.append(order)
    return tuple(fitting)


@dataclass(frozen=True)
class Decision:
    """The order of one column and how it was found: plain, column, file, logic, told, or open (a question)."""

    order: str
    how: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sample:
    """Date cells of one row, by column; `closed` tells whether the row's deal has ended."""

    cells: Mapping[str, str]
    closed: bool


def settle(
    columns: Mapping[str, Evidence],
    samples: Sequence[Sample],
    roles: Mapping[str, str],
    now: datetime | None = None,
) -> dict[str, Decision]:
    """A decision per column. `roles` gives start, end or past for the columns logic can use."""
    found: dict[str, Decision] = {}
    for name, evidence in columns.items():
        candidates = evidence.candidates()
        if len(candidates) < 2:
            found[name] = Decision(candidates[0] if candidates else "", "column" if candidates else "plain", candidates)
    by_file(columns, found)
    unsettled = [name for name in columns if name not in found]
    if unsettled:
        by_logic(columns, unsettled, found, samples, roles, now or datetime.now(UTC))
    return found


def by_file(columns: Mapping[str, Evidence], found: dict[str, Decision]) -> None:
    """Columns that cannot tell follow the ones that can, if those agree."""
    known = {decision.order for decision in found.values() if decision.how == "column"}
    if len(known) != 1:
        return
    (order,) = known
    for name, evidence in columns.items():
        if name not in found and order in evidence.candidates():
            found[name] = Decision(order, "file", evidence.candidates())


def by_logic(
    columns: Mapping[str, Evidence],
    unsettled: Sequence[str],
    found: dict[str, Decision],
    samples: Sequence[Sample],
    roles: Mapping[str, str],
    now: datetime,
) -> None:
    """One order for all unsettled columns: the one that breaks least of what must hold."""
    shared = [o for o in dates.ORDERS if all(o in columns[name].candidates() for name in unsettled)]
    known = {name: decision.order for name, decision in found.items()}
    broken = {o: violations(samples, {**known, **dict.fromkeys(unsettled, o)}, roles, now) for o in shared}
    ranked = sorted(shared, key=lambda order: broken[order])
    decided = len(ranked) > 1 and broken[ranked[0]] <= 0.2 * broken[ranked[1]] and broken[ranked[1]] > 0
    for name in unsettled:
        candidates = columns[name].candidates()
        found[name] = Decision(ranked[0], "logic", candidates) if decided else Decision("", "open", candidates)


def violations(samples: Sequence[Sample], orders: Mapping[str, str], roles: Mapping[str, str], now: datetime) -> int:
    """How often, under these orders, something ends before it starts or has already happened in the future."""
    broken = 0
    for sample in samples:
        times = {name: read(sample.cells.get(name, ""), order) for name, order in orders.items()}
        starts = [time for name, time in times.items() if time and roles.get(name) == "start"]
        ends = [time for name, time in times.items() if time and roles.get(name) == "end" and sample.closed]
        past = [time for name, time in times.items() if time and roles.get(name) == "past"]
        broken += sum(start > end for start, end in product(starts, ends))
        broken += sum(time > now for time in starts + ends + past)
    return broken


def read(text: str, order: str) -> datetime | None:
    """The time, or None where the cell is blank or no date."""
    if not text:
        return None
    try:
        return dates.moment(text, order, UTC).time
    except BadValue:
        return None
