"""The promises of the numbers, walked through in a browser over a company whose answers are known by heart.

A test is named for the promises it shows; `docs/evidence/promises.md` is made from these names.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys import harbour

pytestmark = pytest.mark.django_db(transaction=True)
INTERVAL = r"(\S+ to \S+)?"
COUNTED = 30_000  # the first question of a company builds its warehouse


def line(page: Any, panel: str, *labels: str) -> Any:
    """The row of a panel's table with these labels, a panel being named as in its address."""
    found = page.locator(f"#{panel.replace('/', '-')}-table tbody tr")
    for label in labels:
        found = found.filter(has=page.get_by_role("rowheader", name=label, exact=True))
    return found


def holds(page: Any, panel: str, labels: tuple[str, ...], **cells: str) -> None:
    """That row says so: each cell, named by its heading, holds the text and perhaps an interval."""
    for heading, text in cells.items():
        cell = line(page, panel, *labels).locator(f"td[data-word='{heading.replace('_', ' ')}']")
        expect(cell).to_have_text(re.compile(rf"^\s*{re.escape(text)}{INTERVAL}\s*$"), timeout=COUNTED)


def says(page: Any, panel: str, text: str) -> None:
    expect(page.locator(f"#panel-{panel.replace('/', '-')}")).to_contain_text(text, timeout=COUNTED)


def figures(page: Any, **told: str) -> None:
    for word, value in told.items():
        title = page.get_by_text(word.replace("_", " "), exact=True)
        expect(page.locator(".figure", has=title).locator(".big")).to_have_text(value, timeout=COUNTED)


def opened(page: Any, panel: str, labels: tuple[str, ...], heading: str, count: int) -> None:
    """The number opens as many records as it says; then back."""
    line(page, panel, *labels).locator(f"td[data-word='{heading}'] > a").first.click()
    expect(page.locator("tbody tr")).to_have_count(count)
    page.go_back()


def drawn(page: Any, *panels: str) -> None:
    """Beside the table stands its chart."""
    for panel in panels:
        expect(page.locator(f"[data-chart={panel.replace('/', '-')}] .chart-drawing svg")).to_be_visible()


def month(at: dt.datetime) -> str:
    return f"{at:%Y-%m}"


def test_r12_r13_r14_r20_r21_from_a_lead_to_what_it_brings(page: Any) -> None:
    harbour.twelve_leads()
    harbour.sit_down(page, "/insights/sources/")

    # R12: five numbers of each source; a number opens its leads.
    figures(page, New_leads="12", SALs="8", Booked="$10,000", Sources_in_effect="1.8")
    five = {"New_leads": "8", "Become_deals": "75%", "SALs": "6", "Value_of_SALs": "$12,000", "SALs_won": "50%"}
    holds(page, "sources/five", ("Inbound",), Booked="$6,000", **five)
    holds(page, "sources/five", ("Outreach",), Become_deals="2 of 4", SALs_won="1 of 2", Booked="$4,000")
    before, after = month(harbour.third(3)), month(harbour.third(2))
    holds(page, "sources/months", (before,), Inbound="8", Outreach="0")
    holds(page, "sources/months", (after,), Inbound="0", Outreach="4")
    drawn(page, "sources/five", "sources/months")
    opened(page, "sources/five", ("Inbound",), "SALs", 6)

    # R13: size, close ratio, what a customer buys, 19 days from the first call to the sale, and what is lost where.
    worth = {"Mean_deal": "$2,000", "Close_ratio": "50%", "Lifetime_value": "$3,000", "Lag": "19"}
    holds(page, "sources/worth", ("Inbound",), Never_followed_up="0%", **worth)
    holds(page, "sources/leaks", ("Lead: MQL",), Inbound="25%", Outreach="2 of 4")
    holds(page, "sources/leaks", ("Target",), Inbound="50%", Outreach="1 of 2")
    opened(page, "sources/leaks", ("Lead: MQL",), "Inbound", 8)

    # R20: Bob called two of his four leads only when they were there already.
    says(page, "sources/audit", "2 of 4 credited leads have no activity of their originator before they were there.")
    holds(page, "sources/moved", ("Outreach",), **{"Leads,_believed": "2", "Booked,_believed": "$0"})

    # R21: one source only; grouped by who began the lead; the file says what the page says.
    page.get_by_label("Group by").select_option("originator")
    holds(page, "sources/five", ("Bob",), New_leads="4", Booked="$4,000")
    page.get_by_label("Source", exact=True).select_option("Outreach")
    says(page, "sources/mix", "All leads come from one source only: Outreach.")
    with page.expect_download() as file:
        page.locator("[data-panel='sources.five']").get_by_role("link", name="CSV").click()
    first, *others = csv.DictReader(Path(file.value.path()).read_text(encoding="utf-8-sig").splitlines())
    assert not others
    assert (first["originator"], first["leads_added"], first["lead_to_opportunity"]) == ("Bob", "4", "0.5")

    # R12, R14: the funnel in marketing's terms, and what is booked of which kind.
    page.goto("/insights/revenue/")
    figures(page, Value_of_SALs="$20,000", SALs_won="50%", Mean_deal="$2,500")
    holds(page, "revenue/steps", ("Lead: MQL",), Go_on="67%", Went_on="8", Decided="12")
    holds(page, "revenue/steps", ("Lead: SQL",), Go_on="100%", Decided="8")
    holds(page, "revenue/steps", ("Target",), Go_on="50%", Went_on="4")
    holds(page, "revenue/sources", ("Inbound",), MQL_to_SQL="75%", SQL_to_SAL="100%", SAL_to_won="50%")
    holds(page, "revenue/kinds", ("New business",), Booked="$10,000", Days_to_close="10")
    holds(page, "revenue/leading", (before,), Value_of_SALs="$12,000", SALs="6", Booked="$6,000")
    drawn(page, "revenue/steps", "revenue/booked", "revenue/leading")
    opened(page, "revenue/steps", ("Lead: MQL",), "Went on", 8)


