"""Forms and webhooks in the settings: made, changed row by row, seen before they are saved, and what came by them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client

from leadline.accounts.models import User
from leadline.crm.doors import add_form, add_hook
from leadline.crm.intake import keep, make_waiting, secret_of
from leadline.crm.models import Arrival, Door, Lead
from leadline.web.settings.doors.entrance import guessed, paths_in
from tests import factories as make
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def typed(door: Door, **more: str) -> dict[str, str]:
    """The form of a form as its page sends it, unchanged."""
    sent = {"door-name": door.name, "fields": str(len(door.fields)), "order": "", "text-title": "Hello"}
    for at, field in enumerate(door.fields):
        parts = {"name": field["name"], "place": field["name"], "word": field["word"], "kind": field["kind"]}
        sent |= {f"field-{at}-{part}": value for part, value in parts.items()}
    return sent | more


def test_a_form_is_made_changed_and_seen(cast: Cast, signed_in: SignedIn) -> None:
    client, own = signed_in(cast.leader), make.custom_field("choice", entity="lead")
    answer = client.post("/settings/forms/add/", {"kind": "form", "name": "Ask us"})
    door = Door.objects.get()
    here = f"/settings/forms/{door.pk}/"
    assert answer.headers["Location"] == here
    again = client.post("/settings/forms/add/", {"kind": "form", "name": "ask us"}, headers={"HX-Request": "true"})
    assert (again.status_code, "already" in again.content.decode()) == (422, True)

    page = client.get(here)
    assert f"/forms/{door.token}/embed.js" in page.content.decode()
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    added = client.post(f"{here}typed/", typed(door, do="add", **{"new-place": f"own.{own.key}"})).content.decode()
    assert all(f">{option['label']}" in added or option["label"] in added for option in own.options)
    more = {"order": "4,1,0", "fields": "5", "field-4-place": "note", "field-4-word": "Which?", "field-4-name": ""}
    more |= {"field-4-kind": "choice", "field-4-options": "Red\nBlue\n", "field-4-required": "on"}
    seen = client.post(f"{here}preview/", typed(door, **more, **{"theme-accent": "#aa0000"}))
    assert seen.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "Which?" in seen.content.decode()
    assert "theme.css?accent=%23aa0000" in seen.content.decode()
    assert "#aa0000" in client.get(f"{here}preview/theme.css?accent=%23aa0000").content.decode()
    assert client.post(here, typed(door, **more)).status_code == 302
    door.refresh_from_db()
    assert [field["name"] for field in door.fields] == ["question_1", "email", "person", "organization", "message"]
    assert (door.fields[0]["options"], door.texts["title"]) == (["Red", "Blue"], "Hello")

    assert "changed what it asks" in client.get("/settings/log/?kind=door").content.decode()

    gone = typed(door, do="remove-1")
    assert 'value="E-mail"' not in client.post(f"{here}typed/", gone).content.decode()
    wrong = client.post(here, typed(door, **{"door-origins": "not a site!"}))
    assert (wrong.status_code, "not a site!" in wrong.content.decode()) == (422, True)
    stale = client.post(here, typed(door, seen="1"))
    assert "meanwhile" in stale.content.decode()


def test_a_webhook_shows_its_secret_once_and_reads_names_from_an_example(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.administrator)
    door = add_hook("Shop", by=cast.administrator)
    here, first = f"/settings/forms/{door.pk}/", secret_of(door)
    assert first not in client.get(here).content.decode()
    assert client.post(f"{here}secret/").status_code == 302
    second = secret_of(Door.objects.get())
    page = client.get(here).content.decode()
    assert second.replace("+", "&#43;") in page or second in page
    assert second not in client.get(here).content.decode()
    example = json.dumps({"visitor": {"name": "Ada", "mail": "a@b.example"}, "company": {"name": "Mill"}})
    read = client.post(f"{here}typed/", {"door-name": "Shop", "maps": "0", "do": "read", "example": example})
    assert re.findall(r'name="map-\d-path" value="([^"]+)"', read.content.decode()) == [
        "visitor.name", "visitor.mail", "company.name",
    ]  # fmt: skip
    bad = client.post(f"{here}typed/", {"door-name": "Shop", "maps": "0", "do": "read", "example": "[1"})
    assert bad.status_code == 422
    maps = {"map-0-path": "visitor.name", "map-0-place": "person", "map-1-path": "colour", "map-1-place": "note"}
    maps |= {"map-2-path": "visitor.mail", "map-2-place": "email", "maps": "4", "do": ""}
    assert client.post(here, {"door-name": "Shop", **maps}).status_code == 302
    door.refresh_from_db()
    assert door.mapping == {"visitor.name": "person", "colour": "question_1", "visitor.mail": "email"}
    client.post(f"{here}test/")
    lead = Lead.objects.get()
    assert str(lead.person) == "Ada Example"
    assert "Ada Example" in client.get(f"{here}arrivals/").content.decode()


@pytest.mark.parametrize(
    ("path", "place"),
    [("visitor.mail", "email"), ("company.name", "organization"), ("contact.full_name", "person"), ("x.0.colour", "")],
)
def test_what_others_call_the_same_is_guessed(path: str, place: str) -> None:
    assert guessed(path) == place
    assert paths_in({"a": [{"b": 1}, None], "c": "d"}) == [("a.0.b", "1"), ("a.1", ""), ("c", "d")]


def test_what_came_is_judged_by_who_may(cast: Cast, signed_in: SignedIn) -> None:
    door = add_form("Web", by=cast.leader)
    keep(door.pk, "m1", {"email": "a@b.example", "message": "<script>alert(1)</script>"}, {}, why="haste")
    keep(door.pk, "m2", {"message": "nobody"}, {"page": "https://a.example/", "test": True})
    make_waiting()
    for part in (cast.owner, cast.reader):
        assert signed_in(part).get("/settings/forms/arrivals/").status_code == 403
        assert signed_in(part).post("/settings/forms/add/", {"kind": "form", "name": "Mine"}).status_code == 403
        listed = signed_in(part).get("/settings/forms/").content.decode()
        assert "Web" in listed
        assert "arrivals/" not in listed
    client = signed_in(cast.leader)
    page = client.get("/settings/forms/arrivals/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "less than two seconds" in page
    assert "https://a.example/" in page
    held, failed = Arrival.objects.order_by("pk")
    client.post(f"/settings/forms/arrivals/{held.pk}/", {"do": "release"})
    held.refresh_from_db()
    assert (held.state, held.lead is not None) == ("taken", True)
    answer = client.post(f"/settings/forms/arrivals/{failed.pk}/", {"do": "refuse"}, headers={"HX-Request": "true"})
    assert (answer.status_code, "Let it in" in answer.content.decode()) == (200, True), answer.content.decode()[:300]
    refused = client.post(f"/settings/forms/arrivals/{held.pk}/", {"do": "refuse"}, headers={"HX-Request": "true"})
    assert (refused.status_code, "lead already" in refused.content.decode()) == (422, True)
    tabs = client.get(f"/settings/forms/{door.pk}/arrivals/?state=taken").content.decode()
    numbers = [
        int(n)
        for n in re.findall(r'<span class="count">(\d+)</span>', tabs.split("arrival-tabs")[1].split("</nav>")[0])
    ]
    assert (numbers[0], sum(numbers[1:])) == (2, 2)


def test_closing_copying_deleting(cast: Cast, signed_in: SignedIn) -> None:
    client, door = signed_in(cast.leader), add_form("Web", by=cast.leader)
    here = f"/settings/forms/{door.pk}/"
    assert client.post(f"{here}off/", {"active": "no", "back": here}).headers["Location"] == here
    assert (
        client.post(f"{here}off/", {"active": "no", "back": "https://evil.example"}).headers["Location"]
        == "/settings/forms/"
    )
    assert "closed" in client.get("/settings/forms/").content.decode()
    for _time in range(2):
        assert client.post(f"{here}copy/").status_code == 302
    assert [str(one) for one in Door.objects.order_by("pk")] == ["Web", "Web, copy", "Web, copy 2"]
    client.post(f"{here}delete/")
    assert client.get(here).status_code == 404
    client.post(f"{here}restore/")
    assert client.get(here).status_code == 200
