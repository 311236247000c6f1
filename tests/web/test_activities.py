"""Activities anywhere: added by a line, ticked with what came of it and what is next, edited, re-planned, told of."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, User, Visibility
from leadline.activities.models import Activity, ActivityType, CountsAs, Habits, Outcome, add_default_types
from leadline.crm.models import Deal
from leadline.crm.searching.following import catch_up
from leadline.history import members
from leadline.history.models import Change
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast
from tests.web.reading import read

SignedIn = Callable[[User], Client]
SCRIPT = {"HTTP_ACCEPT": "application/json"}
HTMX = {"HTTP_HX_REQUEST": "true"}
DUE = dt.datetime(2027, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def deal(cast: Cast) -> Deal:
    add_default_types(by=SYSTEM)
    for name, counts_as in (("No answer", CountsAs.NO_ANSWER), ("Reached", CountsAs.REACHED)):
        Outcome.objects.filter(name=name).exists() or Outcome(name=name, counts_as=counts_as).add(by=SYSTEM)
    organization = make.organization(name="Acme Pumps", owner=cast.owner)
    person = make.person(name="Ann Lee", owner=cast.owner, organization=organization)
    deal = make.deal(title="Fifty seats", by=cast.owner, owner=cast.owner, organization=organization, person=person)
    catch_up(5)
    return deal


def said(answer: Any) -> str:
    return str(json.loads(answer.headers["HX-Trigger"])["leadline:done"]["text"])


def test_one_line_adds_it_with_all_its_parts(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    client, at = signed_in(cast.owner), reverse("activity_add")
    assert "All fields" in client.get(at, {"deal": deal.pk}, **HTMX).content.decode()
    line = "call 3 dec 2098 10:00 about the offer with Fifty seats 30m !high every week"
    shown = client.get(reverse("activity_line"), {"line": "1", "plan": "1", "subject": line}).json()
    assert shown["words"].endswith("30 min · every week · priority high · with Fifty seats · “Call about the offer”")
    answer = client.post(at, {"line": line}, **HTMX)
    assert answer.status_code == 204
    one = Activity.objects.get()
    assert (one.subject, one.deal_id, one.person_id, one.organization_id) == (
        "Call about the offer", deal.pk, deal.person_id, deal.organization_id,
    )  # fmt: skip
    assert (one.minutes, one.priority, one.repeats, one.occurrence) == (30, 3, "FREQ=WEEKLY", 1)
    client.post(at, {"line": "email", "on": f"person-{deal.person_id}", "minutes": "20", "day": "2098-01-02"}, **HTMX)
    mail = Activity.objects.latest("pk")
    assert (mail.person_id, mail.minutes, mail.due_on, mail.is_done) == (deal.person_id, 20, dt.date(2098, 1, 2), False)
    client.post(at, {"line": "called Acme Pumps yesterday, reached", "log": "1"}, **HTMX)
    logged = Activity.objects.latest("pk")
    assert (logged.organization_id, logged.outcome, logged.counts_as) == (deal.organization_id, "Reached", "reached")
    client.post(at, {"line": "call tomorrow about the board, reached", "plan": "1"}, **HTMX)
    planned = Activity.objects.order_by("-pk").first()
    assert (planned.done_at, planned.outcome, planned.subject.casefold()) == (None, "", "call about the board, reached")
    assert logged.done_at < timezone.now()


def test_what_has_passed_is_done_only_by_words_or_where_one_logs(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    client, at = signed_in(cast.owner), reverse("activity_add")

    def words(line: str, **more: str) -> str:
        return str(client.get(reverse("activity_line"), {"line": "1", "subject": line, **more}).json()["words"])

    assert words("call 3 dec 2020", plan="1").startswith("Planned · Call")
    assert "overdue already" in words("call 3 dec 2020", plan="1")
    assert words("call 3 dec 2020").startswith("Done · Call")
    assert words("called Bo 3 dec 2020", plan="1").startswith("Done · Call")
    assert "no day was read" in words("anruf am 3. dezember", plan="1")
    assert "there is no 30 feb" in words("call 30 feb", plan="1")
    answer = client.post(at, {"line": "called Bo 30 feb", "log": "1"}, **HTMX)
    assert (answer.status_code, Activity.objects.count()) == (422, 0)
    assert "There is no 30 feb" in answer.content.decode()
    make.organization(name="Acme Valves", owner=cast.owner)
    make.deal(title="Acme spare parts", by=cast.owner, owner=cast.owner)
    catch_up(5)
    shown = client.get(reverse("activity_line"), {"line": "1", "subject": "called Acme yesterday"}).json()
    names = [one["name"] for one in shown["choices"]]
    assert (names[0], sorted(names[1:])) == ("Acme spare parts", ["Acme Pumps", "Acme Valves"])
    assert "9998" in words("call 3 dec 9998", plan="1").split(" · ")[-1]


def test_several_that_a_name_fits_are_offered_and_nobody_sees_those_of_others(
    cast: Cast, signed_in: SignedIn, deal: Deal
) -> None:
    members.add(Visibility(kind="person", see=Level.OWNER, change=Level.OWNER), by=SYSTEM)
    make.person(name="Ann Leeson", owner=cast.owner)
    make.person(name="Ann Hidden", owner=cast.outsider)
    catch_up(5)
    client, at = signed_in(cast.owner), reverse("activity_add")
    answer = client.post(at, {"line": "call with Ann L tomorrow"}, **HTMX)
    assert answer.status_code == 422
    offered = [button.attributes["data-name"] for button in read(answer.content).all("button", type="button") if
               "data-choice" in button.attributes]  # fmt: skip
    assert sorted(offered) == ["Ann Lee", "Ann Leeson"]
    found = client.get(reverse("activity_with"), {"q": "Ann"}).json()
    assert {one["name"] for one in found} == {"Ann Lee", "Ann Leeson"}
    unknown = client.get(reverse("activity_line"), {"line": "1", "plan": "1", "subject": "call with Hidden"}).json()
    assert "nothing is called “Hidden”" in unknown["words"]
    client.post(at, {"line": "call with Ann Hidden", "on": "person-999999"}, **HTMX)
    assert not Activity.objects.exists()
    client.post(at, {"line": "call with Ann L tomorrow", "on": f"person-{deal.person_id}"}, **HTMX)
    assert Activity.objects.get().person_id == deal.person_id


def test_a_tick_asks_what_came_of_it_and_what_is_next(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    one = make.activity(by=cast.owner, deal=deal, person=deal.person, subject="Ring them", due_at=DUE)
    client = signed_in(cast.owner)
    answer = client.post(reverse("activity_done", args=[one.pk]), {"done": "1", "after": "1"}, **SCRIPT)
    asked = read(answer.json()["after"].encode())
    buttons = [button for button in asked.all("button") if "data-outcome" in button.attributes]
    assert [button.attributes["aria-keyshortcuts"] for button in buttons[:2]] == ["1", "2"]
    reached = next(button for button in buttons if "Reached" in button.text).attributes["data-outcome"]
    done = client.post(reverse("activity_outcome", args=[one.pk]), {"outcome": reached}, **SCRIPT)
    assert said(done) == "Ring them: Reached."
    one.refresh_from_db()
    assert (one.outcome, one.counts_as) == ("Reached", "reached")
    mark = asked.one("input", name="mark").attributes["value"]
    line = {"line": "1", "subject": "call 3 dec 2098 10:00", "mark": mark}
    for _twice in range(2):
        assert client.post(reverse("activity_next", args=[one.pk]), line, **SCRIPT).status_code == 204
    following = Activity.objects.latest("pk")
    assert Activity.objects.planned().get() == following, "sent twice is planned once"
    assert (following.deal_id, following.person_id, following.is_done) == (deal.pk, deal.person_id, False)
    empty = client.post(reverse("activity_next", args=[one.pk]), {"line": "1", "subject": " "}, **SCRIPT)
    assert (empty.status_code, list(empty.json()["errors"])) == (422, ["subject"])
    other = client.post(reverse("activity_outcome", args=[one.pk]), {"outcome": "9999"}, **SCRIPT)
    assert other.status_code == 422


def fields_of(client: Client, one: Activity) -> dict[str, Any]:
    """What the browser would send of the form as it is drawn."""
    page = read(client.get(reverse("activity_edit", args=[one.pk])).content)
    form = {field.attributes["name"]: field.attributes.get("value", "") for field in page.all("input")
            if field.attributes.get("name") and field.attributes.get("type") not in ("radio", "checkbox")}  # fmt: skip
    for select in page.all("select"):
        chosen = [option for option in select.all("option") if "selected" in option.attributes]
        form[select.attributes["name"]] = chosen[0].attributes["value"] if chosen else ""
    form["note"] = one.note.replace("\n", "\r\n")  # as browsers send it
    return {**form, "type": one.type_id}


def test_only_what_was_changed_is_saved_and_conflicts_are_told(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    one = make.activity(by=cast.owner, deal=deal, subject="Ring", due_at=DUE, note="Old\nlines")
    client, at = signed_in(cast.owner), reverse("activity_edit", args=[one.pk])
    form = fields_of(client, one)
    one.edit(by=cast.teammate, place="Hall 7")
    answer = client.post(at, {**form, "minutes": "45", "colleagues": [cast.teammate.pk]}, **HTMX)
    assert answer.status_code == 204, answer.content.decode()
    one.refresh_from_db()
    assert (one.place, one.minutes, one.colleague_ids, one.due_at) == ("Hall 7", 45, [cast.teammate.pk], DUE)
    changes = Change.objects.filter(entity="activity", record_id=one.pk, by_id=cast.owner.pk, verb="change")
    assert set(changes.latest("id").old) == {"minutes", "colleague_ids"}

    form = fields_of(client, one)
    one.edit(by=cast.teammate, subject="Theirs")
    answer = client.post(at, {**form, "subject": "Mine"}, **HTMX)
    assert answer.status_code == 409
    assert "Save again" in answer.content.decode()
    again = read(answer.content).one("input", name="was").attributes["value"]
    assert client.post(at, {**form, "subject": "Mine", "was": again}, **HTMX).status_code == 204
    one.refresh_from_db()
    assert one.subject == "Mine"
    assert client.post(at, {**form, "day": "", "time": "10:00"}, **HTMX).status_code == 422
    history = client.get(reverse("activity", args=[one.pk])).content.decode()
    assert "Theirs" in history
    assert "Theo" in history


def test_one_of_a_series_or_all_that_follow(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    one = make.activity(by=cast.owner, deal=deal, subject="Weekly", due_at=DUE, repeats="FREQ=WEEKLY")
    client, at = signed_in(cast.owner), reverse("activity_edit", args=[one.pk])
    client.post(at, {**fields_of(client, one), "place": "Here only", "scope": "this"}, **HTMX)
    client.post(at, {**fields_of(client, one), "minutes": "50", "scope": "following"}, **HTMX)
    one.refresh_from_db()
    one.complete(by=cast.owner)
    following = Activity.objects.planned().get(series=one.series)
    assert (following.place, following.minutes, following.occurrence) == ("", 50, 2)
    due = following.due_at
    assert client.post(reverse("activity_skip", args=[following.pk]), **SCRIPT).status_code == 204
    following.refresh_from_db()
    assert following.due_at == due + dt.timedelta(days=7)
    client.post(reverse("activity_end", args=[following.pk]), **SCRIPT)
    following.refresh_from_db()
    assert following.repeats == ""


def test_what_is_overdue_is_spread_and_one_undo_takes_it_back(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    late = timezone.now() - dt.timedelta(days=3)
    mine = [make.activity(by=cast.owner, owner=cast.owner, deal=deal, subject=str(n), due_at=late) for n in range(7)]
    theirs = make.activity(by=cast.teammate, owner=cast.teammate, due_at=late)
    client, at = signed_in(cast.owner), reverse("activities_replan")
    assert "7 activities" in read(client.get(at, {"overdue": "1"}, **HTMX).content).text
    ids = ",".join(str(one.pk) for one in mine)
    said_days = read(client.get(at, {"ids": ids, "per_day": "1"}, **HTMX).content).one(id="replan-days").text
    assert (said_days.count(": 1"), said_days[-1]) == (6, "…"), "seven days of one, the first six are said"
    answer = client.post(at, {"ids": ids, "how": "spread", "per_day": "2"}, **HTMX)
    assert (answer.status_code, said(answer)) == (204, "7 activities re-planned.")
    days = [one.due_at.date() for one in Activity.objects.filter(pk__in=[one.pk for one in mine])]
    assert sorted(days.count(day) for day in set(days)) == [1, 1, 1, 2, 2]
    theirs.refresh_from_db()
    assert theirs.due_at == late
    undo_act(json.loads(answer.headers["HX-Trigger"])["leadline:done"]["act"], by=cast.owner)
    assert {one.due_at for one in Activity.objects.filter(pk__in=[one.pk for one in mine])} == {late}
    for how, status in (({"how": "day", "day": "soon"}, 422), ({"how": "spread", "per_day": "0"}, 422)):
        assert client.post(at, {"ids": ids, **how}, **HTMX).status_code == status
    client.post(reverse("activity_move", args=[mine[0].pk]), {"to": "2098-01-04"}, **SCRIPT)
    mine[0].refresh_from_db()
    assert mine[0].due_at.date() == dt.date(2098, 1, 4)


def test_reminders_call_who_owns_it_or_takes_part(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    now = timezone.now()
    soon = make.activity(by=cast.owner, owner=cast.owner, subject="Soon", due_at=now + dt.timedelta(minutes=9))
    make.activity(by=cast.owner, owner=cast.owner, subject="Later", due_at=now + dt.timedelta(minutes=30))
    early = make.activity(
        by=cast.owner, owner=cast.owner, subject="Early", due_at=now + dt.timedelta(hours=1), remind_before=60,
        colleague_ids=[cast.teammate.pk],
    )  # fmt: skip
    make.activity(by=cast.owner, owner=cast.owner, subject="Day", due_on=timezone.localdate())
    found = {one["title"]: one["call_at"] for one in signed_in(cast.owner).get(reverse("reminders")).json()}
    calls = {"Soon": soon.due_at - dt.timedelta(minutes=10), "Early": early.due_at - dt.timedelta(minutes=60)}
    assert found == {title: call.isoformat() for title, call in calls.items()}
    client = signed_in(cast.teammate)
    assert [one["title"] for one in client.get(reverse("reminders")).json()] == ["Early"]
    client.post(reverse("reminders_set"), {"remind_before": "5"})
    assert Habits.of(cast.teammate).reminders is False
    assert client.get(reverse("reminders")).headers["Leadline-Reminders"] == "off"


def test_readers_change_nothing(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    one = make.activity(by=cast.owner, deal=deal, due_at=DUE)
    client = signed_in(cast.reader)
    assert client.get(reverse("activity_add")).status_code == 403
    page = client.get(reverse("activity", args=[one.pk])).content.decode()
    assert "data-activity-tick" not in page
    assert client.get(reverse("activity_edit", args=[one.pk]), **SCRIPT).status_code == 403
    assert ActivityType.objects.exists()


def test_one_plans_on_ones_own_deal_though_its_contact_is_hidden(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    """Contact and organization come along with what one may see, unnamed; what is next stays where one's own was."""
    for kind in ("deal", "person", "organization"):
        members.set_visibility(kind, by=SYSTEM, see="owner", change_by="owner")
    for record in (deal.person, deal.organization):
        record.edit(by=SYSTEM, owner=cast.outsider)
    client = signed_in(cast.owner)
    at = reverse("activity_log", args=["deal", deal.pk])
    answer = client.post(at, {"line": "1", "subject": "call with Acme tomorrow"}, **SCRIPT)
    assert answer.status_code == 200
    one = Activity.objects.get()
    assert (one.person_id, one.organization_id) == (deal.person_id, deal.organization_id)
    assert "Acme" in one.subject, "a hidden name does not swallow the word"
    page = client.get(reverse("activity", args=[one.pk])).content.decode()
    assert "Ann Lee" not in page
    assert "Acme Pumps" not in page
    deal.edit(by=SYSTEM, owner=cast.outsider)
    answer = client.post(reverse("activity_next", args=[one.pk]), {"subject": "email fri", "line": "1"}, **SCRIPT)
    assert answer.status_code == 204
    assert Activity.objects.latest("pk").deal_id == deal.pk
    assert "Fifty seats" not in answer.headers["HX-Trigger"]
    others = make.activity(cast.outsider, deal=deal, colleague_ids=[cast.owner.pk])
    answer = client.post(reverse("activity_next", args=[others.pk]), {"subject": "email", "line": "1"}, **SCRIPT)
    assert answer.status_code == 403, "not one's own"


