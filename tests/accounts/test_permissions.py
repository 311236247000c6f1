"""Everybody tries every verb on every kind of record, under every level. The tables are written out by hand."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Team, User, Visibility
from leadline.accounts.models.visibility import levels, levels_remembered
from leadline.accounts.permissions import may, owners_changed_by
from leadline.crm.filing import attach
from leadline.crm.models import Currency, Deal, LostReason, Note, Rate
from leadline.history import members
from tests import factories as make
from tests.cast import Cast, assemble, person

pytestmark = pytest.mark.django_db

ADMINISTRATOR, LEADER, OWNER = "administrator", "leader", "owner"
TEAMMATE, OUTSIDER, READER = "teammate", "outsider", "reader"

# A record of the owner's. Nobody who is inactive is in any table.
SEE = {
    "everyone": {ADMINISTRATOR, LEADER, OWNER, TEAMMATE, OUTSIDER, READER},
    "team": {ADMINISTRATOR, LEADER, OWNER, TEAMMATE, READER},
    "owner": {ADMINISTRATOR, LEADER, OWNER},
}
CHANGE = {
    ("everyone", "everyone"): {ADMINISTRATOR, LEADER, OWNER, TEAMMATE, OUTSIDER},
    ("everyone", "team"): {ADMINISTRATOR, LEADER, OWNER, TEAMMATE},
    ("everyone", "owner"): {ADMINISTRATOR, LEADER, OWNER},
    ("team", "everyone"): {ADMINISTRATOR, LEADER, OWNER, TEAMMATE},
    ("team", "team"): {ADMINISTRATOR, LEADER, OWNER, TEAMMATE},
    ("team", "owner"): {ADMINISTRATOR, LEADER, OWNER},
    ("owner", "everyone"): {ADMINISTRATOR, LEADER, OWNER},
    ("owner", "team"): {ADMINISTRATOR, LEADER, OWNER},
    ("owner", "owner"): {ADMINISTRATOR, LEADER, OWNER},
}
# A record of nobody's: everybody's to pick up, unless records are their owner's alone.
SEE_OWNERLESS = {
    "everyone": {ADMINISTRATOR, LEADER, OWNER, TEAMMATE, OUTSIDER, READER},
    "team": {ADMINISTRATOR, LEADER, OWNER, TEAMMATE, OUTSIDER, READER},
    "owner": {ADMINISTRATOR, LEADER},
}
CHANGE_OWNERLESS = {
    ("everyone", "everyone"): {ADMINISTRATOR, LEADER, OWNER, TEAMMATE, OUTSIDER},
    ("everyone", "team"): {ADMINISTRATOR, LEADER, OWNER, TEAMMATE, OUTSIDER},
    ("everyone", "owner"): {ADMINISTRATOR, LEADER},
    ("team", "team"): {ADMINISTRATOR, LEADER, OWNER, TEAMMATE, OUTSIDER},
    ("owner", "team"): {ADMINISTRATOR, LEADER},
    ("owner", "owner"): {ADMINISTRATOR, LEADER},
}
ADD = {ADMINISTRATOR, LEADER, OWNER, TEAMMATE, OUTSIDER}
CONFIGURE = {ADMINISTRATOR, LEADER}
ADMINISTER = {ADMINISTRATOR}

KINDS = ("deal", "lead", "person", "organization", "activity")


@pytest.fixture
def cast() -> Cast:
    return assemble()


def who_may(cast: Cast, deed: Callable[[User], Any]) -> set[str]:
    """The parts whose deed is not refused; nothing that they do stays."""
    return {part for part in Cast.PARTS if _may(getattr(cast, part), deed)}


def _may(user: User, deed: Callable[[User], Any]) -> bool:
    try:
        with transaction.atomic():
            deed(user)
            transaction.set_rollback(True)
    except PermissionDenied:
        return False
    return True


def who_sees(cast: Cast, record: Any) -> set[str]:
    rows = type(record).objects
    return {part for part in Cast.PARTS if rows.visible_to(getattr(cast, part)).filter(pk=record.pk).exists()}


def records_of(owner: User | None) -> dict[str, Any]:
    """One record of each kind that somebody owns, and what hangs on the deal and on the lead."""
    deal, lead = make.deal(owner=owner), make.lead(owner=owner)
    return {
        "deal": deal,
        "lead": lead,
        "person": make.person(owner=owner),
        "organization": make.organization(owner=owner),
        "activity": make.activity(owner=owner),
        "note on deal": make.note(deal),
        "note on lead": make.note(lead),
        "file on deal": attach(deal, "offer.pdf", io.BytesIO(b"%PDF-1.7"), by=SYSTEM),
        "line of deal": make.line(deal),
        "activity on deal": make.activity(deal=deal),
        "activity on lead": make.activity(lead=lead),
    }


def deeds_on(record: Any) -> dict[str, Callable[[User], Any]]:
    """Every verb of a record, as something that a user tries."""
    soon = dt.date.today() + dt.timedelta(days=30)
    deeds: dict[str, Callable[[User], Any]] = {
        "edit": lambda user: record.edit(by=user, **{_editable(record): "9"}),
        "trash": lambda user: record.trash(by=user),
        "restore": lambda user: record.restore(by=user),
    }
    own: dict[str, dict[str, Callable[[User], Any]]] = {
        "deal": {
            "move": lambda user: record.move_to(make.stage(1), by=user),
            "win": lambda user: record.win(by=user),
            "lose": lambda user: record.lose(by=user),
            "reopen": lambda user: record.reopen(by=user),
            "park": lambda user: record.park(by=user, come_back_on=soon),
            "label": lambda user: record.label(by=user),
            "add note": lambda user: make.note(record, by=user),
            "add activity": lambda user: make.activity(by=user, deal=record),
            "add line": lambda user: make.line(record, by=user, product=make.product()),
            "attach": lambda user: attach(record, "a.txt", io.BytesIO(b"a"), by=user),
        },
        "lead": {
            "discard": lambda user: record.discard(by=user),
            "park": lambda user: record.park(by=user, come_back_on=soon),
            "reopen": lambda user: record.reopen(by=user),
        },
        "activity": {
            "complete": lambda user: record.complete(by=user),
            "reopen": lambda user: record.reopen(by=user),
        },
    }
    return deeds | own.get(record.ENTITY, {})


def _editable(record: Any) -> str:
    names = ("title", "name", "subject", "text", "quantity")
    return next(name for name in names if name in record.EDITABLE)


@pytest.mark.parametrize(("see", "change"), CHANGE)
def test_a_record_of_the_owners(cast: Cast, see: str, change: str) -> None:
    records = records_of(cast.owner)
    for kind in KINDS:
        members.set_visibility(kind, by=SYSTEM, see=see, change_by=change)
    for name, record in records.items():
        assert who_sees(cast, record) == SEE[see], name
        for verb, deed in deeds_on(record).items():
            assert who_may(cast, deed) == CHANGE[see, change], f"{verb} {name}"


@pytest.mark.parametrize(("see", "change"), CHANGE_OWNERLESS)
def test_a_record_of_nobodys(cast: Cast, see: str, change: str) -> None:
    for kind in KINDS:
        members.set_visibility(kind, by=SYSTEM, see=see, change_by=change)
    for name, record in records_of(None).items():
        assert who_sees(cast, record) == SEE_OWNERLESS[see], name
        assert who_may(cast, deeds_on(record)["edit"]) == CHANGE_OWNERLESS[see, change], name


@pytest.mark.parametrize("kind", ["deal", "lead", "person", "organization", "activity"])
def test_whoever_may_change_anything_may_add(cast: Cast, kind: str) -> None:
    make.pipeline()
    assert who_may(cast, lambda user: getattr(make, kind)(by=user)) == ADD


def test_an_activity_stays_its_own_owners(cast: Cast) -> None:
    """A colleague was asked to call on a deal that they neither see nor may change."""
    members.set_visibility("deal", by=SYSTEM, see="owner", change_by="owner")
    asked = make.activity(deal=make.deal(owner=cast.owner), owner=cast.outsider)
    assert OUTSIDER in who_sees(cast, asked)
    assert who_may(cast, lambda user: asked.complete(by=user)) == {ADMINISTRATOR, LEADER, OWNER, OUTSIDER}


def configuration() -> dict[str, tuple[Callable[[User], Any], Any]]:
    """How each kind of configuration is added, and one that is there."""
    stage, source = make.stage(), make.source()
    return {
        "pipeline": (lambda by: type(stage.pipeline)(name="New").add(by=by), stage.pipeline),
        "stage": (lambda by: type(stage)(name="New", pipeline=stage.pipeline).add(by=by), stage),
        "source": (lambda by: type(source)(name="New").add(by=by), source),
        "campaign": (lambda by: make.campaign(by=by), make.campaign()),
        "label": (lambda by: make.label("New", by=by), make.label()),
        "lost reason": (lambda by: LostReason(name="New").add(by=by), make.lost_reason()),
        "product": (lambda by: make.product(by=by), make.product()),
        "currency": (lambda by: Currency(code="GBP").add(by=by), Currency(code="EUR").add(by=SYSTEM)),
        "rate": (
            lambda by: Rate(currency="GBP", on_date=dt.date(2026, 1, 1), rate="1.2").add(by=by),
            Rate(currency="EUR", on_date=dt.date(2026, 1, 1), rate="1.1").add(by=SYSTEM),
        ),
        "own field": (lambda by: make.custom_field("text", by=by), make.custom_field("text")),
        "activity type": (lambda by: type(make.activity().type)(name="New").add(by=by), make.activity().type),
    }


def test_those_who_lead_shape_the_company(cast: Cast) -> None:
    for name, (add, record) in configuration().items():
        assert who_may(cast, add) == CONFIGURE, f"add {name}"
        assert who_may(cast, lambda user, record=record: record.trash(by=user)) == CONFIGURE, f"trash {name}"
        assert who_may(cast, lambda user, record=record: record.restore(by=user)) == CONFIGURE, f"restore {name}"
        assert who_sees(cast, record) == SEE["everyone"], name


def test_administrators_say_who_is_in_the_company(cast: Cast) -> None:
    deeds: dict[str, Callable[[User], Any]] = {
        "invite": lambda user: members.invite("Nora", by=user),
        "add team": lambda user: members.add(Team(name="East"), by=user),
        "move": lambda user: members.change(cast.owner, by=user, team_id=cast.outsider.team_id),
        "promote": lambda user: members.change(cast.teammate, by=user, role="leader"),
        "deactivate": lambda user: members.deactivate(cast.teammate, by=user),
        "open": lambda user: members.set_visibility("deal", by=user, see="everyone", change_by="everyone"),
    }
    for name, deed in deeds.items():
        assert who_may(cast, deed) == ADMINISTER, name


@pytest.mark.parametrize("part", ["leader", "owner", "reader", "inactive"])
def test_nobody_gives_themselves_a_role(cast: Cast, part: str) -> None:
    user = getattr(cast, part)
    with pytest.raises(PermissionDenied):
        members.change(user, by=user, role="administrator")
    user.role = "administrator"  # nor by an object that says so
    with pytest.raises(PermissionDenied):
        members.change(user, by=User.objects.get(pk=user.pk), role="administrator")


def test_people_change_their_own_name(cast: Cast) -> None:
    members.change(cast.reader, by=cast.reader, name="Rita Reader")
    assert User.objects.get(pk=cast.reader.pk).name == "Rita Reader"
    with pytest.raises(PermissionDenied):
        members.change(cast.owner, by=cast.reader, name="Olga Other")
    with pytest.raises(PermissionDenied):
        members.change(cast.inactive, by=cast.inactive, name="Ivan Back")


def test_permission_is_asked_about_the_row_and_not_about_the_object_at_hand(cast: Cast) -> None:
    members.set_visibility("deal", by=SYSTEM, see="everyone", change_by="owner")
    deal = make.deal(owner=cast.owner)
    stale = Deal.objects.get(pk=deal.pk)
    stale.owner = cast.outsider  # or read before it was handed over
    with pytest.raises(PermissionDenied):
        stale.edit(by=cast.outsider, title="Mine")


def test_a_note_cannot_be_moved_to_a_deal_that_one_may_not_change(cast: Cast) -> None:
    mine, theirs = make.deal(owner=cast.outsider), make.deal(owner=cast.owner)
    note = make.note(mine, by=cast.outsider)
    with pytest.raises(PermissionDenied):
        note.edit(by=cast.outsider, deal_id=theirs.pk)
    assert Note.objects.get(pk=note.pk).deal_id == mine.pk


def test_a_hidden_person_cannot_be_linked_to_by_number(cast: Cast) -> None:
    from django.core.exceptions import ValidationError

    members.set_visibility("person", by=SYSTEM, see="owner", change_by="owner")
    hidden = make.person(owner=cast.owner)
    deal = make.deal(owner=cast.outsider)
    with pytest.raises(ValidationError) as refused:
        deal.edit(by=cast.outsider, person_id=hidden.pk)
    assert list(refused.value.message_dict) == ["person"]


def test_people_without_a_team_are_one_team() -> None:
    members.set_visibility("deal", by=SYSTEM, see="team", change_by="team")
    one, two = person("Uno"), person("Due")
    member = person("Tre", team=members.add(Team(name="Third"), by=SYSTEM))
    deal = make.deal(owner=one)
    assert set(Deal.objects.visible_to(two)) == {deal}
    assert set(Deal.objects.visible_to(member)) == set()
    deal.edit(by=two, title="Ours")


def test_a_team_inside_anothers_is_not_reached_by_those_who_do_not_lead() -> None:
    members.set_visibility("deal", by=SYSTEM, see="team", change_by="team")
    upper = members.add(Team(name="Upper"), by=SYSTEM)
    lower = members.add(Team(name="Lower", parent=upper), by=SYSTEM)
    lowest = members.add(Team(name="Lowest", parent=lower), by=SYSTEM)
    seller, leader = person("Sel", team=upper), person("Lea", team=upper, role="leader")
    deal = make.deal(owner=person("Low", team=lowest))
    assert set(Deal.objects.visible_to(leader)) == {deal}
    assert set(Deal.objects.visible_to(seller)) == set()
    leader_below = person("Leb", team=lowest, role="leader")
    assert set(Deal.objects.visible_to(leader_below)) == {deal}
    assert set(Deal.objects.visible_to(leader_below).filter(owner=seller)) == set()


def test_a_move_by_its_owner_asks_little(cast: Cast) -> None:
    """Row under lock, its last moment, the stage, what its pipeline asks for (R2: nothing), row, log."""
    deal, stage = make.deal(owner=cast.owner), make.stage(1)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        deal.move_to(stage, by=cast.owner)
    statements = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    assert len(statements) == 6, statements


def test_a_move_by_a_colleague_asks_permission_once(cast: Cast) -> None:
    """One question for the levels, one for whether the deal is within reach."""
    deal, stage = make.deal(owner=cast.owner), make.stage(1)
    with CaptureQueriesContext(connection) as asked:
        deal.move_to(stage, by=cast.teammate)
    assert len([query for query in asked if "SAVEPOINT" not in query["sql"]]) == 8


def test_only_kinds_with_an_owner_have_levels() -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        members.add(Visibility(kind="pipeline"), by=SYSTEM)


def test_levels_are_read_once_and_anew_after_a_change(django_assert_num_queries: Any) -> None:
    with levels_remembered():
        with django_assert_num_queries(1):
            assert [levels(kind) for kind in ("deal", "lead", "deal")] == [("everyone", "team")] * 3
        members.add(Visibility(kind="deal", see="owner", change="owner"), by=SYSTEM)
        assert levels("deal") == ("owner", "owner")
    with django_assert_num_queries(1):
        assert levels("deal") == ("owner", "owner")


@pytest.mark.parametrize(("see", "change"), CHANGE)
def test_owners_whose_records_one_may_change_are_as_may_says(see: str, change: str) -> None:
    """For boards, which know of many records no more than the owner."""
    cast = assemble()
    Visibility(kind="deal", see=see, change=change).save()
    everybody = [None, *User.objects.all()]
    deals = {getattr(owner, "pk", None): make.deal(owner=owner) for owner in everybody}
    for part in Cast.PARTS:
        user = getattr(cast, part)
        found = owners_changed_by(user, "deal")
        for owner, deal in deals.items():
            assert (found is None or owner in found) is may(user, "change", deal), (part, owner)


def test_a_refusal_speaks_to_whoever_asked() -> None:
    cast = assemble()
    deal = make.deal(owner=cast.owner)
    with pytest.raises(PermissionDenied, match=r"^You may not change this deal\.$"):
        deal.edit(title="x", by=cast.outsider)
    with pytest.raises(PermissionDenied, match=r"^You may not add this\.$"):
        Rate(currency="EUR", on_date=dt.date(2026, 1, 1), rate=2).add(by=cast.owner)
