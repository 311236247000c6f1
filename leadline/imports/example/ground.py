"""What stands before the first row comes in: types of activity, pipelines with their stages, rates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from leadline.accounts.actors import Actor
from leadline.activities.models import add_default_types
from leadline.crm.models import Pipeline, Rate, Stage
from leadline.imports.example.outcomes import add_outcomes
from leadline.insights.simulator.company import Company
from leadline.insights.simulator.words.firm import PIPELINE, RENEWAL_STEPS, RENEWALS, STEPS, Step

REVISE = dt.timedelta(days=45)  # R1: stages are revised in one to two months
BEFORE = dt.timedelta(days=365)  # customers bought before the first day that is told of
ALWAYS = dt.date(1970, 1, 1)  # a currency's first rate is for all days


def lay(company: Company, by: Actor, *, renewals: bool) -> None:
    """From a year before the company's first day; what is there already stays as it is."""
    begun = dt.datetime.fromtimestamp(company.start, dt.UTC) - BEFORE
    review = dt.datetime.fromtimestamp(company.until, dt.UTC) + REVISE
    add_default_types(by=by)
    add_outcomes(by)
    if Pipeline.default() is None:
        _pipeline(PIPELINE, STEPS, 0, begun, review.date(), by)
    if renewals and not Pipeline.objects.kept().filter(name=RENEWALS).exists():
        _pipeline(RENEWALS, RENEWAL_STEPS, 1, begun, review.date(), by)
    for currency in company.currencies[1:]:
        if not Rate.objects.kept().filter(currency=currency.code).exists():
            Rate(currency=currency.code, on_date=ALWAYS, rate=Decimal(str(currency.rate))).add(by=by)


def _pipeline(
    name: str, steps: Sequence[Step], position: int, begun: dt.datetime, review_on: dt.date, by: Actor
) -> None:
    pipeline = Pipeline(name=name, position=position).add(by=by, at=begun)
    for place, step in enumerate(steps):
        Stage(
            pipeline=pipeline,
            name=step.name,
            position=place,
            rot_days=step.rot_days,
            probability=step.probability,
            buyer_decision=step.buyer_decision,
            exit_criteria=step.exit_criteria,
            review_on=review_on,
        ).add(by=by, at=begun)
