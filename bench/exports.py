"""The tables of an export, as Arrow."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from bench.columns import day, domain, email, money, numbered, owner, pick, time
from bench.histories import NOW, SELLERS, Histories

STAGES = ("Target", "Contacted", "Meeting agreed", "Proposal sent", "Close")
SOURCES = ("Website", "Outreach", "Referral", "Trade fair", "Partner", "Customer")
SOURCE_WEIGHTS = (0.3, 0.26, 0.14, 0.12, 0.09, 0.09)
INDUSTRIES = ("Hospitality", "Food and drink", "Health", "Education", "Property", "Leisure")
REASONS = ("Price", "Competitor", "No budget", "No decision", "Timing")
PRODUCTS = ("Flow meter", "Leak guard", "Boiler watch", "Quality probe")
KINDS = ("Call", "E-mail", "Meeting", "Demo", "Task")
OUTCOMES = ("No answer", "Talked", "Sent", "Answered", "Meeting booked", "Next step agreed")
TEAMS = 5
ACTIVITIES = 3  # of each deal


def users() -> pa.Table:
    numbers = np.arange(SELLERS)
    return pa.table(
        {
            "Name": [f"Seller {n:02d}" for n in numbers],
            "E-mail": owner(numbers),
            "Role": ["leader" if n < TEAMS else "seller" for n in numbers],
            "Team": [f"Team {n % TEAMS + 1}" for n in numbers],
        }
    )


def organizations(count: int) -> pa.Table:
    numbers = np.arange(count)
    return pa.table(
        {
            "Company": numbered("Company ", numbers),
            "Domain": domain(numbers),
            "Industry": pick(INDUSTRIES, numbers % len(INDUSTRIES)),
        }
    )


def people(count: int, organizations: int) -> pa.Table:
    numbers = np.arange(count)
    company = numbers % organizations
    return pa.table(
        {
            "Name": numbered("Person ", numbers),
            "E-mail": email(numbers, organizations),
            "Phone": numbered("+1 555 ", 1_000_000 + numbers),
            "Company": numbered("Company ", company),
        }
    )


def deals(chance: np.random.Generator, some: Histories, organizations: int, people: int) -> pa.Table:
    n = len(some.numbers)
    person = chance.integers(0, people, n)
    reasoned = (some.status == 2) & (chance.random(n) < 0.17)
    return pa.table(
        {
            "Deal ID": numbered("D", some.numbers),
            "Title": numbered("Deal ", some.numbers),
            "Company": numbered("Company ", person % organizations),
            "Contact person": email(person, organizations),
            "Owner": owner(some.owner),
            "Source": pick(SOURCES, chance.choice(len(SOURCES), n, p=SOURCE_WEIGHTS)),
            "Stage": pick(STAGES, some.last_stage),
            "Status": pick(("open", "won", "lost"), some.status),
            "Value": money(some.last_value, some.unvalued),
            "Created": time(some.created),
            "Closed": time(some.closed, some.status == 0),
            "Expected close": day(some.last_expected),
            "Lost reason": pick(REASONS, chance.integers(0, len(REASONS), n), ~reasoned),
            "Product": pick(PRODUCTS, chance.integers(0, len(PRODUCTS), n)),
        }
    )


def stage_changes(some: Histories) -> pa.Table:
    return pa.table(
        {
            "Deal ID": numbered("D", some.numbers[some.of]),
            "Stage": pick(STAGES, some.stage),
            "Time": time(some.at),
            "By": owner(some.owner[some.of]),
            "Amount": money(some.value, some.unvalued[some.of]),
            "Close date": day(some.expected),
        }
    )


def activities(chance: np.random.Generator, some: Histories) -> pa.Table:
    n = len(some.numbers)
    of = np.repeat(np.arange(n), ACTIVITIES)
    length = (np.where(some.status == 0, NOW, some.closed) - some.created)[of]
    due = some.created[of] + (chance.random(len(of)) * length).astype(np.int64)
    planned = (some.status[of] == 0) & (chance.random(len(of)) < 0.25)
    due = np.where(planned, NOW + chance.integers(-5, 15, len(of)) * 86_400, due)
    return pa.table(
        {
            "Activity ID": numbered("A", some.numbers[0] * ACTIVITIES + np.arange(len(of))),
            "Type": pick(KINDS, chance.integers(0, len(KINDS), len(of))),
            "Subject": numbered("Speak about deal ", some.numbers[of]),
            "Deal ID": numbered("D", some.numbers[of]),
            "Owner": owner(some.owner[of]),
            "Due": time(due),
            "Done at": time(due, planned),
            "Minutes": pa.array(chance.integers(3, 90, len(of)), mask=planned),
            "Outcome": pick(OUTCOMES, chance.integers(0, len(OUTCOMES), len(of)), planned),
        }
    )
