"""Which open deals are probably fluff, how much of the pipeline that is, and why (R19)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa

from leadline.insights import catalogue
from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.selecting import Row, Selection, Tables, grouped, labelled, moment, selection
from leadline.insights.metrics.standing import DAY
from leadline.insights.numbers.fluff import SIGNS, Model, habits, learn
from leadline.insights.numbers.logistic import Matrix
from leadline.insights.numbers.proportions import COVER, Floats
from leadline.insights.question import Question
from leadline.insights.remembering import asked, remembered

WAITED = 7  # days without a touch that say nothing yet
PROBABLY = 0.5
TELLING = 0.1  # log odds below which a sign is not worth a word
PUSHES = 3  # more say no more
STILL = 0.95  # an open deal older than this share of the won ones were counts as not won
OWN = SIGNS[:-1]


@dataclass(frozen=True)
class Doubt:
    """An open deal with the probability that it is fluff, and its signs: name to 1, or how many, strongest first."""

    deal: int
    chance: float
    amount: Decimal | None
    signs: dict[str, int]


@dataclass(frozen=True)
class Judge:
    """What the company's deals have taught: the model, and each seller's habit."""

    model: Model
    habit: dict[int | None, float]

    def signs(self, patterns: list[dict[str, Any]]) -> Matrix:
        """The matrix of signs of some patterns or deals, each with its seller."""
        rows = [[*(row[name] for name in OWN), self.habit.get(row["seller"], 0.0)] for row in patterns]
        return np.array(rows, dtype=np.float64).reshape(-1, len(SIGNS))


def fluff(tables: Tables, question: Question) -> list[Row]:
    """Rows with value = expected share of the open deals that are fluff, low, high (90 %), n open deals.

    `fluff` counts those that probably are (50 % and more), `worth` is what is expected to be fluff of the open value,
    `of_value` its share; `learnt_from` how many deals with an outcome taught it (0: the stated rule, no interval).
    """
    judge = judged(tables, question)
    rows = []
    for row, patterns in open_patterns(tables, question):
        rows.append(row | _summed(judge, patterns))
    return rows


def open_patterns(tables: Tables, question: Question) -> list[tuple[Row, list[dict[str, Any]]]]:
    """The labels of each group with how its open deals look: seller, signs, `n` deals that share them, their amount."""
    chosen = selection(question, extra="open = 1")
    places = "".join(f"d{at}, p{at}, " for at in range(len(question.by)))
    alike = (
        f"SELECT {places}{_columns(question)}, count(*) AS n, sum(amount) AS amount FROM ({chosen.sql}) GROUP BY ALL"
    )
    names = [*_sql(question), "n", "amount"]
    pattern = ", ".join(f"'{name}': {name}" for name in names)
    listed = f"coalesce(list({{{pattern}}} ORDER BY {', '.join(names)}), []) AS x"
    found = grouped(tables, question, Selection(alike, chosen.values), listed)
    patterns: list[Any] = found.column("x").to_pylist()
    return list(zip(labelled(question, found), patterns, strict=True))


def _summed(judge: Judge, patterns: list[dict[str, Any]]) -> Row:
    signs = judge.signs(patterns)
    alike, amounts = (np.array([float(row[name] or 0) for row in patterns]) for name in ("n", "amount"))
    n = int(alike.sum())
    chances = judge.model.chance(signs)
    low = high = None
    if n and judge.model.cases:
        shares = judge.model.drawn(signs) @ alike / n
        low, high = (float(end) for end in np.quantile(shares, [(1 - COVER) / 2, (1 + COVER) / 2]))
    worth = float(chances @ amounts)
    value = float(chances @ alike / n) if n else None
    return {
        "value": value,
        "n": n,
        "low": None if low is None or value is None else min(low, value),
        "high": None if high is None or value is None else max(high, value),
        "fluff": int(alike[chances >= PROBABLY].sum()),
        "worth": Decimal(str(round(worth, 2))),
        "of_value": worth / float(amounts.sum()) if amounts.sum() else None,
        "learnt_from": judge.model.cases,
    }


def judged(tables: Tables, question: Question) -> Judge:
    """What all deals of the company teach, whatever the question's period, place and labels, and whoever asks.

    The same deal is as doubtful to a seller as to an administrator; a few deals of one's own would teach nothing.
    """
    everything = replace(
        question, metric=catalogue.find("fluff_share"), by=(), where=(), start=None, end=None, pipeline=None, seen=None
    )
    return remembered.answer(tables, ("judge", asked(everything)), lambda: _learnt(tables, everything))


def _learnt(tables: Tables, question: Question) -> Judge:
    chosen = selection(question, dated=False)
    age = f"(epoch({moment(question)}) - created_s)"
    keys = ", ".join(str(at + 1) for at in range(len(SIGNS)))
    told = tables.arrow(
        f"""
        WITH facts AS ({chosen.sql}), cycles AS (
            SELECT quantile_cont(closed_s - created_s, {STILL}) AS longest
            FROM facts WHERE won = 1 AND closed_s >= created_s)
        SELECT {_columns(question)}, sum(won) AS won, count(*) AS n,
            sum(CASE WHEN lost = 1 OR open = 1 AND {age} > longest THEN 1 ELSE 0 END) AS lost
        FROM facts CROSS JOIN cycles GROUP BY {keys} ORDER BY {keys}
        """,
        chosen.values,
    )
    return _taught(told)


def _taught(told: pa.Table) -> Judge:
    patterns = told.to_pylist()
    sellers = [row["seller"] for row in patterns]
    own = np.array([[row[name] for name in OWN] for row in patterns], dtype=np.float64).reshape(-1, len(OWN))
    won, lost, n = (np.array([float(row[name] or 0) for row in patterns]) for name in ("won", "lost", "n"))
    habit = habits(sellers, own, n)
    model = learn(np.column_stack((own, habit)), won, lost)
    return Judge(model, dict(zip(sellers, habit.tolist(), strict=True)))


def doubts(tables: Tables, question: Question) -> list[Doubt]:
    """The open deals of a question about `fluff_share`, the most doubtful first."""
    judge = judged(tables, question)
    chosen = selection(question, extra="open = 1")
    deals = tables.arrow(
        f"SELECT DISTINCT deal, amount, {_columns(question)} FROM ({chosen.sql}) ORDER BY deal", chosen.values
    ).to_pylist()
    signs = judge.signs(deals)
    found = [
        Doubt(row["deal"], float(chance), row["amount"], _shown(own, np.abs(judge.model.weights)))
        for row, chance, own in zip(deals, judge.model.chance(signs), signs, strict=True)
    ]
    return sorted(found, key=lambda doubt: (-doubt.chance, doubt.deal))


def _shown(signs: Floats, strength: Floats) -> dict[str, int]:
    """The signs that a deal shows and that count, the weightiest first."""
    weight = signs * strength
    return {SIGNS[at]: max(int(signs[at]), 1) for at in np.argsort(-weight, kind="stable") if weight[at] > TELLING}


def _sql(question: Question) -> dict[str, str]:
    """Each sign as it stands at the moment of the question."""
    until = f"coalesce(CASE WHEN open = 1 THEN NULL ELSE closed_s END, epoch({moment(question)}))"
    waited = f"coalesce({until} - created_s >= {WAITED * DAY}, true)"
    changed = {
        "untouched": f"CASE WHEN untouched = 1 AND {waited} THEN 1 ELSE 0 END",
        "pushes": f"CASE WHEN pushes > {PUSHES} THEN {PUSHES} ELSE pushes END",
    }
    return {name: changed.get(name, name) for name in OWN} | {"seller": "seller"}


def _columns(question: Question) -> str:
    return ", ".join(f"{sql} AS {name}" for name, sql in _sql(question).items())


def _behind(tables: Tables, question: Question, part: str) -> list[int] | None:
    if part != "fluff":
        return None
    return sorted(doubt.deal for doubt in doubts(tables, question) if doubt.chance >= PROBABLY)


KINDS = {
    "fluff": Kind(
        fluff,
        {"": "open = 1", "fluff": "open = 1"},
        (
            Column("fluff", "deals", "fluff"),
            Column("worth", "money"),
            Column("of_value", "share"),
            Column("learnt_from", "number"),
        ),
        behind=_behind,
    )
}
