"""A small company whose numbers are known by heart: what its leads, its sellers and its open deals add up to."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.test import Client
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import ActivityType, add_default_types
from leadline.crm.models import Deal, Lead, LeadStage, LeadStatus, Organization, Target
from leadline.history import members
from tests import factories as make

DAY = dt.timedelta(days=1)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def noon(days_ago: int) -> dt.datetime:
    today = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    return today - days_ago * DAY


def third(months_ago: int) -> dt.datetime:
    """Noon on the third of a month."""
    year, month = divmod(timezone.now().year * 12 + timezone.now().month - 1 - months_ago, 12)
    return dt.datetime(year, month + 1, 3, 12, tzinfo=dt.UTC)


def quiet(days_ago: int) -> dt.datetime:
    """That noon, or the last one before it that lies in no end of a quarter, where fluff is suspected."""
    return next(at for n in range(days_ago, days_ago + 30) if (at := noon(n)).month % 3 or at.day < 20)


def member(name: str, role: str = "seller") -> User:
    return members.add(User(name=name, email=f"{name.lower()}@example.com", role=role), by=SYSTEM)


def sit_down(page: Any, at: str) -> User:
    """Lena, leader, signed in and in front of a page."""
    lena, client = member("Lena", "leader"), Client()
    client.force_login(lena, backend=BACKEND)
    page.goto("/healthz")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": page.url}])
    page.goto(at)
    return lena


# --- twelve leads -----------------------------------------------------------------------------------------------------


def twelve_leads() -> None:
    """Inbound brings eight leads, six deals of 2,000, three won; outreach four a month later, two of 4,000, one won.

    Deals begin after 10 days and close after 20; the other leads are discarded. Bob is credited with all of outreach,
    but called two of the four only when they were there already. Two of inbound's sales are to the same customer.
    """
    ann, bob = member("Ann"), member("Bob")
    inbound, outreach = make.source("Inbound"), make.source("Outreach")
    make.pipeline()
    same, other, pier = (make.organization(name=name) for name in ("Lindby Marina", "Skagen Quay", "Ystad Pier"))
    for number in range(8):
        lead = _lead(ann, third(3) + number * DAY, source=inbound, value=Decimal(2000))
        _goes_on(lead, ann, wins=(same, same, other)[number : number + 1], accepted=number < 6)
    for number in range(4):
        began = third(2) + number * DAY
        lead = _lead(bob, began, source=outreach, value=Decimal(4000), originator=bob)
        if number % 2:
            make.activity(lead=lead, owner=bob, done_at=began - DAY)
        _goes_on(lead, bob, wins=(pier,)[number : number + 1], accepted=number < 2)


def _lead(owner: User, at: dt.datetime, **fields: Any) -> Lead:
    lead = Lead(title=f"Lamps {at:%j}", stage=LeadStage.MQL, owner=owner, created_at=at, **fields).add(by=SYSTEM, at=at)
    make.activity(lead=lead, owner=owner, done_at=at + DAY)
    return lead


def _goes_on(lead: Lead, owner: User, wins: tuple[Organization, ...], accepted: bool) -> None:
    """Accepted on the tenth day and closed on the twentieth, or discarded on the tenth."""
    assert lead.created_at
    at = lead.created_at + 10 * DAY
    if not accepted:
        lead.discard(by=owner, at=at)
        return
    deal = Deal(title=lead.title, value=lead.value, source=lead.source, owner=owner,
                originator=lead.originator, organization=wins[0] if wins else None, created_at=at,
                pipeline=make.pipeline()).add(by=owner, at=at)  # fmt: skip
    with lead.changing(owner, at=at):
        lead.stage, lead.status, lead.deal, lead.closed_at = LeadStage.SAL, LeadStatus.CONVERTED, deal, at
    (deal.win if wins else deal.lose)(by=owner, at=at + 10 * DAY)


# --- three sellers ----------------------------------------------------------------------------------------------------


def three_sellers() -> None:
    """Forty closed deals each, one call of ten minutes on each. Sales are of 2,000, after 20 days; Bob's after 40.

    Ann and Bob bring 20 from the first stage to the second and win 11. Cara brings 36 there and wins 8. Ann's were
    added on the day of a pipeline review, Bob's and Cara's a month before it.
    """
    add_default_types(by=SYSTEM)
    call, review = (ActivityType.objects.get(name=name) for name in ("Call", "Pipeline review"))
    day = next(noon(ago) for ago in range(60, 67) if noon(ago).weekday() == 0)
    first, second = make.stage(0), make.stage(1)
    for name, days, on, won, began in (
        ("Ann", 20, 20, 11, day),
        ("Bob", 40, 20, 11, day - 28 * DAY),
        ("Cara", 20, 36, 8, day - 28 * DAY),
    ):
        seller = member(name)
        for number in range(40):
            deal = make.deal(owner=seller, stage=first, value=Decimal(2000), created_at=began, at=began, by=seller)
            make.activity(type=call, deal=deal, owner=seller, done_at=began + DAY, minutes=10)
            if number < on:
                deal.move_to(second, by=seller, at=began + 5 * DAY)
            (deal.win if number < won else deal.lose)(by=seller, at=began + days * DAY)
    make.activity(type=review, owner=User.objects.get(name="Ann"), done_at=day)


# --- what is open -----------------------------------------------------------------------------------------------------


def what_is_open() -> None:
    """Ten open deals of 1,000 that lie still for 50 days and more; a push three times. Won: 7,000 and thrice 1,000.

    Of ten deals closed in the quarter of the target four were won. It wants 60,000.
    """
    seller, buyer = member("Ann"), make.organization(name="Lindby Marina")
    for number in range(10):
        began = noon(100 + number)
        value = Decimal(7000 if number == 0 else 1000)
        firm = buyer if number < 2 else make.organization()
        deal = make.deal(owner=seller, value=value, organization=firm, created_at=began, at=began)
        (deal.win if number < 4 else deal.lose)(by=seller, at=began + 30 * DAY)
    for number in range(10):
        began = quiet(50 + 2 * number)
        deal = make.deal(owner=seller, title=f"Still water {number}", created_at=began, at=began, by=seller,
                         value=Decimal(1000 + number), person=make.person(),
                         expected_close_on=noon(30).date())  # fmt: skip
    for days in (25, 20, 15):
        deal.edit(by=SYSTEM, at=noon(days + 10), expected_close_on=noon(days).date())
    today = timezone.now().date()
    Target(metric="booked_revenue", start_on=today - 2 * DAY, end_on=today + 30 * DAY, amount=Decimal(60_000)).add(
        by=SYSTEM
    )
