"""Files that do not grow with the number of deals: people, products, stages, targets, rates."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from leadline.insights.simulator.cast import Cast
from leadline.insights.simulator.columns import DAY, amounts, chosen, days, joined, numbered, picked, times
from leadline.insights.simulator.company import NEVER, NOBODY, Part
from leadline.insights.simulator.words import firm
from leadline.insights.simulator.words.work import REVIEW

WEEK, THURSDAY, NINE = 7, 3, 9 * 3600  # the first day of 1970 was a Thursday
HELD = 0.85  # of the Mondays


def users(cast: Cast) -> pa.Table:
    """Everybody who sells or leads, with their teams."""
    people = cast.company.people
    numbers = np.arange(len(people))
    return pa.table(
        {
            "Name": list(cast.people),
            "E-mail": cast.emails(numbers),
            "Role": ["leader" if part == Part.LEADER else "seller" for part in people.part],
            "Team": picked(cast.teams, np.maximum(people.team, 0), people.team == NOBODY),
            "Hired on": days(people.hired_on, people.hired_on == NEVER),
            "Left on": days(people.left_on, people.left_on == NEVER),
        }
    )


def products(cast: Cast) -> pa.Table:
    """What is sold, at list price."""
    return pa.table(
        {
            "Name": [product.name for product in firm.PRODUCTS],
            "Code": [product.code for product in firm.PRODUCTS],
            "Unit price": [product.price for product in firm.PRODUCTS],
            "Currency": [cast.company.currencies[0].code] * len(firm.PRODUCTS),
        }
    )


def stages(cast: Cast) -> pa.Table:
    """The stages of each pipeline, in order."""
    ways = [(firm.PIPELINE, firm.STEPS), *([(firm.RENEWALS, firm.RENEWAL_STEPS)] if cast.renewals else [])]
    rows = [(pipeline, position, step) for pipeline, steps in ways for position, step in enumerate(steps)]
    return pa.table(
        {
            "Pipeline": [pipeline for pipeline, _, _ in rows],
            "Stage": [step.name for _, _, step in rows],
            "Position": [position for _, position, _ in rows],
            "Probability": [step.probability for _, _, step in rows],
            "Rotten days": [step.rot_days for _, _, step in rows],
        }
    )


def reviews(cast: Cast) -> pa.Table:
    """The pipeline reviews: each leader with the team, on most Mondays; the next one is planned. As activities.csv."""
    company, leaders = cast.company, np.flatnonzero(cast.company.people.part == Part.LEADER)
    mondays = np.arange(company.start // DAY, company.until // DAY + WEEK)
    mondays = mondays[(mondays + THURSDAY) % WEEK == 0]
    day, leader = (found.ravel() for found in np.meshgrid(mondays, leaders, indexing="ij"))
    held = chosen(day * 1000 + leader, 50, HELD)
    day, leader = day[held], leader[held]
    at = day * DAY + NINE + leader * 1800
    numbers, done = np.arange(len(day)), at < company.until
    nothing = pa.nulls(len(day), pa.string())
    return pa.table(
        {
            "Activity ID": numbered("A", numbers),
            "Type": picked((REVIEW,), np.zeros_like(numbers)),
            "Subject": joined(REVIEW, ": ", picked(cast.teams, np.maximum(company.people.team[leader], 0))),
            "Deal ID": nothing,
            "Lead ID": nothing,
            "Contact ID": nothing,
            "Owner": cast.emails(leader),
            "Created": times(np.minimum(at, company.until) - WEEK * DAY),
            "Due": times(at),
            "Done at": times(at + 2700, ~done),
            "Minutes": pa.array(np.full(len(day), 45), pa.int32(), mask=~done),
            "Outcome": nothing,
            "Note": nothing,
        }
    )


def targets(cast: Cast) -> pa.Table:
    """Bookings wanted per quarter, of people and of teams."""
    some = cast.company.targets
    return pa.table(
        {
            "Person": cast.emails(some.person),
            "Team": picked(cast.teams, np.maximum(some.team, 0), some.team == NOBODY),
            "From": days(some.start_on),
            "Until": days(some.end_on),
            "Bookings": amounts(some.amount),
            "Currency": [cast.company.currencies[0].code] * len(some),
        }
    )
