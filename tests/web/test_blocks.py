"""Time blocks on the page (R32): accepted by a click, sat down to, worked through, logged once, seen as kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.blocks.setting_up import set_up
from leadline.activities.blocks.sitting import sit_down
from leadline.activities.models import Activity, ActivityType, Block, Outcome, Sitting
from leadline.crm.models import Lead, View
from leadline.crm.working_time import set_week
from leadline.history import members
from tests import factories as make
from tests.cast import Cast
from tests.web.test_addresses import BLOCK_DONE, BLOCK_READ

SignedIn = Callable[[User], Client]
SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def block(cast: Cast) -> Block:
    """Olga's, every day, since an hour, with a call and two outcomes to log."""
    set_week(by=SYSTEM, weekdays=[0, 1, 2, 3, 4, 5, 6])
    ActivityType(name="Call", icon="phone", work="prospecting", minutes=10).add(by=SYSTEM)
    for position, (name, counts) in enumerate((("No answer", "no_answer"), ("Talked", "conversation"))):
        Outcome(name=name, counts_as=counts, position=position).add(by=SYSTEM)
    begun = timezone.now() - dt.timedelta(hours=1)
    return set_up(
        cast.owner, by=cast.owner, name="Calls", weekdays=list(range(7)), zone="UTC", start_on=begun.date(),
        starts_at=begun.time().replace(second=0, microsecond=0),
    )  # fmt: skip


def at(name: str, block: Block, *more: Any) -> str:
    return reverse(name, args=[block.pk, block.start_on.isoformat(), *more])


def log(client: Client, block: Block, key: str, outcome: str, mark: str, **more: Any) -> Any:
    pk = Outcome.objects.get(name=outcome).pk
    data = {"key": key, "outcome": pk, "type": ActivityType.objects.get().pk, "mark": mark * 8, **more}
    return client.post(at("block_log", block), data, headers=SCRIPT)


def test_the_proposal_is_shown_and_accepted_by_one_click(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.owner)
    page = client.get(reverse("blocks")).content.decode()
    assert page.count('class="block-item proposed"') == 4, "in the days of the week they would take"
    assert not Block.objects.exists()
    for _twice in range(2):
        assert client.post(reverse("block_accept")).status_code == 302
    assert Block.objects.get().owner == cast.owner
    assert 'class="block-item proposed"' not in client.get(reverse("blocks")).content.decode()


def test_a_block_is_set_up_changed_from_a_day_on_and_ended(cast: Cast, signed_in: SignedIn) -> None:
    client, today = signed_in(cast.owner), timezone.now().date()
    form = {
        "name": "Mornings", "work": "prospecting", "weekdays": [0, 2], "starts_at": "08:30", "minutes": 90,
        "every_weeks": 1, "aim": 3, "from_day": today.isoformat(), "end_on": "",
    }  # fmt: skip
    assert client.get(reverse("block_preview"), form).content.count(b"<li>") == 4
    assert client.post(reverse("block_add"), form | {"weekdays": []}).status_code == 422
    assert client.post(reverse("block_add"), form).status_code == 302
    block = Block.objects.get()
    assert (block.weekdays, block.minutes, block.owner) == ([0, 2], 90, cast.owner)
    later = today + dt.timedelta(days=8)
    change = reverse("block_change", args=[block.pk])
    assert client.post(change, form | {"minutes": 60, "from_day": later.isoformat()}).status_code == 302
    assert list(Block.objects.order_by("pk").values_list("minutes", "start_on")) == [(90, today), (60, later)]
    client.post(reverse("block_end", args=[Block.objects.latest("pk").pk]), {"from_day": today.isoformat()})
    assert Block.objects.kept().count() == 1


def test_one_press_is_one_activity_however_often_it_is_sent(cast: Cast, block: Block, signed_in: SignedIn) -> None:
    client = signed_in(cast.owner)
    person = make.person(cast.owner, name="Ann Lee", phones=[{"value": "+44 20 1"}])
    lead = make.lead(cast.owner, owner=cast.owner, person=person)
    other = make.lead(cast.owner, owner=cast.owner)
    assert client.post(at("block_sit_down", block)).status_code == 302
    client.post(at("block_sit_down", block))
    assert Sitting.objects.count() == 1
    page = client.get(at("block_sit", block)).content.decode()
    assert f'data-keys="lead-{lead.pk} lead-{other.pk}"' in page, "targets not yet contacted, the oldest first"
    assert 'class="rail"' not in page
    card = client.get(at("block_one", block, f"lead-{lead.pk}")).content.decode()
    assert "Ann Lee" in card
    assert "tel:+44201" in card
    said = [log(client, block, f"lead-{lead.pk}", "Talked", "a", note="Likes boats").json() for _twice in range(2)]
    assert said[0]["activity"] == said[1]["activity"]
    assert (said[1]["conversations"], said[1]["done"]) == (1, 1)
    row = Activity.objects.get()
    assert (row.outcome, row.counts_as, row.note, row.person, row.owner) == (
        "Talked", "conversation", "Likes boats", person, cast.owner,
    )  # fmt: skip
    assert f'data-keys="lead-{other.pk}"' in client.get(at("block_sit", block)).content.decode(), "after a reload too"
    assert client.post(f"/undo/{said[0]['act']}/", headers=SCRIPT).status_code == 200
    assert client.get(at("block_counts", block)).json()["conversations"] == 0
    assert f"lead-{lead.pk} " in client.get(at("block_sit", block)).content.decode()
    assert log(client, block, "lead-999", "Talked", "b").status_code == 404


