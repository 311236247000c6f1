"""R36, R38: a private calendar address made, read, revoked; the digest by mail switched on, and stopped by its link."""

from __future__ import annotations

import datetime as dt
from typing import Any

import icalendar
import pytest
from django.test import Client, override_settings
from django.utils import timezone
from playwright.sync_api import expect

from leadline.mail import digests
from leadline.mail.models import DigestWish, Letter
from leadline.web.digests.making import made
from leadline.web.feeds import reading
from tests import factories as make
from tests.journeys.axe import hindrances
from tests.journeys.test_calculator import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_r36_r38_a_calendar_elsewhere_and_a_day_by_mail(page: Any, live_server: Any) -> None:
    lena = sign_in(page)
    now = timezone.now()
    deal = make.deal(lena, owner=lena, title="Dock 7")
    make.activity(lena, deal=deal, subject="Call the harbour", due_at=now - dt.timedelta(days=1))

    reading.forget()
    page.goto("/me/")
    page.get_by_label("Name of the reader").fill("Phone")
    page.get_by_role("button", name="Make an address").click()
    address = page.get_by_label("Your new address").input_value()
    assert hindrances(page) == []
    path = "/calendar-feed/" + address.split("/calendar-feed/")[1]
    read = icalendar.Calendar.from_ical(Client().get(path).content)
    assert [str(event["SUMMARY"]) for event in read.walk("VEVENT")] == ["Call the harbour"]
    page.reload()
    expect(page.get_by_label("Your new address")).to_have_count(0)
    expect(page.locator("#calendar")).to_contain_text("last read")
    page.get_by_role("button", name="Revoke Phone").click()
    expect(page.locator("#calendar .sessions")).to_have_count(0)
    assert Client().get(path).status_code == 404

    page.goto("/today/digest/")
    expect(page.locator("#overdue")).to_contain_text("Call the harbour")
    assert hindrances(page) == []
    page.get_by_label("My day, every working day").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. The first letter comes on")).to_be_visible()
    DigestWish.objects.update(since=now - dt.timedelta(days=9), at=dt.time(0))
    day = next(
        day for n in range(7) if digests.begins_week(day := now.date() - dt.timedelta(days=n), digests.company_days())
    )
    with override_settings(LEADLINE_ADDRESS=live_server.url):
        # On a Monday it is today's, which was read on screen a moment ago: nothing is sent that is older than that.
        digests.run_due(made, dt.datetime.combine(day, dt.time(23, 59), dt.UTC))
    letter = Letter.objects.get()
    assert "Overdue" in letter.subject
    page.context.clear_cookies()  # no sign-in is needed
    page.goto(letter.stop_at)
    assert hindrances(page) == []
    page.get_by_role("button", name="Stop them").click()
    expect(page.get_by_role("heading", name="Stopped")).to_be_visible()
    assert not DigestWish.objects.get().daily
