"""Handing leads and won deals on: who answers, what changes hands, what comes of it otherwise (R39)."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import SalesRole, User
from leadline.crm import noticing
from leadline.crm.converting import convert_to_deal
from leadline.crm.handing_off import (
    accept,
    candidates,
    give_back,
    hand,
    returned_to,
    taker_for,
    waiting_for,
    waiting_of,
    withdraw,
)
from leadline.crm.handing_off.due import due_at
from leadline.crm.handing_over import hand_over, owned
from leadline.crm.models import Absence, HandOff, Lack, Lead, Notice, Pod, Source
from leadline.history import members
from leadline.history.models import Change
from leadline.history.undoing import undo_act
from leadline.insights import ask
from tests import factories as make
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Olga develops, Theo and Umar close, Lena looks after customers."""
    cast = assemble()
    make.pipeline()
    roles = {cast.owner: SalesRole.INBOUND, cast.teammate: SalesRole.CLOSER, cast.outsider: SalesRole.CLOSER}
    for user, role in {**roles, cast.leader: SalesRole.ACCOUNT_MANAGER}.items():
        members.change(user, by=SYSTEM, sales_role=role)
    noticing.catch_up()
    return cast


def offered(cast: Cast, **fields: Any) -> HandOff:
    return hand(make.lead(owner=cast.owner, **fields), cast.teammate, by=cast.owner)


