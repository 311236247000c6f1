"""Files that do not grow with the number of deals: people, products, stages, targets, rates."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from leadline.insights.simulator.cast import Cast
from leadline.insights.simulator.columns import amounts, days, picked
from leadline.insights.simulator.company import NEVER, NOBODY, Part
from leadline.insights.simulator.words import firm


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


def targets(cast: Cast) -> pa.Table:
    """Bookings wanted per quarter, of people and of teams. No kind of table that the import reads."""
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