def test_r8_r9_r10_r11_r15_r23_r26_who_sells_how(page: Any) -> None:
    harbour.three_sellers()
    harbour.sit_down(page, "/insights/people/")

    # R9, R10: four measures and the index, 40 deals x 2,000 x 27.5 % / 20 days.
    figures(page, Deals_added="120", Mean_deal_size="$2,000", Win_rate="25%", Median_days_to_close="20")
    measures = {"Deals_added": "40", "Mean_size": "$2,000", "Win_rate": "28%"}
    holds(page, "people/measures", ("Ann",), Index="1,100", Days_to_close="20", **measures)
    holds(page, "people/measures", ("Bob",), Index="550", Days_to_close="40", **measures)
    holds(page, "people/measures", ("Cara",), Index="800", Days_to_close="20", Win_rate="20%")
    holds(page, "people/stages", ("Target", "Cara"), Go_on="90%", All_together="63%")
    drawn(page, "people/measures", "people/compared", "people/trends")

    # R11: Cara brings far more through the first stage, and wins no more: not she is the bar.
    says(page, "people/carried", "Carries unqualified deals along")
    holds(page, "people/carried", ("Target", "Cara"), Go_on="90%", Of_the_others="50%", Went_on_and_were_lost="28")
    holds(page, "people/bar", ("Target",), As_measured="50%", Rests_on="40")
    holds(page, "people/bar", ("Contacted",), As_measured="55%", All_together="39%")
    opened(page, "people/bar", ("Contacted",), "Rests on", 20)

    # R23: each symptom is measured, or it is said that it is not.
    holds(page, "people/symptoms", ("Low close rate",), Is_it_so="cannot tell yet", Measured="25%")
    holds(page, "people/symptoms", ("Time is wasted",), Measured="75%", Rests_on="120 deals")
    holds(page, "people/symptoms", ("Clients are unhappy at the start",), Is_it_so="not measured")

    # A link reproduces the view: another number, one person, beside the time before.
    page.get_by_label("Number", exact=True).select_option("time_to_close")
    expect(page.locator("#people-compared-table thead")).to_contain_text("Days to close")
    page.get_by_label("Owner").select_option("Bob")
    expect(line(page, "people/compared", "Ann")).to_have_count(0)
    holds(page, "people/compared", ("Bob",), Days_to_close="40", Rests_on="11")
    other = page.context.new_page()
    other.goto(page.url)
    holds(other, "people/compared", ("Bob",), Days_to_close="40", Rests_on="11")
    expect(line(other, "people/compared", "Ann")).to_have_count(0)
    other.close()

    # R8: 120 calls for 30 wins; R15: too little to know whether calls bring bookings; R26: half became real.
    page.goto("/insights/activity/")
    figures(page, Activities_per_win="4")
    holds(page, "activity/per_win", ("Call",), Activities_per_win="4", Done="120", Won="30", Closed="120")
    holds(page, "activity/vanity", ("Call",), In_your_data="cannot tell yet", Done="120")
    says(page, "activity/reviews", "A review was held on 1 day.")
    holds(page, "activity/reviews", ("After a review",), Became_real="50%", Real="20", Added="40")
    holds(page, "activity/reviews", ("Other days",), Became_real="70%", Real="56", Added="80")
    drawn(page, "activity/per_win", "activity/reviews")
    opened(page, "activity/reviews", ("After a review",), "Real", 20)
    page.goto("/insights/calculator/")
    page.get_by_label("Counted in").select_option("wins")
    page.get_by_label("Count what was won since").fill("")
    page.get_by_label("To be won").fill("10")
    call = page.locator("#needed tbody tr", has=page.get_by_role("rowheader", name="Call", exact=True))
    expect(call.locator("td[data-word='For one win']")).to_contain_text("4")
    expect(call.locator("td[data-word='In all']")).to_have_text("40")


