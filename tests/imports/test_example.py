"""The example company: the same for the same day, with the faults in it that it is meant to show."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from leadline.imports.example import firm, tables
from leadline.imports.example.deals import Deal
from leadline.imports.example.story import Story, story

TODAY = dt.date(2026, 11, 22)
STAGES = ("Target", "Contacted", "Meeting agreed", "Proposal sent", "Close")


@pytest.fixture(scope="module")
def told() -> Story:
    return story(TODAY)


def conversion(deals: Iterable[Deal], stage: int) -> tuple[int, int]:
    """Deals that went on from a stage, and those of them that have left it, by a slow second definition."""
    on = failed = 0
    for deal in deals:
        stages = [stage for stage, _ in deal.journey.visits]
        if stage not in stages:
            continue
        further = deal.journey.status == "won" or max(stages) > stage
        on += further
        failed += not further and deal.journey.status in ("lost", "nurture")
    return on, on + failed


def share(counts: tuple[int, int]) -> float:
    return counts[0] / counts[1]


def entered_since(deals: Iterable[Deal], stage: int, moment: dt.datetime) -> tuple[list[Deal], list[Deal]]:
    """Deals that entered the stage before, and since."""
    before, since = [], []
    for deal in deals:
        entered = next((at for where, at in deal.journey.visits if where == stage), None)
        if entered:
            (since if entered >= moment else before).append(deal)
    return before, since


def test_the_same_day_makes_the_same_files(told: Story, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        tables.write(story(TODAY), tmp_path / name, STAGES, tables.Money())
    ours, again = (sorted((tmp_path / name).iterdir()) for name in ("one", "two"))
    assert [path.name for path in ours] == [path.name for path in again]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(ours, again, strict=True))


def test_it_is_of_the_promised_size(told: Story) -> None:
    assert 1700 <= len(told.deals) <= 1950
    assert len(firm.TEAMS) == 3
    assert sum(seller.role == "seller" for seller in firm.SELLERS) == 12
    assert all(sum(s.team == team and s.role == "leader" for s in firm.SELLERS) == 1 for team in firm.TEAMS)


@pytest.mark.parametrize("today", [TODAY, dt.date(2027, 3, 7), dt.date(2028, 2, 29)])
def test_nothing_happens_after_its_last_day(today: dt.date) -> None:
    told = story(today)
    for deal in told.deals:
        assert deal.arrival.at < told.now
        times = [entered for _, entered in deal.journey.visits]
        assert times == sorted(times)
        assert times[0] == deal.arrival.at
        assert deal.journey.closed is None or times[-1] <= deal.journey.closed < told.now
    assert all(activity.done is None or activity.done < told.now for activity in told.activities)


def test_since_half_a_year_fewer_proposals_go_on(told: Story) -> None:
    moment = told.now - dt.timedelta(days=firm.PROPOSALS_SINCE)
    before, since = entered_since(told.deals, firm.PROPOSAL, moment)
    assert share(conversion(since, firm.PROPOSAL)) < share(conversion(before, firm.PROPOSAL)) - 0.1
    shares = {stage: share(conversion(told.deals, stage)) for stage in range(len(STAGES))}
    assert min(shares, key=lambda stage: shares[stage]) == firm.PROPOSAL


def test_one_seller_is_weak_at_one_stage_only(told: Story) -> None:
    weak = [deal for deal in told.deals if deal.arrival.seller.name == firm.WEAK_SELLER]
    others = [deal for deal in told.deals if deal.arrival.seller.name != firm.WEAK_SELLER]
    gaps = {stage: share(conversion(others, stage)) - share(conversion(weak, stage)) for stage in range(len(STAGES))}
    assert max(gaps, key=lambda stage: gaps[stage]) == firm.MEETING
    assert gaps[firm.MEETING] > 0.2


def test_open_deals_rot_lack_a_next_step_or_are_left_behind(told: Story) -> None:
    is_open = [deal for deal in told.deals if deal.journey.status == "open"]
    planned = {activity.deal.number for activity in told.activities if activity.done is None}
    last: dict[int, dt.datetime] = {}
    for activity in told.activities:
        if activity.done:
            last[activity.deal.number] = max(activity.done, last.get(activity.deal.number, activity.done))
    idle = [deal for deal in is_open if (told.now - last.get(deal.number, deal.arrival.at)).days > 14]
    assert 0.1 < len(idle) / len(is_open) < 0.6
    assert 0.1 < sum(deal.number not in planned for deal in is_open) / len(is_open) < 0.6
    assert any(deal.arrival.seller.left_months_ago for deal in is_open)


def test_it_is_as_dirty_as_real_files(told: Story) -> None:
    rows = list(tables.deals(told, STAGES, tables.Money()))
    column = {heading: n for n, heading in enumerate(tables.HEADINGS["deals"])}
    won = [row for row in rows if row[column["Status"]] == "won"]
    lost = [row for row in rows if row[column["Status"]] == "lost"]
    assert 0 < sum(not row[column["Value"]] for row in won) < 0.1 * len(won)
    assert 0.3 < sum(not row[column["Lost reason"]] for row in lost) / len(lost) < 0.5
    assert {"Website", "website", "Web site"} <= {row[column["Source"]] for row in rows}
    assert Counter(row[column["Currency"]] for row in rows)["EUR"] > 50
