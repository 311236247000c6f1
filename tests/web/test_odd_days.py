"""Days of other ages: refused where people type them, and read where the log has them already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from leadline.accounts.models import User
from leadline.activities.models import Activity
from leadline.history.models import Change
from leadline.history.replay import disagreements
from leadline.history.undoing import undo
from leadline.history.values import plain
from tests import factories as make
from tests.cast import Cast

SignIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


OTHER_AGES = ["0999-05-05T10:00", "0001-01-01T00:00+14:00", "1899-12-31T23:59", "9999-12-31T23:59"]


@pytest.mark.parametrize("value", OTHER_AGES)
def test_an_activity_of_another_age_is_refused(cast: Cast, signed_in: SignIn, value: str) -> None:
    call = make.activity(owner=cast.owner, by=cast.owner)
    at, client = reverse("edit", args=["activity", call.pk, "due_at"]), signed_in(cast.owner)
    assert client.post(at, {"value": value, "was": "null"}, headers=HTMX).status_code == 422
    at = reverse("activity_edit", args=[call.pk])
    assert client.post(at, {"subject": "x", "due": value}, headers=HTMX).status_code == 422
    call.refresh_from_db()
    assert call.due_at is None


@pytest.mark.parametrize("value", ["0999-05-05", "1899-12-31", "9999-12-31"])
def test_a_deal_of_another_age_is_refused(cast: Cast, signed_in: SignIn, value: str) -> None:
    deal, client = make.deal(owner=cast.owner), signed_in(cast.owner)
    own = make.custom_field("date")
    for name in ("expected_close_on", f"own_{own.pk}"):
        at = reverse("edit", args=["deal", deal.pk, name])
        assert client.post(at, {"value": value, "was": "null"}, headers=HTMX).status_code == 422, name
    assert client.post(reverse("deal_parked", args=[deal.pk]), {"date": value}, headers=HTMX).status_code == 422
    deal.refresh_from_db()
    assert (deal.expected_close_on, deal.status, deal.custom) == (None, "open", {})


def test_the_log_has_years_of_four_digits() -> None:
    assert plain(dt.datetime(999, 5, 5, 10, tzinfo=dt.UTC)) == "0999-05-05T10:00:00.000000Z"
    assert plain(dt.datetime(2026, 5, 5, 10, 1, 2, 30, tzinfo=dt.UTC)) == "2026-05-05T10:01:02.000030Z"


def test_what_was_logged_before_is_read(cast: Cast, signed_in: SignIn) -> None:
    call = make.activity(owner=cast.owner, by=cast.owner)
    Activity.objects.filter(pk=call.pk).update(due_at=dt.datetime(999, 5, 5, 10, tzinfo=dt.UTC))
    call.edit(by=cast.owner, subject="Rang")
    for change in Change.objects.filter(entity="activity", record_id=call.pk):
        first = change.verb == Change.CREATE
        due = '"due_at":"999-05-05T10:00:00.000000Z",'
        Change.objects.filter(pk=change.pk).update(
            after="{" + due + change.after[1:] if first else change.after.replace('"0999-', '"999-')
        )
    latest = Change.objects.filter(entity="activity", record_id=call.pk).latest("id")
    assert '"999-' in latest.after
    assert not list(disagreements(Activity))
    client = signed_in(cast.administrator)
    assert client.get(reverse("audit")).status_code == 200
    assert b"999" in b"".join(client.get(reverse("audit_csv")).streaming_content)  # type: ignore[attr-defined]
    assert not undo(latest, by=cast.owner).left
