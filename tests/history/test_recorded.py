"""One row, one log entry, one transaction; two people at once; nothing that the log does not know."""

from __future__ import annotations

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.crm.models import Deal, Person
from leadline.history.bulk import change_each
from leadline.history.expecting import Conflict
from leadline.history.models import Change
from leadline.history.replay import disagreements
from tests import factories as make
from tests.cast import person

pytestmark = pytest.mark.django_db


def log_of(deal: Deal) -> list[Change]:
    return list(Change.objects.filter(entity="deal", record_id=deal.pk).order_by("id"))


def test_a_change_keeps_what_was_and_what_is() -> None:
    user, deal = person("Olga"), make.deal(title="One", value=Decimal(5))
    deal.edit(by=user.via("api"), value=Decimal("7.5"))
    change = log_of(deal)[-1]
    assert (change.verb, change.by_id, change.via) == (Change.CHANGE, user.pk, "api")
    assert change.old == {"value": "5.00", "value_base": "5.00"}
    assert (change.new["value"], change.new["title"]) == ("7.50", "One")
    assert "competitor" not in change.new, "what is empty is left out"


def test_no_difference_writes_nothing() -> None:
    deal = make.deal(title="One")
    deal.edit(by=SYSTEM, title="One")
    deal.move_to(deal.stage, by=SYSTEM)
    deal.restore(by=SYSTEM)
    assert len(log_of(deal)) == 1


def test_a_refused_change_leaves_row_log_and_object_as_they_were() -> None:
    deal = make.deal(title="One", value=Decimal(5))
    with pytest.raises(ValidationError):
        deal.edit(by=SYSTEM, title="Two", value=Decimal(-1))
    assert (deal.title, deal.value) == ("One", Decimal(5))
    assert (Deal.objects.get(pk=deal.pk).title, len(log_of(deal))) == ("One", 1)


@pytest.mark.parametrize("name", ["status", "stage_id", "value_base", "deleted_at", "last_touch_at", "pk", "nonsense"])
def test_what_has_a_verb_of_its_own_cannot_be_edited(name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        make.deal().edit(by=SYSTEM, **{name: 1})
    assert list(refused.value.message_dict) == [name]


def test_stale_objects_change_only_what_they_are_told() -> None:
    deal = make.deal(title="One", competitor="A")
    stale = Deal.objects.get(pk=deal.pk)
    deal.edit(by=SYSTEM, title="Two")
    stale.edit(by=SYSTEM, competitor="B")
    assert (stale.title, stale.competitor) == ("Two", "B")
    assert log_of(deal)[-1].old == {"competitor": "A"}


def test_a_list_changed_in_place_is_noticed() -> None:
    person = make.person(emails=[{"value": "a@example.com"}])
    with person.changing(SYSTEM):
        person.emails.append({"value": "b@example.com"})
    assert [mail["value"] for mail in Person.objects.get().emails] == ["a@example.com", "b@example.com"]
    assert list(disagreements(Person)) == []


def test_a_field_that_somebody_else_has_changed_is_a_conflict() -> None:
    deal = make.deal(title="One", value=Decimal(5))
    deal.edit(by=SYSTEM, title="Two")
    with pytest.raises(Conflict) as refused:
        deal.edit(by=SYSTEM, title="Three", expect={"title": "One", "value": "5", "competitor": ""})
    assert refused.value.now == {"title": "Two"}
    assert list(refused.value.message_dict) == ["title"]
    deal.edit(by=SYSTEM, title="Three", expect={"title": "Two"})
    assert Deal.objects.get().title == "Three"


def test_related_records_by_object_or_by_number() -> None:
    deal, organization, user = make.deal(), make.organization(), person("Olga")
    deal.edit(by=SYSTEM, organization=organization, owner_id=str(user.pk))
    assert (deal.organization_id, deal.owner_id) == (organization.pk, user.pk)
    assert list(disagreements(Deal)) == []
    with pytest.raises(ValidationError) as refused:
        deal.edit(by=SYSTEM, organization_id=organization.pk + 99)
    assert list(refused.value.message_dict) == ["organization"]


def test_the_log_of_a_record_reads_in_the_order_it_was_written() -> None:
    """A deal is won "last week", though it was edited today: closed last week, written down behind the edit."""
    deal = make.deal(at=timezone.now() - dt.timedelta(days=30))
    deal.edit(by=SYSTEM, title="Edited today")
    last_week = timezone.now() - dt.timedelta(days=7)
    deal.win(by=SYSTEM, at=last_week)
    assert deal.closed_at == last_week
    moments = [change.occurred_at for change in log_of(deal)]
    assert moments == sorted(moments)
    assert list(disagreements(Deal)) == []


def test_a_clock_that_went_back_hides_nothing() -> None:
    deal = make.deal()
    ahead = timezone.now() + dt.timedelta(days=3)
    Change.objects.filter(record_id=deal.pk, entity="deal").update(occurred_at=ahead)
    deal.edit(by=SYSTEM, title="Now")
    assert log_of(deal)[-1].occurred_at == ahead
    assert list(disagreements(Deal)) == []


def test_the_future_has_not_happened() -> None:
    tomorrow = timezone.now() + dt.timedelta(days=1)
    with pytest.raises(ValidationError):
        make.deal(at=tomorrow)
    with pytest.raises(ValidationError):
        make.deal().win(by=SYSTEM, at=tomorrow)


def test_times_without_a_zone_are_utc() -> None:
    deal = make.deal(created_at=dt.datetime(2026, 3, 1, 12, 0))
    assert Deal.objects.get().created_at == dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)
    assert log_of(deal)[0].new["created_at"] == "2026-03-01T12:00:00.000000Z"


def test_many_are_changed_as_one_is() -> None:
    deals = [make.deal(title=f"Deal {number}") for number in range(5)]
    make.deal(title="Other")

    def rename(deal: Deal) -> None:
        deal.title = deal.title.replace("Deal", "Sale")

    assert change_each(Deal.objects.all(), rename, by=SYSTEM) == 5
    assert list(disagreements(Deal)) == []
    acts = {log_of(deal)[-1].act for deal in deals}
    assert len(acts) == 1
    assert acts != {None}


def test_many_are_changed_all_or_none() -> None:
    make.deal(title="A")
    make.deal(title="B")

    def spoil(deal: Deal) -> None:
        deal.title = "" if deal.title == "B" else "Changed"

    with pytest.raises(ValidationError):
        change_each(Deal.objects.all(), spoil, by=SYSTEM)
    assert set(Deal.objects.values_list("title", flat=True)) == {"A", "B"}


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_lose_nothing() -> None:
    """Each adds their own label to one deal, again and again; every one stays."""
    deal = make.deal()
    labels = [[make.label(f"{who} {number}") for number in range(15)] for who in ("A", "B")]
    failures: list[BaseException] = []

    def work(mine: list[object]) -> None:
        try:
            own = Deal.objects.get(pk=deal.pk)
            for label in mine:
                own.label(label, by=SYSTEM)  # type: ignore[arg-type]
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(mine,)) for mine in labels]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    deal.refresh_from_db()
    assert failures == []
    assert deal.label_ids == sorted(label.pk for mine in labels for label in mine)
    assert list(disagreements(Deal)) == []
