"""A whole population: the company of a scenario, and what happened in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from leadline.insights.simulator.arrivals import arriving, blocks
from leadline.insights.simulator.blocking import recorded
from leadline.insights.simulator.chance import COMPANY
from leadline.insights.simulator.coaching import carried
from leadline.insights.simulator.company import DAY, NEVER, NOBODY, Batch, Company, Floats, Numbers, Part, People, Truth
from leadline.insights.simulator.forces import Forces, forces, place
from leadline.insights.simulator.parameters import (
    CONVERSION,
    CURRENCIES,
    DAYS_ON,
    LEAD_CONVERSION,
    LOST_REASONS,
    SHARE,
    SOURCES,
    SPARE,
)
from leadline.insights.simulator.plan import Plan
from leadline.insights.simulator.quotas import quotas
from leadline.insights.simulator.roster import Roster, rostered
from leadline.insights.simulator.scenarios import SCENARIOS, Scenario
from leadline.insights.simulator.span import MONTH, Span, months_before
from leadline.insights.simulator.staff import Staff, staffed
from leadline.insights.simulator.trial import Trial, tried
from leadline.insights.simulator.whales import whale

QUARTER = 91.3  # days
WARM_MONTHS = 15  # before the records begin: until renewals come as often as they ever do
LEAST = 8.0  # leads a week that any team can answer
MOST_SELLERS, MOST_DEALS, MOST_MONTHS = 2_000, 20_000_000, 240


@dataclass(frozen=True)
class Simulation:
    """A company, and its batches: each call of `batches` begins anew and gives the same."""

    company: Company
    plan: Plan

    def batches(self) -> Iterator[Batch]:
        """About 45,000 deals each (fewer at first), in order of time but for what customers buy again."""
        first = (0, 0, 0)
        for block in blocks(self.plan.counts):
            batch = recorded(self.plan, block, first)
            if len(batch.leads) or len(batch.deals):
                yield batch
            first = (first[0] + len(batch.leads), first[1] + len(batch.deals), first[2] + batch.accounts)


def simulate(scenario: str, *, seed: int, sellers: int, deals: int, months: int = 24, until: dt.date) -> Simulation:
    """A company of so many sellers (people with a quota), from `months` before `until` to the end of the day before it.

    `deals` is how many the records of a company without fault would hold on average; there are more or fewer by chance,
    and fewer where the fault keeps leads away. A deal that was open when the records begin is there with its history.
    The same arguments give the same company, everywhere and always. Raises ValueError.
    """
    chosen = _checked(scenario, seed, sellers, deals, months)
    first = months_before(until, months + WARM_MONTHS)
    span = Span(first, until, (months_before(until, months) - first).days)
    since = max(float(span.shown), span.day_of(months_before(until, chosen.begins))) if chosen.begins else 0.0
    planted = forces(chosen, since)
    trial = tried(seed, sellers, span)
    plan = _plan(seed, span, planted, sellers, trial, deals)
    if planted.whale is not None:
        plan = replace(plan, whale=whale(plan, blocks(plan.counts), planted.whale, planted.whale_next))
    if planted.leads_own is not None:
        plan = replace(plan, carries=carried(plan, blocks(plan.counts), planted.leads_own))
    return Simulation(_company(chosen, plan, trial, deals), plan)


def _checked(scenario: str, seed: int, sellers: int, deals: int, months: int) -> Scenario:
    if scenario not in SCENARIOS:
        raise ValueError(f"There is no scenario {scenario!r}. There are: {', '.join(SCENARIOS)}.")
    chosen = SCENARIOS[scenario]
    if seed < 0:
        raise ValueError("A seed is a whole number from 0.")
    if not chosen.sellers <= sellers <= MOST_SELLERS:
        raise ValueError(f"{scenario} takes {chosen.sellers} to {MOST_SELLERS} sellers, not {sellers}.")
    if not 0 <= deals <= MOST_DEALS:
        raise ValueError(f"Deals are 0 to {MOST_DEALS}, not {deals}.")
    if not 1 <= months <= MOST_MONTHS:
        raise ValueError(f"Months are 1 to {MOST_MONTHS}, not {months}.")
    return chosen


def _plan(seed: int, span: Span, planted: Forces, sellers: int, trial: Trial, deals: int) -> Plan:
    staff = staffed(seed, sellers, span, planted.ramp_months)
    counts = arriving(seed, COMPANY, span, deals / trial.deals_per_lead)
    roster = rostered(staff, span, planted)
    overload = _overload(span, staff, roster, counts)
    return Plan(seed, span, planted, staff, roster, trial.lead_intercept, trial.intercept, counts, overload)


def _overload(span: Span, staff: Staff, roster: Roster, counts: Numbers) -> Floats:
    """How many times more leads come in a week than those who develop them can answer in time; 1 where they can."""
    weeks = np.arange(span.days) // 7
    leads = np.bincount(weeks, counts.sum(axis=1), minlength=len(roster.inbound))
    return np.maximum(1.0, leads / max(LEAST, SPARE * float(leads.mean())))


def _company(scenario: Scenario, plan: Plan, trial: Trial, deals: int) -> Company:
    span, staff = plan.span, plan.staff
    quarters = span.recorded / QUARTER
    people = People(staff.part, staff.team, span.dates(staff.hired), span.dates(staff.left), staff.carries_quota)
    new, other = trial.new_bookings_per_deal * deals / quarters, trial.other_bookings_per_deal * deals / quarters
    return Company(
        scenario=scenario.name,
        seed=plan.seed,
        start=span.start + span.shown * DAY,
        until=span.start + span.days * DAY,
        people=people,
        teams=int(staff.team.max()) + 1,
        sources=SOURCES,
        currencies=CURRENCIES,
        lost_reasons=LOST_REASONS,
        targets=quotas(span, staff, plan.roster, new, other),
        truth=_truth(scenario, plan, trial, deals),
    )


def _truth(scenario: Scenario, plan: Plan, trial: Trial, deals: int) -> Truth:
    planted, staff = plan.forces, plan.staff
    about = scenario.fault != ""
    return Truth(
        scenario=scenario.name,
        fault=scenario.fault,
        begins=plan.span.start + max(plan.span.shown, int(planted.begins)) * DAY if about else NEVER,
        strength=scenario.strength,
        person=staff.subject if "person" in planted.about else NOBODY,
        stage=place(planted, "stage"),
        source=place(planted, "source"),
        team=place(planted, "team"),
        skill=staff.skill,
        capacity=_capacity(plan, trial, deals),
        conversion=CONVERSION,
        days_on=DAYS_ON,
        source_share=SHARE,
        source_conversion=LEAD_CONVERSION,
        deals_per_lead=trial.deals_per_lead,
    )


def _capacity(plan: Plan, trial: Trial, deals: int) -> Floats:
    """A month: new deals of those who sell, leads of those who develop them."""
    staff, months = plan.staff, plan.span.recorded / MONTH
    found = np.zeros(len(staff))
    for part in Part:
        own = staff.part == part
        load = deals if part in (Part.CLOSER, Part.ACCOUNT_MANAGER) else deals / trial.deals_per_lead * SHARE[:2].sum()
        if own.any() and part != Part.LEADER:
            found[own] = SPARE * load / months * staff.weight[own] / staff.weight[own].sum()
    return found