def test_what_was_due_is_completed_and_what_is_next_is_planned(cast: Cast, block: Block, signed_in: SignedIn) -> None:
    client = signed_in(cast.owner)
    deal = make.deal(cast.owner)
    due = make.activity(cast.owner, deal=deal, type=ActivityType.objects.get(), due_at=timezone.now())
    sit_down(block, block.start_on, by=cast.owner)
    client.post(at("block_through", block), {"list": "due", "type": ActivityType.objects.get().pk})
    key = f"deal-{deal.pk}-{due.pk}"
    assert f'data-keys="{key}"' in client.get(at("block_sit", block)).content.decode(), "remembered for the block"
    log(client, block, key, "No answer", "c")
    due.refresh_from_db()
    assert (due.outcome, due.is_done, Activity.objects.count()) == ("No answer", True, 1)
    planned = {"key": f"deal-{deal.pk}", "subject": "call in 3 days about boats", "line": 1, "mark": "d" * 8}
    for _twice in range(2):
        assert client.post(at("block_next", block), planned, headers=SCRIPT).status_code == 200
    (row,) = Activity.objects.planned()
    assert (row.deal, row.owner, "boats" in row.subject) == (deal, cast.owner, True)


def test_nothing_that_was_pressed_is_lost_and_nothing_taken_back_is_done_again(
    cast: Cast, block: Block, signed_in: SignedIn
) -> None:
    """Ticked in another tab meanwhile, undone while the answer was on its way, sent again."""
    client = signed_in(cast.owner)
    deal, kind = make.deal(cast.owner), ActivityType.objects.get()
    sit_down(block, block.start_on, by=cast.owner)
    due, other = (make.activity(cast.owner, deal=deal, type=kind, due_at=timezone.now()) for _each in range(2))
    due.complete(by=cast.owner)
    said = log(client, block, f"deal-{deal.pk}-{due.pk}", "Talked", "e", note="Likes boats")
    due.refresh_from_db()
    assert (due.outcome, due.counts_as, due.note) == ("Talked", "conversation", "Likes boats")
    assert "done already" in said.json()["says"]
    said = log(client, block, f"deal-{deal.pk}-{due.pk}", "No answer", "f", note="And sails")
    due.refresh_from_db()
    assert (due.outcome, due.note) == ("Talked", "Likes boats\nAnd sails")
    assert "stays “Talked”" in said.json()["says"]
    pressed = [log(client, block, f"deal-{deal.pk}-{other.pk}", "No answer", "a", note="Late").json() for _ in range(2)]
    assert (pressed[0]["act"], pressed[0]["says"]) == (pressed[1]["act"], "")
    assert client.post(f"/undo/{pressed[1]['act']}/", headers=SCRIPT).status_code == 200
    assert log(client, block, f"deal-{deal.pk}-{other.pk}", "No answer", "a", note="Late").status_code == 200
    other.refresh_from_db()
    assert (other.is_done, other.outcome, other.note) == (False, "", "")
    planned = {"key": f"deal-{deal.pk}", "subject": "call in 3 days about boats", "line": 1, "mark": "d" * 8}
    acts = {client.post(at("block_next", block), planned, headers=SCRIPT).json()["act"] for _twice in range(2)}
    (act,) = acts
    assert client.post(f"/undo/{act}/", headers=SCRIPT).status_code == 200
    assert client.post(at("block_next", block), planned, headers=SCRIPT).status_code == 200
    assert not Activity.objects.planned().exclude(pk=other.pk).exists()


def test_a_saved_view_is_worked_through(cast: Cast, block: Block, signed_in: SignedIn) -> None:
    client = signed_in(cast.owner)
    view = View(kind="person", name="Mine", query="owner=me&sort=name").add(by=cast.owner)
    pks = [make.person(cast.owner, owner=cast.owner, name=name).pk for name in ("Zoe", "Bob")]
    sit_down(block, block.start_on, by=cast.owner)
    client.post(at("block_through", block), {"list": view.pk, "type": "nothing"})
    assert f'data-keys="person-{pks[1]} person-{pks[0]}"' in client.get(at("block_sit", block)).content.decode()


