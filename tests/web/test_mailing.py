"""Dashboards by mail: set up on their page, each recipient's own PDF, the outbox, and `leadline letters`."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.cli.letters import app
from leadline.crm.models import Dashboard
from leadline.history import members
from leadline.history.undoing import undo_act
from leadline.mail.models import Attachment, Letter, Run, Schedule
from leadline.web.dashboards import mailing
from leadline.web.dashboards.paper import on_paper
from leadline.web.dashboards.rhythms import said
from tests import factories
from tests.cast import Cast
from tests.web.answers import act_of, at, errors

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SCRIPT = {"HTTP_HX_REQUEST": "true"}
LONG_AGO = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def board(cast: Cast) -> Dashboard:
    tiles = [{"panel": "funnel.stages", "query": "period=all", "title": "", "wide": False}]
    return Dashboard(name="Monday", shared=True, tiles=tiles).add(by=cast.owner)


def weekly(cast: Cast, board: Dashboard, *people: User, **more: Any) -> Schedule:
    """Set up long ago: so its last Monday is due now."""
    ids = [person.pk for person in people]
    return Schedule(dashboard=board, recipient_ids=ids, **more).add(by=cast.owner, at=LONG_AGO)


def given(*people: User, **more: Any) -> dict[str, Any]:
    return {
        "every": "week", "weekday": "4", "day": "1", "hour": "7", "to": [str(person.pk) for person in people], **more,
    }  # fmt: skip


def test_it_is_set_up_changed_paused_and_removed_with_a_way_back(
    cast: Cast, signed_in: SignIn, board: Dashboard
) -> None:
    client = signed_in(cast.owner)
    form = client.get(at("dashboard_mail", board.pk)).content.decode()
    assert "no mail account yet" in form
    assert "Theo" in form
    assert "Ivan" not in form
    assert "company's clock" not in form
    User.objects.filter(pk=cast.owner.pk).update(time_zone="Asia/Tokyo")
    assert "company's clock, UTC" in client.get(at("dashboard_mail", board.pk)).content.decode()
    client.post(at("dashboard_mail", board.pk), given(cast.owner, cast.teammate), **SCRIPT)
    zoned = client.get(at("dashboard", board.pk)).content.decode()
    assert "7:00\u202fAM (UTC)" in zoned
    assert "4:00\u202fPM, your time" in zoned
    User.objects.filter(pk=cast.owner.pk).update(time_zone="")
    schedule = Schedule.objects.get()
    twice = client.post(at("dashboard_mail", board.pk), given(cast.teammate, day="2"))
    assert twice.status_code == 422
    assert "mailed at this time already" in twice.content.decode()
    assert (said(schedule), schedule.recipient_ids) == (
        "Every Friday at 7:00\u202fAM",
        [cast.owner.pk, cast.teammate.pk],
    )
    page = client.get(at("dashboard", board.pk)).content.decode()
    assert "Every Friday at 7:00\u202fAM" in page
    assert "next" in page
    assert "Every Friday" not in signed_in(cast.teammate).get(at("dashboard", board.pk)).content.decode()

    tried = client.post(at("schedule_try", schedule.pk), **SCRIPT)
    assert "Filed in your outbox: Monday, " in tried.headers["HX-Trigger"]
    assert act_of(tried) == ""  # there is nothing to undo
    assert [(letter.owner, letter.run) for letter in Letter.objects.all()] == [(cast.owner, None)]
    client.post(at("schedule", schedule.pk), given(cast.owner, every="month", day="31"), **SCRIPT)
    schedule.refresh_from_db()
    assert said(schedule) == "On the last day of every month at 7:00\u202fAM"
    client.post(at("schedule_switch", schedule.pk), {"on": "no"}, **SCRIPT)
    assert "Again" in client.get(at("dashboard_mail", board.pk)).content.decode()
    removed = client.post(at("schedule_delete", schedule.pk), **SCRIPT)
    assert client.get(at("schedule", schedule.pk)).status_code == 404
    undo_act(uuid.UUID(act_of(removed)), by=cast.owner)
    assert client.get(at("schedule", schedule.pk)).status_code == 200


@pytest.mark.parametrize("more", [{"to": []}, {"hour": "24"}, {"every": "hour"}, {"day": "32"}, {"to": ["999"]}])
def test_what_cannot_be_is_said_beside_it(
    cast: Cast, signed_in: SignIn, board: Dashboard, more: dict[str, Any]
) -> None:
    answer = signed_in(cast.owner).post(at("dashboard_mail", board.pk), {**given(cast.owner), **more})
    assert answer.status_code == 422
    assert errors(answer) != []
    assert not Schedule.objects.exists()


def test_what_is_not_shared_goes_to_its_owner_alone(cast: Cast, signed_in: SignIn, board: Dashboard) -> None:
    schedule = weekly(cast, board, cast.owner, cast.teammate)
    board.edit(by=cast.owner, shared=False)
    client = signed_in(cast.owner)
    assert client.post(at("dashboard_mail", board.pk), given(cast.leader)).status_code == 422
    assert "to Olga, Theo (may not see this dashboard)" in client.get(at("dashboard", board.pk)).content.decode()
    page = client.get(at("schedule", schedule.pk)).content.decode()
    assert "Theo (may not see this dashboard)" in page
    assert "Umar" not in page
    mailing.run_due()
    assert [letter.owner for letter in Letter.objects.all()] == [cast.owner]
    page = client.get(at("dashboard_mail", board.pk)).content.decode()
    assert "Theo may not see this dashboard." in page
    assert "1 letter<" in page


def test_only_who_may_change_the_dashboard_mails_it(cast: Cast, signed_in: SignIn, board: Dashboard) -> None:
    schedule = weekly(cast, board, cast.owner)
    for person in (cast.teammate, cast.leader, cast.reader, cast.administrator):
        client, refused = signed_in(person), 200 if person == cast.administrator else 403
        assert client.get(at("dashboard_mail", board.pk)).status_code == refused
        assert client.get(at("schedule", schedule.pk)).status_code == refused
    for name in ("dashboard_mail", "schedule", "schedule_switch", "schedule_try", "schedule_delete"):
        pk = board.pk if name == "dashboard_mail" else schedule.pk
        assert signed_in(cast.teammate).post(at(name, pk), given(cast.teammate)).status_code == 403
    board.edit(by=cast.owner, shared=False)
    for name in ("schedule", "schedule_switch", "schedule_try", "schedule_delete"):
        assert signed_in(cast.administrator).post(at(name, schedule.pk), {}).status_code == 404
    schedule.refresh_from_db()
    assert (schedule.is_on, schedule.deleted_at) == (True, None)


def test_each_gets_what_they_may_see_and_nobody_reads_anothers(
    cast: Cast, signed_in: SignIn, board: Dashboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.deal(cast.owner, owner=cast.owner)
    factories.deal(cast.outsider, owner=cast.outsider)
    members.set_visibility("deal", by=SYSTEM, see="owner", change_by="owner")
    User.objects.filter(pk=cast.administrator.pk).update(time_zone="Asia/Tokyo")
    papers: dict[str, Any] = {}

    def kept(board: Dashboard, reader: User) -> Any:
        papers[reader.name] = on_paper(board, reader)
        return papers[reader.name]

    monkeypatch.setattr(mailing, "on_paper", kept)
    weekly(cast, board, cast.owner, cast.administrator, every="day", hour=0)
    assert [run.error for run in mailing.run_due()] == [""]
    assert {name: said["tiles"][0]["rows"][0][1]["text"] for name, said in papers.items()} == {"Olga": "1", "Ada": "2"}
    mine = Letter.objects.get(owner=cast.owner)
    assert "Every working day at 12:00\u202fAM; set up for Olga" in mine.text
    files = {file.letter.owner_id: file for file in Attachment.objects.all()}
    assert bytes(files[cast.owner.pk].content).startswith(b"%PDF-")
    # Olga set it up; what Ada may see of others is not hers to read.
    olga, ada, theo = (signed_in(person) for person in (cast.owner, cast.administrator, cast.teammate))
    assert olga.get(at("letter_file", files[cast.administrator.pk].pk)).status_code == 404
    assert ada.get(at("letter_file", files[cast.owner.pk].pk)).status_code == 200
    saved = olga.get(at("letter_file", files[cast.owner.pk].pk))
    assert saved.headers["Content-Disposition"].startswith('attachment; filename="monday-')
    assert saved.content == bytes(files[cast.owner.pk].content)
    shown = [client.get(at("outbox")).content.decode() for client in (olga, ada, theo)]
    assert [(page.count("to olga@"), page.count("to ada@")) for page in shown] == [(1, 0), (1, 1), (0, 0)]
    assert all("no mail account yet" in page for page in shown)


def test_a_failure_is_shown_to_its_owner_until_it_is_mended(
    cast: Cast, signed_in: SignIn, board: Dashboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    weekly(cast, board, cast.owner)
    with monkeypatch.context() as broken:
        broken.setattr(mailing, "printed", lambda said: 1 / 0)
        result = CliRunner().invoke(app)
    assert result.exit_code == 1
    assert "begun" not in result.output
    assert "Monday: begun and not ended" in CliRunner().invoke(app).output
    client = signed_in(cast.owner)
    for page in (at("dashboard", board.pk), at("dashboard_mail", board.pk)):
        assert "Olga: ZeroDivisionError: division by zero" in client.get(page).content.decode()
    Run.objects.update(try_at=timezone.now())
    assert json.loads(CliRunner().invoke(app, ["--json"]).output)[0]["to"] == "olga@example.com"
    assert "ZeroDivisionError" not in client.get(at("dashboard", board.pk)).content.decode()
    assert CliRunner().invoke(app).output == "Nothing is due.\n"
    listed = CliRunner().invoke(app, ["--list"])
    assert listed.exit_code == 0
    assert "olga@example.com  Monday, " in listed.output


def test_the_log_and_the_trash_tell_of_it_in_words(cast: Cast, signed_in: SignIn, board: Dashboard) -> None:
    schedule = weekly(cast, board, cast.owner)
    schedule.edit(by=cast.owner, weekday=4, recipient_ids=[cast.owner.pk, cast.teammate.pk])
    schedule.trash(by=cast.owner)
    client = signed_in(cast.administrator)
    page = client.get(at("audit"), {"kind": "schedule"}).content.decode()
    assert "Monday" in page
    assert "Friday" in page
    assert "Olga, Theo" in page
    trash = client.get(at("trash"), {"kind": "schedule"}).content.decode()
    assert "Schedules" in trash
    signed_in(cast.owner).post(at("trash_restore", "schedule"), {"record": schedule.pk})
    schedule.refresh_from_db()
    assert schedule.deleted_at is None
