"""What is kept of a block: the one definition (R32). Pure: spans of time in, minutes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

Span = tuple[dt.datetime, dt.datetime]
MINUTE = dt.timedelta(minutes=1)


def kept_minutes(planned: Span, sat: Iterable[Span], worked: Iterable[Span]) -> float:
    """Minutes of a block in which somebody sat to it, or did activities of its kind of work (R32).

    `sat` are the times of the sitting without its pauses, `worked` those of the activities, each as long as it took.
    What lies outside the block does not count, and no minute counts twice.
    """
    start, end = planned
    within = ((max(one, start), min(other, end)) for one, other in (*sat, *worked))
    return minutes_of(span for span in within if span[0] < span[1])


def is_kept(minutes: float, planned: Span) -> bool:
    """Whether a block is kept: from half of its minutes on."""
    return minutes > 0 and minutes >= (planned[1] - planned[0]) / MINUTE / 2


def minutes_of(spans: Iterable[Span]) -> float:
    """How long these spans are together, each moment once."""
    return sum((end - start) / MINUTE for start, end in joined(spans))


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same moments as spans that neither meet nor overlap, in their order."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def sat_spans(
    began_at: dt.datetime,
    ended_at: dt.datetime | None,
    pauses: Sequence[Sequence[str | None]],
    until: dt.datetime,
) -> list[Span]:
    """When somebody sat: from beginning to end without the pauses. Who never got up did so at `until`: the end of the
    block, or now where that comes first."""
    last = min(ended_at or until, max(until, began_at))
    found, at = [], began_at
    for begun, ended in pauses:
        found.append((at, min(_read(begun) or last, last)))
        at = max(at, _read(ended) or last)
    return [span for span in (*found, (at, last)) if span[0] < span[1]]


def _read(moment: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(moment) if moment else None
