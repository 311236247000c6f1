"""A deal's life: added, moved, won, lost, parked, opened again, thrown away; and the clocks that make it rot."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.accounts.actors import SYSTEM
from leadline.crm.models import Deal, Pipeline
from leadline.crm.pipelines import add_pipeline
from leadline.history.models import Change
from tests import factories as make
from tests.cast import person

pytestmark = pytest.mark.django_db


def ago(days: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


# --- adding and moving ---


def test_a_new_deal_goes_to_the_first_stage_of_the_default_pipeline() -> None:
    make.pipeline()
    deal = Deal(title="Turbines").add(by=SYSTEM)
    assert (deal.stage, deal.status, deal.currency) == (make.stage(0), "open", "USD")
    assert deal.created_at is not None


def test_a_deal_without_any_pipeline_says_what_is_missing() -> None:
    assert Pipeline.default() is None
    with pytest.raises(ValidationError, match="no pipeline yet"):
        Deal(title="Turbines").add(by=SYSTEM)


def test_a_time_that_a_file_did_not_know_stays_unknown() -> None:
    deal = make.deal(at=ago(3))
    assert deal.created_at is None
    assert make.deal(at=ago(3), created_at=ago(9)).created_at < ago(8)


def test_a_move_sets_stage_pipeline_and_both_clocks() -> None:
    user, deal = person("Olga"), make.deal(at=ago(30))
    partners = add_pipeline("Partners", ["A", "B"], by=SYSTEM)
    stage = partners.kept_stages()[1]
    deal.move_to(stage, by=user)
    deal.refresh_from_db()
    assert (deal.stage, deal.pipeline) == (stage, partners)
    assert deal.last_touch_at == deal.stage_entered_at > ago(1)


def test_a_move_to_where_it_stands_is_none() -> None:
    deal = make.deal(at=ago(30))
    entered = deal.stage_entered_at
    deal.move_to(deal.stage, by=person("Olga"))
    assert (deal.stage_entered_at, deal.last_touch_at) == (entered, None)


def test_nothing_moves_into_a_deleted_stage_even_by_an_old_object() -> None:
    deal, stage = make.deal(), make.stage(2)
    make.stage(2).trash(by=SYSTEM)
    assert stage.deleted_at is None, "read before"
    with pytest.raises(ValidationError, match="has been deleted"):
        deal.move_to(stage, by=SYSTEM)


@pytest.mark.parametrize("value", [Decimal("-0.01"), Decimal("1e17"), "a lot"])
def test_a_value_that_cannot_be(value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        make.deal(value=value)
    assert list(refused.value.message_dict) == ["value"]


def test_an_unknown_value_is_not_nothing() -> None:
    unknown, nothing = make.deal(value=None), make.deal(value=Decimal(0))
    assert (unknown.value, unknown.value_base) == (None, None)
    assert (nothing.value, nothing.value_base) == (0, 0)


# --- closing ---


def test_won() -> None:
    deal = make.deal()
    deal.win(by=SYSTEM)
    closed = deal.closed_at
    deal.win(by=SYSTEM)
    assert (deal.status, deal.closed_at, deal.is_open) == ("won", closed, False)
    assert Change.objects.filter(entity="deal").count() == 2, "won twice is once"


def test_lost_with_its_reason_and_a_day_to_ask_again() -> None:
    """R4: six months later by default, on the same day of the month or on its last."""
    deal, reason = make.deal(at=ago(90)), make.lost_reason()
    when = ago(1)
    deal.lose(reason, by=SYSTEM, note="Too dear", at=when)
    deal.refresh_from_db()
    assert (deal.status, deal.lost_reason, deal.lost_note, deal.closed_at) == ("lost", reason, "Too dear", when)
    assert deal.revisit_on == when.date() + relativedelta(months=6)
    chosen = dt.date.today() + dt.timedelta(days=30)
    assert make.deal().lose(by=SYSTEM, revisit_on=chosen).revisit_on == chosen


def test_parked_until_a_day_ahead() -> None:
    """R4."""
    deal, soon = make.deal(), dt.date.today() + dt.timedelta(days=30)
    deal.park(by=SYSTEM, come_back_on=soon, reason="No budget this year")
    assert (deal.status, deal.come_back_on, deal.parked_reason) == ("nurture", soon, "No budget this year")
    assert not Deal.objects.open().exists()
    with pytest.raises(ValidationError) as refused:
        deal.park(by=SYSTEM, come_back_on=dt.date.today())
    assert list(refused.value.message_dict) == ["come_back_on"]


@pytest.mark.parametrize("ending", ["win", "lose", "park"])
def test_opened_again_where_it_stood(ending: str) -> None:
    deal = make.deal(stage=make.stage(2), at=ago(30))
    more = {"come_back_on": dt.date.today() + dt.timedelta(days=30)} if ending == "park" else {}
    getattr(deal, ending)(by=SYSTEM, **more)
    deal.reopen(by=SYSTEM)
    deal.refresh_from_db()
    assert (deal.stage, deal.status) == (make.stage(2), "open")
    leftovers = (deal.closed_at, deal.revisit_on, deal.come_back_on, deal.lost_reason, deal.lost_note)
    assert leftovers == (None, None, None, None, "")
    assert deal.stage_entered_at > ago(1)


def test_opened_again_in_the_first_stage_where_its_own_is_not_known_or_gone() -> None:
    unknown = make.deal(status="won")
    Deal.objects.filter(pk=unknown.pk).update(stage=None)
    assert unknown.reopen(by=SYSTEM).stage == make.stage(0)
    gone = make.deal(stage=make.stage(4)).win(by=SYSTEM)
    make.stage(4).trash(by=SYSTEM)
    assert gone.reopen(by=SYSTEM).stage == make.stage(0)


def test_thrown_away_and_brought_back() -> None:
    deal = make.deal()
    deal.trash(by=SYSTEM)
    assert (deal.is_open, Deal.objects.open().count()) == (False, 0)
    deal.restore(by=SYSTEM)
    assert Deal.objects.open().get() == deal
    assert [change.verb for change in Change.objects.filter(entity="deal").order_by("id")] == [
        "create",
        "delete",
        "change",
    ]


# --- lines ---


def test_the_value_is_taken_from_the_lines_when_asked() -> None:
    deal = make.deal(value=Decimal(1))
    make.line(deal, product=make.product(unit_price=Decimal("19.99")), quantity=Decimal("2.5"))
    make.line(deal, unit_price=Decimal(100), discount=Decimal(15))
    make.line(deal, unit_price=Decimal(999)).trash(by=SYSTEM)
    deal.refresh_from_db()
    assert deal.value == 1, "not before"
    deal.take_value_from_lines(by=SYSTEM)
    assert (deal.value, deal.value_base) == (Decimal("134.98"), Decimal("134.98"))


def test_lines_without_a_price_give_no_value() -> None:
    deal = make.deal(value=Decimal(5))
    with pytest.raises(ValidationError):
        deal.take_value_from_lines(by=SYSTEM)
    make.line(deal, product=make.product(unit_price=None))
    with pytest.raises(ValidationError):
        deal.take_value_from_lines(by=SYSTEM)
    assert Deal.objects.get().value == 5


def test_a_line_takes_the_list_price_and_refuses_nonsense() -> None:
    product = make.product(unit_price=Decimal(40))
    assert make.line(make.deal(), product=product).unit_price == 40
    for wrong in ({"discount": Decimal(101)}, {"quantity": Decimal(-1)}):
        with pytest.raises(ValidationError):
            make.line(make.deal(), product=product, **wrong)


# --- rotting (R3) ---


def idle(days: float, **fields: object) -> Deal:
    deal = make.deal(at=ago(400), **fields)
    Deal.objects.filter(pk=deal.pk).update(last_touch_at=ago(days))
    deal.refresh_from_db()
    return deal


def test_stage_one_rots_after_five_days_and_another_after_two() -> None:
    """R3's example."""
    first, second = make.stage(0), make.stage(1)
    first.edit(by=SYSTEM, rot_days=5)
    second.edit(by=SYSTEM, rot_days=2)
    fresh, rotten = idle(4, stage=first), idle(5.1, stage=first)
    fresh_there, rotten_there = idle(1.9, stage=second), idle(4, stage=second)
    assert [deal.is_rotten() for deal in (fresh, rotten, fresh_there, rotten_there)] == [False, True, False, True]
    assert set(Deal.objects.rotten()) == {rotten, rotten_there}


