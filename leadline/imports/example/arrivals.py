"""When deals come in, from which source, and who gets them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

from leadline.imports.example.firm import MONTH, SELLERS, STREAMS, Seller, Stream

MONTHS = 24
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Arrival:
    """A deal that begins: the moment (UTC), the stream it came by, and the seller who got it."""

    at: dt.datetime
    stream: Stream
    seller: Seller


def arrivals(chance: random.Random, now: dt.datetime) -> list[Arrival]:
    """Every deal that begins in the two years before `now`, in order of time."""
    start = now - MONTHS * MONTH
    found = []
    for day in range(MONTHS * MONTH // DAY):
        morning = start + day * DAY
        if morning.weekday() >= 5:
            continue
        for stream in STREAMS:
            for _ in range(poisson(chance, _a_day(stream, morning, day))):
                moment = in_office(chance, morning)
                found.append(Arrival(moment, stream, _taker(chance, moment, now)))
    return sorted(found, key=lambda arrival: arrival.at)


def _a_day(stream: Stream, morning: dt.datetime, day: int) -> float:
    """Expected deals of a working day: level, yearly growth, season."""
    level = stream.per_month * 12 / 261
    return float(level * (1 + stream.growth) ** (day / 365) * stream.season[morning.month - 1])


def poisson(chance: random.Random, mean: float) -> int:
    """A draw by Knuth's product of uniforms; for small means."""
    limit, product, count = 2.718281828459045**-mean, chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


def in_office(chance: random.Random, moment: dt.datetime) -> dt.datetime:
    """The same day, at some second of the working hours."""
    return moment.replace(hour=0, minute=0, second=0) + dt.timedelta(seconds=chance.randint(7 * 3600, 17 * 3600))


def weekday(moment: dt.datetime) -> dt.datetime:
    """The moment, or the same hour of the Monday after it."""
    return moment + max(0, 7 - moment.weekday()) * DAY if moment.weekday() >= 5 else moment


def _taker(chance: random.Random, moment: dt.datetime, now: dt.datetime) -> Seller:
    there = list(_there(moment, now))
    return chance.choices([seller for seller, _ in there], [share for _, share in there])[0]


def _there(moment: dt.datetime, now: dt.datetime) -> Iterator[tuple[Seller, float]]:
    """Who works here at the moment, and their share; a newcomer's grows over five months."""
    months_ago = (now - moment) / MONTH
    for seller in SELLERS:
        months_here = seller.hired_months_ago - months_ago
        if months_here > 0 and months_ago > (seller.left_months_ago or -1):
            yield seller, seller.share * min(1.0, 0.3 + months_here / 7)