def again(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


def news(user: User) -> list[tuple[str, str]]:
    noticing.catch_up()
    rows = Notice.objects.filter(user=user, read_at=None).order_by("change_id")
    found = [(notice.why, notice.kind) for notice in noticing.seen(rows, user)]
    noticing.mark_read(user)
    return found


def test_who_accepts_has_it_and_it_is_sales_accepted(cast: Cast) -> None:
    one = offered(cast, stage="mql")
    lead = again(one.lead)
    assert (lead.owner, lead.stage, one.giver_role, one.taker_role) == (cast.owner, "sql", "inbound", "closer")
    assert list(waiting_for(cast.teammate)) == [one]
    assert (news(cast.teammate), news(cast.owner)) == ([("offered", "hand_off")], [])
    for other in (cast.owner, cast.leader, cast.outsider, cast.reader):
        with pytest.raises(PermissionDenied):
            accept(again(one), by=other)
    act = cast.teammate.via("web").together()
    accept(again(one), by=act)
    lead.refresh_from_db()
    assert (lead.owner, lead.stage, lead.status, lead.answered_at) == (cast.teammate, "sal", "open", lead.owned_since)
    assert not waiting_for(cast.teammate).exists()
    assert (news(cast.owner), news(cast.teammate)) == ([("answered", "hand_off")], [])
    with pytest.raises(ValidationError):
        give_back(again(one), [], "Too late", by=cast.teammate)
    assert undo_act(act.act, by=cast.teammate).left == []
    lead.refresh_from_db()
    assert (lead.owner, lead.stage, lead.owned_since, again(one).state) == (
        cast.owner,
        "sql",
        lead.created_at,
        "waiting",
    )
    accept(again(one), by=cast.administrator, convert=True)  # for him: he hears that it is his
    lead.refresh_from_db()
    assert (lead.status, lead.deal.owner, again(one).deal) == ("converted", cast.teammate, None)
    assert ("given", "lead") in news(cast.teammate)


def test_what_comes_back_says_what_it_lacks(cast: Cast) -> None:
    budget, decider = (Lack(name=name).add(by=SYSTEM) for name in ("Budget", "Decider"))
    one = offered(cast)
    with pytest.raises(ValidationError, match="Say what is missing"):
        give_back(one, [], " ", by=cast.teammate)
    with pytest.raises(PermissionDenied):
        give_back(one, [budget], by=cast.outsider)
    act = cast.teammate.via("web").together()
    give_back(one, [decider, budget], "Ask for the buyer", by=act)
    one.refresh_from_db()
    assert (one.state, one.lacks, one.answer_note) == ("returned", [budget.pk, decider.pk], "Ask for the buyer")
    assert (again(one.lead).owner, again(one.lead).stage) == (cast.owner, "sql")
    assert news(cast.owner) == [("answered", "hand_off")]
    since = timezone.now() - dt.timedelta(days=1)
    assert list(returned_to(cast.owner, since)) == [one]
    second = hand(one.lead, cast.outsider, by=cast.owner)  # handed on: it waits elsewhere
    assert not returned_to(cast.owner, since).exists()
    undone = undo_act(act.act, by=cast.teammate)  # too late: a record waits for one answer at a time
    assert undone.left
    assert (again(one).state, waiting_of(one.lead)) == ("returned", second)


def test_one_waits_at_a_time_and_what_cannot_be_handed_is_refused(cast: Cast) -> None:
    one = offered(cast)
    with pytest.raises(ValidationError, match="waits for the answer of Theo"):
        hand(one.lead, cast.outsider, by=cast.owner)
    for user, error in ((cast.outsider, PermissionDenied), (cast.teammate, PermissionDenied), (cast.leader, None)):
        if error:
            with pytest.raises(error):
                withdraw(again(one), by=user)
        else:
            withdraw(again(one), by=user)
    assert again(one).state == "withdrawn"
    lead = again(one.lead)
    for to in (cast.reader, cast.inactive, cast.owner):
        with pytest.raises(ValidationError):
            hand(lead, to, by=cast.owner)
    with pytest.raises(PermissionDenied):
        hand(lead, cast.teammate, by=cast.reader)
    for record in (make.lead().discard(by=SYSTEM), make.deal(), make.lead().trash(by=SYSTEM)):
        with pytest.raises(ValidationError):
            hand(record, cast.teammate, by=cast.administrator)


def test_the_wait_ends_with_what_becomes_of_the_lead(cast: Cast) -> None:
    deeds = [
        lambda lead, by: convert_to_deal(lead, by=by),
        lambda lead, by: lead.discard(by=by),
        lambda lead, by: lead.park(by=by, event="They have hired"),
        lambda lead, by: lead.trash(by=by),
        lambda lead, by: lead.edit(by=by, owner=cast.teammate),
    ]
    for deed in deeds:
        one, act = offered(cast), cast.owner.via("web").together()
        deed(one.lead, act)
        assert again(one).state == "withdrawn"
        assert undo_act(act.act, by=cast.owner).left == []
        assert (again(one).state, again(one.lead).status) == ("waiting", "open")
    taken = offered(cast)
    convert_to_deal(taken.lead, by=cast.administrator)
    assert again(taken).state == "withdrawn"
    mine = hand(make.lead(owner=cast.owner), cast.administrator, by=cast.owner)
    convert_to_deal(mine.lead, by=cast.administrator)  # that is how its taker says yes
    assert again(mine).state == "accepted"


def test_the_customer_goes_on_and_the_deal_stays_with_who_won_it(cast: Cast) -> None:
    organization = make.organization(owner=cast.teammate)
    person = make.person(owner=cast.teammate, organization=organization)
    deal = make.deal(owner=cast.teammate, organization=organization, person=person).win(by=cast.teammate)
    one = hand(deal, by=cast.teammate)
    assert (one.taker, one.deal, one.lead) == (cast.leader, deal, None)
    accept(one, by=cast.leader)
    owners = [again(record).owner for record in (organization, person, deal)]
    assert owners == [cast.leader, cast.leader, cast.teammate]
    second = hand(deal, cast.outsider, by=cast.teammate)
    deal.reopen(by=cast.teammate)
    assert again(second).state == "withdrawn"


def test_by_turn_by_load_and_past_who_is_away(cast: Cast) -> None:
    takers = [hand(make.lead(owner=cast.owner), by=cast.owner).taker for _n in range(3)]
    assert takers == [cast.teammate, cast.outsider, cast.teammate]  # in no pod: all who close, in turn
    pod = Pod(name="East", member_ids=[cast.owner.pk, cast.outsider.pk, cast.leader.pk]).add(by=SYSTEM)
    assert hand(make.lead(owner=cast.owner), by=cast.owner).taker == cast.outsider
    pod.edit(by=SYSTEM, member_ids=sorted([*pod.member_ids, cast.teammate.pk]))
    pod.edit(by=SYSTEM, paths=[{"from": "inbound", "to": "closer", "by": "load"}])
    make.lead(owner=cast.teammate)
    lead = make.lead(owner=cast.owner)
    found = candidates(lead, cast.owner)
    assert [(one.user, one.having, one.by_path) for one in found] == [
        (cast.outsider, 0, True),
        (cast.teammate, 1, True),
    ]
    today = timezone.localdate()
    Absence(owner=cast.outsider, start_on=today, end_on=today + dt.timedelta(days=3)).add(by=SYSTEM)
    assert taker_for(lead, cast.owner) == cast.teammate
    Absence(owner=cast.teammate, start_on=today, end_on=today + dt.timedelta(days=3)).add(by=SYSTEM)
    with pytest.raises(ValidationError, match="Nobody's turn"):
        hand(lead, by=cast.owner)
    assert hand(lead, cast.outsider, by=cast.owner).taker == cast.outsider  # whoever is named gets it


def test_what_waits_for_who_leaves_waits_for_who_takes_over(cast: Cast) -> None:
    one, mine = offered(cast), hand(make.lead(owner=cast.leader), cast.teammate, by=cast.leader)
    assert owned(cast.teammate)["hand_off"] == 2
    act = cast.administrator.via("web").together()
    assert hand_over(cast.teammate, cast.leader, by=act) == {"hand_off": 1}
    assert (again(one).taker, again(one).taker_role) == (cast.leader, "account_manager")
    assert again(mine).taker == cast.teammate  # nobody hands on to themselves
    undo_act(act.act, by=cast.administrator)
    assert again(one).taker == cast.teammate


def test_due_as_its_source_promises_else_by_the_next_working_day(cast: Cast) -> None:
    members.change(cast.teammate, by=SYSTEM, name="Theo")
    cast.teammate.time_zone = "America/New_York"
    friday = dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC)  # ten o'clock there
    clock = zoneinfo.ZoneInfo("America/New_York")
    lead = make.lead(owner=cast.owner)
    assert due_at(lead, cast.teammate, friday) == dt.datetime(2026, 11, 23, 17, tzinfo=clock)
    lead.source = Source(name="Web", answer_within=8 * 60).add(by=SYSTEM)
    assert due_at(lead, cast.teammate, friday) == dt.datetime(2026, 11, 23, 10, tzinfo=clock)
    Absence(owner=cast.teammate, start_on=dt.date(2026, 11, 19), end_on=dt.date(2026, 11, 24)).add(by=SYSTEM)
    assert due_at(lead, cast.teammate, friday) == dt.datetime(2026, 11, 25, 17, tzinfo=clock)


