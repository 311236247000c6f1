"""Small companies with people, deals, stages, work and reviews, drawn at random."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from leadline.insights.periods import months_later
from tests.insights.people.company import START, Company

DAY = dt.timedelta(days=1)
FIRST_HIRED = dt.date(2021, 12, 31)
HOURS = st.integers(0, 24 * 70)


@st.composite
def companies(draw: st.DrawFn) -> Company:
    """Up to a dozen deals of two people in two stages; two types of activity, one of them the review."""
    company = Company()
    for number, label in enumerate(("Ann", "Bob"), 1):
        company.person(number, label, number)
        company.name("team", number, f"Team {number}")
        company.name("source", number, f"Source {number}")
        company.name("stage", number, f"Stage {number}")
    company.name("activity_type", 1, "Call")
    company.name("activity_type", 2, "pipeline Review")
    for _ in range(draw(st.integers(0, 12))):
        _deal(draw, company)
    for _ in range(draw(st.integers(0, 3))):
        company.done(2, START + draw(HOURS) * dt.timedelta(hours=1), owner=1)
    return company


def _deal(draw: st.DrawFn, company: Company) -> None:
    created = START + draw(HOURS) * dt.timedelta(hours=1)
    status = draw(st.sampled_from(("open", "won", "lost", "nurture")))
    closed = created + draw(st.integers(-5, 60)) * DAY if status in ("won", "lost") else None
    deal = company.deal(
        status, created, closed,
        owner=draw(st.sampled_from((None, 1, 2))),
        source=draw(st.sampled_from((None, 1, 2))),
        stage=draw(st.sampled_from((1, 2))),
        value_base=draw(st.sampled_from((None, 0, 10, 12345))),
        revenue_type=draw(st.sampled_from((None, "new", "renewal"))),
    )  # fmt: skip
    for stage in range(1, draw(st.integers(1, 2)) + 1):
        at = created + (stage - 1) * 3 * DAY
        skipped = draw(st.booleans())
        company.passage(deal, stage, draw(st.sampled_from(("advanced", "failed", "pending"))), at, skipped=skipped)
        left = draw(st.sampled_from((None, at + 2 * DAY)))
        company.add("visits", deal=deal, pipeline=1, stage=stage, entered_at=at, left_at=left, ended="open")
    for hours in draw(st.lists(st.integers(0, 24 * 8), max_size=4)):
        at = created + hours * dt.timedelta(hours=1)
        kind, minutes = draw(st.sampled_from((1, 1, 2))), draw(st.sampled_from((None, 0, 30)))
        owner, counts_as = draw(st.sampled_from((None, 1, 2))), draw(st.sampled_from((None, "reached", "conversation")))
        company.done(kind, at, deal, owner=owner, minutes=minutes, counts_as=counts_as)
        company.add("touches", deal=deal, touched_at=at, kind="activity")


@st.composite
def teams(draw: st.DrawFn) -> Company:
    """Three or four who have long been there and win most months, and newcomers who win more, or not; some leave."""
    company = Company()
    for team in range(2):
        company.name("team", team, f"Team {team}")
    for _ in range(draw(st.integers(3, 4))):
        hired_on = draw(st.sampled_from((None, FIRST_HIRED, FIRST_HIRED + 90 * DAY)))
        _seller(draw, company, hired_on, FIRST_HIRED, st.sampled_from((None, 60, 100, 100)))
    for _ in range(draw(st.integers(1, 4))):
        hired_on = months_later(FIRST_HIRED, draw(st.integers(1, 24))) + draw(st.sampled_from((0, 0, 5))) * DAY
        _seller(draw, company, hired_on, hired_on, st.sampled_from((0, 20, 50, 50, 80, 100, 200)))
    return company


def _seller(
    draw: st.DrawFn, company: Company, hired_on: dt.date | None, since: dt.date, amounts: st.SearchStrategy[int | None]
) -> None:
    number = len(company.rows["staff"]) + 1
    left_on = months_later(since, draw(st.sampled_from((4, 14, 99, 99, 99, 99))))
    quota = draw(st.booleans())
    company.person(number, f"P{number}", number % 2, hired_on=hired_on, left_on=left_on, carries_quota=quota)
    for month, amount in enumerate(draw(st.lists(amounts, min_size=6, max_size=6)) * 6, 1):
        at = dt.datetime.combine(months_later(since, month), dt.time(draw(st.sampled_from((3, 12)))))
        if amount != 0:
            company.deal("won", at, at, owner=number, value_base=amount)
