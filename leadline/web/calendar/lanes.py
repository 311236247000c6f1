"""What happens at the same time stands side by side: a pure function from times to lanes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SHORTEST = 25  # minutes: what is shorter is drawn this long, so that it can be read and pressed


@dataclass(frozen=True)
class Lane:
    """The first of `of` lanes that something takes, and how many; `lane` is None where there was no room for it."""

    lane: int | None
    of: int
    width: int = 1


@dataclass(frozen=True)
class More:
    """What there was no room for, between two places of the axis, in the last of `of` lanes."""

    start: int
    end: int
    count: int
    of: int


def lanes(times: Sequence[tuple[int, int]], most: int) -> tuple[list[Lane], list[More]]:
    """A lane for each (start, end) in their order, `most` at most side by side, and what stands for the rest.

    The earlier and then the longer one stands further to the left; who has free lanes to the right takes them.
    """
    order = sorted(range(len(times)), key=lambda n: (times[n][0], -_end(times[n]), n))
    found: list[Lane] = [Lane(0, 1)] * len(times)
    rests: list[More] = []
    cluster: list[int] = []
    until = -1
    for n in order:
        if cluster and times[n][0] >= until:
            _settle(cluster, times, most, found, rests)
            cluster = []
        until = max(until, _end(times[n])) if cluster else _end(times[n])
        cluster.append(n)
    _settle(cluster, times, most, found, rests)
    return found, rests


def _settle(
    cluster: list[int], times: Sequence[tuple[int, int]], most: int, found: list[Lane], rests: list[More]
) -> None:
    """Lanes for those that hang together, each overlapping with another."""
    taken: list[list[int]] = []  # by lane, who stands in it
    for n in cluster:
        free = next((lane for lane in taken if _end(times[lane[-1]]) <= times[n][0]), None)
        if free is None:
            taken.append([n])
        else:
            free.append(n)
    of = min(len(taken), most)
    shown = taken if len(taken) <= most else taken[: most - 1]
    for at, lane in enumerate(shown):
        for n in lane:
            found[n] = Lane(at, of, _width(times, n, shown[at + 1 :]))
    rest = sorted(n for lane in taken[len(shown) :] for n in lane)
    for n in rest:
        found[n] = Lane(None, of)
    if rest:
        rests.append(More(min(times[n][0] for n in rest), max(_end(times[n]) for n in rest), len(rest), of))


def _width(times: Sequence[tuple[int, int]], n: int, beside: Sequence[list[int]]) -> int:
    width = 1
    for lane in beside:
        if any(times[other][0] < _end(times[n]) and times[n][0] < _end(times[other]) for other in lane):
            break
        width += 1
    return width


def _end(time: tuple[int, int]) -> int:
    return max(time[1], time[0] + SHORTEST)
