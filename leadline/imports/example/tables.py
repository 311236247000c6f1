"""The example company as the files that somebody else's system would have exported."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from leadline.imports.example import firm
from leadline.imports.example.deals import Deal
from leadline.imports.example.story import SEED, Story

Rows = Iterator[Sequence[object]]

HEADINGS = {
    "users": ("Name", "E-mail", "Role", "Team", "Hired on", "Left on"),
    "products": ("Name", "Code", "Unit price", "Currency"),
    "organizations": ("Company", "Domain", "Industry", "Address", "Created"),
    "people": ("Name", "E-mail", "Phone", "Job title", "Company", "Created"),
    "leads": (
        *("Lead ID", "Title", "Company", "E-mail", "Owner", "Source", "Lead stage", "Status"),
        *("Created", "Closed at", "Converted at"),
    ),
    "deals": (
        *("Deal ID", "Title", "Company", "Contact person", "Owner", "Source", "Campaign", "Stage", "Status", "Value"),
        *("Currency", "Created", "Closed", "Expected close", "Lost reason", "Competitor", "Type", "Product"),
        *("Converted lead ID", "Building"),
    ),
    "stage_changes": ("Deal ID", "Stage", "Time", "By"),
    "activities": (
        *("Activity ID", "Type", "Subject", "Deal ID", "Contact", "Owner", "Due", "Done at", "Minutes"),
        *("Outcome", "Note"),
    ),
}


@dataclass(frozen=True)
class Money:
    """The currency of the house, and another that some deals are in: its code and what one unit is worth."""

    code: str = "USD"
    foreign: str = "EUR"
    rate: float = 1.09


def write(story: Story, folder: Path, stages: Sequence[str], money: Money) -> list[Path]:
    """All files (CSV, UTF-8) into the folder; `stages` are the names of the five stages."""
    tables = {
        "users": users(story),
        "products": products(money),
        "organizations": organizations(story),
        "people": people(story),
        "leads": leads(story),
        "deals": deals(story, stages, money),
        "stage_changes": stage_changes(story, stages),
        "activities": activities(story),
    }
    return [_file(folder / f"{name}.csv", HEADINGS[name], rows) for name, rows in tables.items()]


def _file(path: Path, heading: Sequence[str], rows: Rows) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(heading)
        out.writerows(rows)
    return path


def moment(value: dt.datetime | None) -> str:
    """As exports write a time, in UTC."""
    return value.strftime("%Y-%m-%d %H:%M:%S") if value else ""


def users(story: Story) -> Rows:
    """Those who sell, with their teams."""
    for seller in firm.SELLERS:
        hired = (story.now - seller.hired_months_ago * firm.MONTH).date()
        left = seller.there_until(story.now).date() if seller.left_months_ago else ""
        yield seller.name, seller.email, seller.role, seller.team, hired, left


def products(money: Money) -> Rows:
    """What is sold, at list price."""
    for name, code, price in firm.PRODUCTS:
        yield name, code, f"{price}.00", money.code


def organizations(story: Story) -> Rows:
    """Whoever has been spoken with."""
    for one in story.market.met:
        yield one.name, one.domain, one.industry, one.address, moment(one.since)


def people(story: Story) -> Rows:
    """The people in them."""
    for one in story.market.met:
        for person in one.people:
            yield person.name, person.email, person.phone, person.job, one.name, moment(one.since)


def leads(story: Story) -> Rows:
    """A converted one is named by its deal."""
    for lead in story.leads:
        closed, converted = (None, lead.closed) if lead.deal else (lead.closed, None)
        yield (
            *(f"L{lead.number:04d}", f"{lead.organization.name} ({lead.stream.name.lower()})", lead.organization.name),
            *(lead.organization.people[0].email, lead.seller.email, lead.stream.name, lead.stage, lead.status),
            *(moment(lead.created), moment(closed), moment(converted)),
        )


def deals(story: Story, stages: Sequence[str], money: Money) -> Rows:
    """A few sources are spelled as people spell them, and a few deals are in another currency."""
    chance = random.Random(SEED)
    converted = {lead.deal.number: f"L{lead.number:04d}" for lead in story.leads if lead.deal}
    for deal in story.deals:
        stream, journey = deal.arrival.stream, deal.journey
        source = chance.choice(stream.spellings) if stream.spellings and chance.random() < 0.08 else stream.name
        yield (
            *(number(deal), deal.title, deal.organization.name, deal.person.email or deal.person.name),
            *(deal.arrival.seller.email, source, deal.campaign, stages[journey.stage], journey.status),
            *_value(deal, money),
            *(moment(deal.arrival.at), moment(journey.closed if journey.status in ("won", "lost") else None)),
            *(deal.expected or "", deal.lost_reason, deal.competitor, deal.revenue_type, deal.product),
            *(converted.get(deal.number, ""), deal.organization.building),
        )


def number(deal: Deal) -> str:
    """The deal's number in the system it came from."""
    return f"D{deal.number:05d}"


def _value(deal: Deal, money: Money) -> tuple[str, str]:
    """The amount and its currency; an unknown one is empty."""
    if deal.value is None:
        return "", money.code
    return (f"{deal.value / money.rate:.0f}.00", money.foreign) if deal.foreign else (f"{deal.value}.00", money.code)


def stage_changes(story: Story, stages: Sequence[str]) -> Rows:
    """The first row of a deal is where it began."""
    for deal in story.deals:
        for stage, entered in deal.journey.visits:
            yield number(deal), stages[stage], moment(entered), deal.arrival.seller.email


def activities(story: Story) -> Rows:
    """Done and planned."""
    for one in story.activities:
        deal = one.deal
        yield (
            *(f"A{one.number:05d}", one.kind, one.subject, number(deal), deal.person.email or deal.person.name),
            *(deal.arrival.seller.email, moment(one.due), moment(one.done), one.minutes or "", one.outcome, one.note),
        )