def test_r16_r19_r22_r29_what_to_believe_and_where_to_look(page: Any) -> None:
    harbour.what_is_open()
    harbour.sit_down(page, "/insights/health/")

    # R16: five questions, each with its answer and evidence; a number of the evidence opens its deals.
    answers = page.locator(".questions-of-health > li")
    expect(answers.locator("p.verdict")).to_have_text(
        ["Cannot tell", "No", "Cannot tell", "Yes", "No"], timeout=COUNTED
    )
    expect(answers.nth(0)).to_contain_text("of 24 still needed")
    expect(answers.nth(4)).to_contain_text("10 of 10 open deals")
    expect(page.locator("#health-focus-table tbody tr")).to_have_count(10)
    answers.nth(4).get_by_role("link", name="100%").first.click()
    expect(page.locator("tbody tr")).to_have_count(10)

    # R19: a close pushed three times: log odds of -3 + 3 x 0.7, so 29 %. No other deal shows a sign.
    page.goto("/insights/quality/")
    figures(page, Pushed_close_dates="3")
    holds(page, "quality/fluff", ("Still water 9",), Probably_fluff="29%", Why="Expected close pushed 3 times or more")
    expect(page.locator("#quality-fluff-table tbody tr")).to_have_count(1)
    holds(page, "quality/pushes", ("Ann",), Pushes="3", Deals="1", Days_in_all="15")
    holds(page, "quality/flaws", ("Lost without a reason",), Deals="6", Of="6")
    drawn(page, "quality/flaws", "quality/pushes")
    opened(page, "quality/pushes", ("Ann",), "Deals", 1)

    # R22: 7,000 of 10,000 in one deal: 1 / (0.7² + 3 x 0.1²) = 1.9 deals.
    page.goto("/insights/concentration/")
    figures(page, Effective_number_of_deals="1.9", Share_of_the_largest_deal="70%", Won_value_without_it="$3,000")
    figures(page, Share_of_the_largest_customer="80%")
    holds(page, "concentration/customers", ("Lindby Marina",), Booked_revenue="$8,000", Won_deals="2")
    drawn(page, "concentration/customers")

    # R29: what came and went adds up to the cent; and as of a day before the first sale nothing was won.
    page.goto("/insights/changes/?period=all")
    for what, value in (("Added", "$26,045"), ("Won", "-$10,000"), ("Lost", "-$6,000"), ("Open after", "$10,045")):
        holds(page, "changes/value", (what,), Value=value)
    drawn(page, "changes/value")
    page.goto(f"/insights/funnel/?as_of={harbour.noon(90).date()}")
    figures(page, Won_deals="0", Open_value="$16,000")
