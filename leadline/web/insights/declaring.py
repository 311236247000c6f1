"""What a page of Insights is made of. A page is declared, not drawn: the frame draws all of them in the same way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from leadline.insights.kept.asking import Kept
from leadline.web.insights.inquiry import Inquiry

Text = str | Promise
Row = dict[str, Any]

GROUPED = "grouped"  # as a panel's `by`: what the reader groups the page by
OTHERS_UNSEEN = gettext_lazy("You do not see the others' deals.")
CHOSEN = "chosen"  # in a panel's `shows`: the metric that the reader has chosen


@dataclass(frozen=True)
class Behind:
    """The records behind a number: of a part of a metric, or with metric "" those that the panel's `behind` names.

    `labels` say which row, instead of the row's own labels. `dated=False`: whatever the period.
    """

    metric: str = ""
    part: str = ""
    labels: Mapping[str, str | None] | None = None
    dated: bool = True


OWN = Behind()


@dataclass(frozen=True)
class Column:
    """A column of a table: the key of its number in the rows, its heading and its unit.

    `unit`: share, money, days, number, text, day, or any other word for what is counted (deals, leads …). `low` and
    `high` are the keys of its 90 % interval. A share with `successes` and `trials` is written "2 of 3" under 5 trials.
    """

    key: str
    title: Text
    unit: str = "number"
    low: str = ""
    high: str = ""
    successes: str = ""
    trials: str = ""
    opens: Behind | None = None
    help: Text = ""


@dataclass(frozen=True)
class Table:
    """What a panel shows: rows with the labels of `by` (None: not recorded) and the numbers of `columns`.

    A row may hold `opens`: {key of a column: Behind}, which goes before the column's own. `points` are the rows of the
    chart where they are others than the table's. `whole` is the number of all together, drawn as a line. `was` are the
    rows of the time that is compared with. `says` stands above the table, `nothing` in its place, where there are no
    rows, instead of the panel's. `more` is for a template of one's own.
    """

    columns: tuple[Column, ...]
    rows: list[Row]
    by: tuple[str, ...] = ()
    points: list[Row] | None = None
    whole: float | None = None
    was: list[Row] = field(default_factory=list)
    says: Text = ""
    nothing: Text = ""
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Held:
    """What each record behind a number holds of it: rows by id, with the columns that show them beside the record.

    The sum over the column with the key `total` is the number itself.
    """

    columns: tuple[Column, ...]
    rows: Mapping[int, Row]
    total: str


@dataclass(frozen=True)
class Shown:
    """A number of a metric in a table: "win_rate" for its value, "win_rate.n", "win_rate.pending" … for its columns."""

    name: str
    title: Text = ""
    help: Text = ""
    dated: bool = True

    @property
    def metric(self) -> str:
        return self.name.partition(".")[0]

    @property
    def column(self) -> str:
        return self.name.partition(".")[2] or "value"


@dataclass(frozen=True)
class Chart:
    """How a table is drawn.

    `kind`: bars, lines, stacked, shares, funnel, comparison, survival, waterfall or sparklines. `value` is the key of
    the column that is drawn ("": the first one with a number); `parts` are those of the columns that make up a stacked
    bar.
    """

    kind: str
    value: str = ""
    parts: tuple[str, ...] = ()
    help: Text = ""


@dataclass(frozen=True)
class Panel:
    """One question and its answer, as chart and table; it has an address of its own.

    Either `shows` names numbers of the catalogue, broken down `by` one or two dimensions (the second makes the chart's
    series), or `face` answers with a table. `metrics` are then those that are explained. `sort` is the key of a column,
    with "-" in front for descending. `limit` rows are shown at first, 0 for all; `first` of them in the table, and
    three on a phone, where the page would get too long. `behind` gives the ids of `rows` behind a number of one's own:
    of the key of a column and the labels of a row; or what each holds of it. `of_others`: it speaks of others or of the
    company, and is not for those who see nobody's deals but their own.
    `kept` finds the kept answer that the panel stands on (`ageing.kept_by`): while there is none the panel says so and
    looks again, and `face` is asked only when there is one.
    """

    name: str
    title: Text
    help: Text = ""
    shows: tuple[str | Shown, ...] = ()
    by: tuple[str, ...] | str = ()
    face: Callable[[Inquiry], Table] | None = None
    metrics: tuple[str, ...] = ()
    chart: Chart | None = None
    sort: str = ""
    limit: int = 20
    first: int = 0
    dated: bool = True
    where: Mapping[str, str | None] = field(default_factory=dict)
    template: str = "insights/_answer.html"
    behind: Callable[[Inquiry, str, Mapping[str, str | None]], list[int] | Held] | None = None
    rows: str = "deal"
    nothing: Text = ""
    of_others: bool = False
    kept: Callable[[Inquiry], Kept[Any]] | None = None


@dataclass(frozen=True)
class Figure:
    """A number of the headline: of the catalogue ("win_rate", "win_rate.numerator"), or a row that `face` answers with.

    `rests` says what it rests on, with %(n)s, as ngettext_lazy with "n"; `dated=False`: whatever the period. The row of
    a face has `value`, `n` and, where they are known, `low`, `high`, `opens` (Behind); `unit` is its unit.
    """

    title: Text
    shows: str = ""
    rests: Any = ""
    dated: bool = True
    face: Callable[[Inquiry], Row] | None = None
    unit: str = "number"


@dataclass(frozen=True)
class Note:
    """A sentence about what numbers leave out, and the address of those records."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Page:
    """A page of Insights: its name in addresses, what it is for, its headline and its panels.

    `group_by` are the dimensions and `chooses` the metrics among which its reader may choose, the first at first;
    `period` is the one it begins with. `figures` make a headline, `notes` say what is left out. `narrows` are those of
    pipeline, source, team and owner by which it can be narrowed; `dated=False`: it is about no period.
    """

    name: str
    title: Text
    intro: Text
    panels: tuple[Panel, ...]
    figures: tuple[Figure, ...] = ()
    group_by: tuple[str, ...] = ()
    chooses: tuple[str, ...] = ()
    period: str = "all"
    notes: Callable[[Inquiry], list[Note]] | None = None
    icon: str = "funnel"
    narrows: tuple[str, ...] = ("pipeline", "source", "team", "owner")
    dated: bool = True
