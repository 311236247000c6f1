"""The attribution audit of deals without a lead (R20): first touches and campaigns beside what is recorded."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.insights.metrics.deal_traces import audited
from tests.insights.bare import BARE, behind, question, rows
from tests.strategies.streams import Company

AT = dt.datetime(2024, 3, 1, 12)
HOUR = dt.timedelta(hours=1)
INBOUND, REFERRAL = 1, 2
ANN, BOB = 1, 2
PEOPLE = {"ann": ANN, "bob": BOB}


def deal(number: int, **fields: Any) -> dict[str, Any]:
    return {"deal": number, "status": "open", "pipeline": 1, "created_at": AT, "originator": ANN, **fields}


def touch(number: int, actor: int | None, after: dt.timedelta = HOUR) -> dict[str, Any]:
    return {"deal": number, "touched_at": AT + after, "actor": actor, "kind": "activity"}


def hold(deals: list[dict[str, Any]], touches: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    company = Company(deals=deals, touches=touches, **more)
    company.names += [{"kind": "campaign", "id": 7, "place": 0, "label": "Spring fair"}]
    BARE.hold(company)
    (row,) = rows("deal_misattribution")
    return row


def test_r20_a_deal_without_a_lead_is_held_against_its_first_touch_and_a_deal_without_any_against_nothing() -> None:
    deals = [deal(n) for n in (1, 2, 3, 4, 5)] + [deal(6, originator=None), deal(7)]
    touches = [touch(1, ANN), touch(2, BOB), touch(2, ANN, 2 * HOUR), touch(4, None), touch(5, BOB)]
    calls = [{"organization": 3, "owner": ANN, "done_at": AT - HOUR}]
    deals[4]["organization"] = 3  # called before the deal was there
    row = hold(deals, touches, activities=calls, leads=[{"lead": 1, "deal": 7, "status": "converted"}])
    assert (row["numerator"], row["n"], row["pending"], row["no_evidence"]) == (1, 3, 0, 2)
    assert behind("deal_misattribution", "numerator") == [2]
    assert behind("deal_misattribution", "no_evidence") == [3, 4]  # the touch of 4 is by nobody known
    doubted, *without = audited(BARE, question("deal_misattribution"))
    assert (doubted["deal"], doubted["worker"], doubted["worked_at"]) == (2, "Bob", AT + HOUR)
    assert (doubted["originator_doubted"], doubted["source_doubted"], doubted["no_evidence"]) == (1, 0, 0)
    assert [(one["deal"], one["worker"], one["no_evidence"]) for one in without] == [(3, None, 1), (4, None, 1)]


def test_where_no_originator_ever_touches_first_nobody_is_accused() -> None:
    row = hold([deal(n) for n in range(1, 12)], [touch(n, BOB) for n in range(1, 12)])
    assert (row["numerator"], row["n"], row["pending"], row["no_evidence"]) == (0, 0, 11, 0)
    assert row["value"] is None


def test_a_source_is_held_against_that_of_most_of_the_campaigns_other_deals() -> None:
    fair = {"campaign": 7, "originator": None}
    deals = [deal(n, source=INBOUND, **fair) for n in (1, 2, 3, 5)] + [deal(4, source=REFERRAL, **fair)]
    row = hold([*deals, deal(6, source=REFERRAL, campaign=8, originator=None)], [])
    assert (row["numerator"], row["n"], row["no_evidence"]) == (1, 5, 1)  # alone in its campaign: nothing tells
    doubted, without = audited(BARE, question("deal_misattribution"))
    assert (doubted["deal"], doubted["source"], doubted["told"], doubted["campaign"]) == (
        4, "Referral", "Inbound", "Spring fair",
    )  # fmt: skip
    assert (doubted["source_doubted"], without["deal"], without["told"]) == (1, 6, None)
    assert audited(BARE, question("deal_misattribution", seen=(1, 6)))[0]["deal"] == 6
    row = hold([*deals[:3], deal(4, source=REFERRAL, **fair)], [])
    assert (row["numerator"], row["n"], row["no_evidence"]) == (1, 1, 3)  # two others are too few to tell of the three
    row = hold([], [])
    assert (row["value"], row["n"], row["pending"], row["no_evidence"]) == (None, 0, 0, 0)


def _slowly(deals: list[dict[str, Any]], firsts: list[str]) -> dict[int, str]:
    """Deal to doubted, borne, pending or none."""
    credited = [one for one in deals if one["originator"] or one["source"]]
    first = {one["deal"]: PEOPLE.get(firsts[one["deal"] - 1]) for one in deals}

    def bears(one: dict[str, Any]) -> bool:
        return bool(one["originator"]) and first[one["deal"]] == one["originator"]

    def expected(one: dict[str, Any]) -> bool:
        for key in ("source", "originator"):
            alike = [other for other in credited if other["originator"] and one[key] and other[key] == one[key]]
            if alike and sum(map(bears, alike)) / len(alike) >= 0.1:
                return True
        return False

    found = {}
    for one in credited:
        others = [
            other["source"] for other in deals
            if other is not one and other["campaign"] and other["campaign"] == one["campaign"] and other["source"]
        ] if one["source"] else []  # fmt: skip
        told = [source for source in set(others) if others.count(source) > max(len(others) / 2, 2)]
        kept = bool(one["originator"] and first[one["deal"]])
        if (kept and not bears(one) and expected(one)) or (told and told[0] != one["source"]):
            found[one["deal"]] = "doubted"
        elif bears(one) or told:
            found[one["deal"]] = "borne"
        else:
            found[one["deal"]] = "pending" if kept else "none"
    return found


@settings(max_examples=20, deadline=None)
@given(
    told=st.lists(
        st.tuples(
            st.sampled_from(("ann", "bob", "nobody", "unknown")),
            st.sampled_from((INBOUND, REFERRAL, None)),
            st.sampled_from((ANN, BOB, None)),
            st.sampled_from((7, 7, 7, 8, None)),
        ),
        max_size=9,
    )
)
def test_the_audit_of_deals_is_what_the_slow_definition_says(told: list[tuple[Any, ...]]) -> None:
    deals = [deal(n, source=s, originator=o, campaign=c) for n, (_first, s, o, c) in enumerate(told, 1)]
    firsts = [one[0] for one in told]
    touches = [touch(n, PEOPLE.get(first)) for n, first in enumerate(firsts, 1) if first != "nobody"]
    row = hold(deals, touches)
    slow = _slowly(deals, firsts)
    for part, fate in (("numerator", "doubted"), ("failed", "borne"), ("pending", "pending"), ("no_evidence", "none")):
        assert behind("deal_misattribution", part) == [number for number, said in slow.items() if said == fate], fate
    assert row["n"] + row["pending"] + row["no_evidence"] == len(slow)
