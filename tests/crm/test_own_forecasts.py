"""What people say will be booked: whose it is, who sees it, what is refused; and forecasts that are never rewritten."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from leadline.accounts.models import User
from leadline.crm.forecasting import Of, say
from leadline.crm.models import ForecastSnapshot, OwnForecast
from leadline.crm.models.forecast_snapshot import Rewriting
from leadline.history.models import Change
from leadline.history.replay import disagreements
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db
JULY = Of("own", dt.date(2099, 7, 1), dt.date(2099, 7, 31))
QUARTER = Of("own", dt.date(2099, 7, 1), dt.date(2099, 9, 30))


@pytest.fixture
def cast() -> Cast:
    return assemble()


def test_a_person_says_changes_and_takes_back_and_the_log_keeps_every_version(cast: Cast) -> None:
    row = say(cast.owner, JULY, Decimal(100), by=cast.owner)
    assert say(cast.owner, JULY, Decimal(120), by=cast.owner) == row
    assert say(cast.owner, QUARTER, Decimal(300), by=cast.owner) != row
    say(cast.owner, JULY, None, by=cast.owner)
    assert row
    assert say(cast.owner, JULY, None, by=cast.owner) is None
    verbs = Change.objects.filter(entity="own_forecast", record_id=row.pk).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [Change.CREATE, Change.CHANGE, Change.DELETE]
    assert say(cast.owner, JULY, Decimal(90), by=cast.owner) != row
    assert list(disagreements(OwnForecast)) == []


def test_nobody_says_it_for_another_and_leaders_see_their_people(cast: Cast) -> None:
    for person in (cast.leader, cast.teammate, cast.reader, cast.outsider):
        with pytest.raises(PermissionDenied):
            say(cast.owner, JULY, Decimal(1), by=person)
    mine = say(cast.owner, JULY, Decimal(100), by=cast.owner)
    assert mine
    for person in (cast.leader, cast.teammate):
        with pytest.raises(PermissionDenied):
            mine.edit(by=person, amount=1)

    def sees(user: User) -> bool:
        return bool(OwnForecast.objects.visible_to(user).filter(pk=mine.pk).exists())

    assert [sees(user) for user in (cast.owner, cast.leader, cast.administrator)] == [True] * 3
    assert [sees(user) for user in (cast.teammate, cast.outsider, cast.reader, cast.inactive)] == [False] * 4


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": Decimal(-1)}, "amount"),
        ({"amount": None}, "amount"),
        ({"start_on": dt.date(2099, 7, 2)}, "start_on"),
        ({"start_on": dt.date(2099, 8, 1), "end_on": dt.date(2099, 10, 31)}, "start_on"),
        ({"whose": "team"}, "whose"),
        ({"whose": "all"}, "whose"),
        ({"start_on": dt.date(2020, 7, 1), "end_on": dt.date(2020, 7, 31)}, "amount"),
    ],
)
def test_what_makes_none_is_refused_beside_its_field(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    usual = {"start_on": JULY.start_on, "end_on": JULY.end_on, "amount": Decimal(1), "owner": cast.owner}
    with pytest.raises(ValidationError) as refused:
        OwnForecast(**{**usual, **wrong}).add(by=cast.owner)
    assert field in refused.value.message_dict


def test_what_was_said_before_a_time_was_over_stays_as_it_was(cast: Cast) -> None:
    january = Of("own", dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    row = OwnForecast(owner=cast.owner, start_on=january.start_on, end_on=january.end_on, amount=Decimal(100))
    row.add(by=cast.owner, at=dt.datetime(2026, 1, 10, tzinfo=dt.UTC))
    with pytest.raises(ValidationError, match="is over"):
        say(cast.owner, january, Decimal(120), by=cast.owner)
    with pytest.raises(ValidationError, match="is over"):
        say(cast.owner, january, None, by=cast.owner)


def test_a_kept_forecast_is_never_rewritten() -> None:
    kept = ForecastSnapshot.objects.create(said_on=dt.date(2026, 1, 5), body={"median": 1})
    kept.body = {"median": 2}
    for deed in (
        kept.save,
        kept.delete,
        ForecastSnapshot.objects.all().delete,
        lambda: ForecastSnapshot.objects.update(body={}),
        lambda: ForecastSnapshot.objects.bulk_update([kept], ["body"]),
        lambda: ForecastSnapshot._base_manager.update(body={}),
        lambda: ForecastSnapshot.objects.bulk_create([kept], update_conflicts=True),
        lambda: ForecastSnapshot.objects.all()._raw_delete("default"),
        lambda: kept.save_base(force_update=True),
    ):
        with pytest.raises(Rewriting):
            deed()
    assert ForecastSnapshot.objects.get().body == {"median": 1}