def test_closed_parked_and_trashed_deals_do_not_rot_nor_those_in_stages_without_days() -> None:
    make.stage(3).edit(by=SYSTEM, rot_days=None)
    for deal in (idle(99), idle(99), idle(99)):
        deal.win(by=SYSTEM) if deal.pk % 2 else deal.trash(by=SYSTEM)
    assert idle(99, stage=make.stage(3)).is_rotten() is False
    assert not Deal.objects.rotten().exists()


def test_an_imported_deal_that_nobody_has_touched_counts_from_its_stage() -> None:
    deal = make.deal(person("Olga").via("import"), at=ago(60))
    assert deal.last_touch_at is None
    assert deal.is_rotten()
    assert Deal.objects.rotten().get() == deal
    deal.edit(by=person("Theo"), title="Looked at")
    assert not deal.is_rotten()


@pytest.mark.parametrize("way", ["import", "job", "rule"])
def test_what_no_person_does_touches_nothing(way: str) -> None:
    deal = make.deal(at=ago(60))
    by = person("Olga").via(way)
    deal.edit(by=by, title="Other")
    if way != "import":  # somebody made an imported move before (decision 0023)
        deal.move_to(make.stage(1), by=by)
    deal.edit(by=SYSTEM, title="Another")
    assert deal.last_touch_at is None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    idle_days=st.one_of(st.none(), st.floats(0, 30)),
    limit=st.one_of(st.none(), st.integers(1, 20)),
    status=st.sampled_from(["open", "won", "lost", "nurture"]),
    trashed=st.booleans(),
    later=st.floats(0, 30),
)
def test_the_query_and_the_question_agree(
    idle_days: float | None, limit: int | None, status: str, trashed: bool, later: float
) -> None:
    """R3: lists ask the database, a card asks the deal; both must say the same of any deal at any time."""
    stage = make.stage(0)
    stage.edit(by=SYSTEM, rot_days=limit)
    deal = make.deal(stage=stage, at=ago(30))
    touched = None if idle_days is None else ago(idle_days)
    Deal.objects.filter(pk=deal.pk).update(
        last_touch_at=touched, status=status, deleted_at=timezone.now() if trashed else None
    )
    deal.refresh_from_db()
    now = timezone.now() + dt.timedelta(days=later)
    assert Deal.objects.filter(pk=deal.pk).rotten(now).exists() == deal.is_rotten(now)