def test_it_ends_and_says_what_was_done_and_every_number_opens(cast: Cast, block: Block, signed_in: SignedIn) -> None:
    client = signed_in(cast.owner)
    lead = make.lead(cast.owner, owner=cast.owner)
    sit_down(block, block.start_on, by=cast.owner)
    log(client, block, f"lead-{lead.pk}", "Talked", "e")
    client.post(at("block_pause", block), {"paused": 1}, headers=SCRIPT)
    assert Sitting.objects.get().paused
    client.post(at("block_get_up", block))
    assert "This is what was done" in client.get(at("block_sit", block)).content.decode()
    week = client.get(reverse("blocks")).content.decode()
    assert "block-item block kept" not in week  # a moment of two hours
    assert "1 conversation" in week
    query = {"person": cast.owner.pk, "week": "", "part": "conversations"}
    assert "Talked" in client.get(reverse("block_rows"), query).content.decode()
    leader = signed_in(cast.leader).get(reverse("blocks")).content.decode()
    assert f"?person={cast.owner.pk}" in leader


def test_half_of_its_minutes_are_a_block_kept(cast: Cast, block: Block, signed_in: SignedIn) -> None:
    client = signed_in(cast.owner)
    sit_down(block, block.start_on, by=cast.owner)
    begun = dt.datetime.combine(block.start_on, block.starts_at, tzinfo=dt.UTC)
    Sitting.objects.update(began_at=begun)  # an hour of two
    client.post(at("block_get_up", block))
    week = client.get(reverse("blocks")).content.decode()
    assert "block-item block kept" in week
    assert "kept 1" in week  # h, and some seconds


def test_nobody_else_comes_in_and_readers_change_nothing(cast: Cast, block: Block, signed_in: SignedIn) -> None:
    """Leaders see and set up what is their people's; they do not sit down in their place."""
    sit_down(block, block.start_on, by=cast.owner)
    make.lead(cast.owner, owner=cast.owner)
    for part in ("teammate", "outsider", "reader", "leader"):
        client = signed_in(getattr(cast, part))
        for name in (*BLOCK_READ, *BLOCK_DONE):
            arguments = {"block_change": [block.pk], "block_end": [block.pk]}.get(
                name, [block.pk, block.start_on.isoformat(), *(["lead-1"] if name == "block_one" else [])]
            )
            ask = client.get if name in BLOCK_READ else client.post
            status = ask(reverse(name, args=arguments)).status_code
            own = part == "leader" and name in ("block_change", "block_end", "block_skip")
            assert status == 404 or own, (part, name, status)
    reader = signed_in(cast.reader)
    assert "block-offer" not in reader.get(reverse("blocks")).content.decode()
    assert reader.post(reverse("block_accept")).status_code == 403


def test_a_hidden_contact_is_worked_with_and_never_named(cast: Cast, block: Block, signed_in: SignedIn) -> None:
    """What one sees is logged with all that hangs on it; the rows behind a number name only what is open."""
    for kind in ("deal", "lead", "person", "organization"):
        members.set_visibility(kind, by=SYSTEM, see="owner", change_by="owner")
    hidden = {"person": make.person(name="Hushhush Smith", owner=cast.outsider)}
    lead = make.lead(title="Olga's lead", owner=cast.owner, by=SYSTEM, **hidden)
    client = signed_in(cast.owner)
    sit_down(block, block.start_on, by=cast.owner)
    answer = log(client, block, f"lead-{lead.pk}", "Talked", "a")
    assert answer.status_code == 200
    planned = {"key": f"lead-{lead.pk}", "subject": "call tomorrow", "line": "1", "mark": "b" * 8}
    after = client.post(at("block_next", block), planned, headers=SCRIPT)
    assert after.status_code == 200
    assert "Hushhush" not in answer.headers["HX-Trigger"] + after.headers["HX-Trigger"]
    assert set(Activity.objects.values_list("person", flat=True)) == {hidden["person"].pk}
    page = client.get(reverse("activity", args=[Activity.objects.earliest("pk").pk])).content.decode()
    Lead.objects.filter(pk=lead.pk).update(owner=cast.outsider)
    rows = client.get(reverse("block_rows"), {"part": "done"}).content.decode()
    assert "Talked" in rows
    assert "Olga&#39;s lead" not in rows
    assert "Hushhush" not in page + rows


def test_days_beyond_all_days_are_refused(cast: Cast, block: Block, signed_in: SignedIn) -> None:
    client = signed_in(cast.owner)
    for day in ("9999-12-31", "9999-12-25", "0001-01-01"):
        assert client.get(reverse("block_rows"), {"week": day}).status_code == 200
    far = (block.start_on + dt.timedelta(days=800)).isoformat()
    for to in ("9999-12-31T10:00", "0001-01-01T00:00", f"{far}T10:00"):
        assert client.post(at("block_move", block), {"to": to}).status_code == 422