def test_slips_are_refused_by_the_name_of_their_field(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    client, at = signed_in(cast.owner), reverse("activity_add")
    for given, field in (
        ({"line": "call 31 dec 9999"}, "day"),
        ({"line": "call", "day": "9999-12-31"}, "day"),
        ({"line": "call", "person": "999"}, None),
        ({"line": "call", "on": "person-999"}, "on"),
        ({"line": "call", "day": "2098-01-02", "repeats": "FREQ=DAILY", "until": "2098-01-01"}, "until"),
        ({"line": "call 2 jan 2098", "repeats": "FREQ=DAILY", "until": "2098-01-01"}, "repeats"),
    ):
        answer = client.post(at, given, **HTMX)
        assert answer.status_code == 422, given
        assert field is None or f'name="{field}"' in answer.content.decode()
    assert not Activity.objects.exists()
    for due in ("0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "9999-12-30T23:59-12:00"):
        assert client.get(reverse("activity_line"), {"due": due}, **SCRIPT).status_code == 422
    one = make.activity(cast.owner, due_at=DUE)
    for minutes in (0, 1441):
        with pytest.raises(ValidationError, match="1 to 1440"):
            one.edit(by=cast.owner, minutes=minutes)
    for name, value in (("due_at", 5), ("due_at", "garbage"), ("minutes", [1]), ("participant_ids", 5)):
        told = client.post(reverse("activity_edit", args=[one.pk]), {"was": json.dumps({name: value})}, **SCRIPT)
        assert told.status_code == 422, (name, value)
        assert name in told.json()["errors"]


def test_a_series_ends_where_days_end(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    client = signed_in(cast.owner)
    for deed in ("activity_done", "activity_skip"):
        client.post(reverse("activity_add"), {"line": "call 30 dec 9999 every day"}, **HTMX)
        one = Activity.objects.latest("pk")
        assert one.repeats
        assert client.post(reverse(deed, args=[one.pk]), **SCRIPT).status_code in (200, 204)
    assert Activity.objects.kept().count() == 1