def test_the_numbers_agree_with_the_verbs(cast: Cast) -> None:
    lack = Lack(name="Budget").add(by=SYSTEM)
    lead = make.lead(owner=cast.owner)
    give_back(hand(lead, cast.teammate, by=cast.owner), [lack], by=cast.teammate)
    accept(hand(lead, cast.teammate, by=cast.owner), by=cast.teammate, convert=True)
    withdraw(offered(cast), by=cast.owner)
    offered(cast)
    (pair,) = ask.report("hand_offs_accepted", by=["giver", "taker_role"], user=cast.administrator).rows
    told = pair["giver"], pair["taker_role"], pair["numerator"], pair["n"], pair["pending"]
    assert told == ("Olga", "closer", 1, 2, 1)
    (handed,) = ask.report("hand_offs", user=cast.administrator).rows
    (time,) = ask.report("time_to_accept", user=cast.administrator).rows
    (reason,) = ask.report("return_reasons", by=["lack"], user=cast.administrator).rows
    assert (handed["value"], time["n"], reason["lack"], reason["value"]) == (3, 1, "Budget", 1.0)
    made = HandOff.objects.filter(state="accepted").get()
    assert Change.objects.filter(entity="hand_off", record_id=made.pk).count() == 2
    assert Lead.objects.get(pk=lead.pk).stage == "sal"
