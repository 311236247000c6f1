"""A public form: drawn, sent once, thanked for; what looks like a machine is held back, too much is not taken."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client, RequestFactory

from leadline.accounts.actors import SYSTEM
from leadline.crm.intake import Held, make_waiting
from leadline.crm.models import Arrival, Note
from leadline.web.doors.places import place_of
from tests.crm.intake.making import form
from tests.web.doors.sending import JANE, send

pytestmark = pytest.mark.django_db


def states() -> list[tuple[str, str]]:
    return [*Arrival.objects.order_by("pk").values_list("state", "why")]


def test_it_is_drawn_and_what_it_keeps_is_what_was_sent() -> None:
    door = form(consent="You may write to me.", texts={"title": "Ask <us>", "thanks": "We call you."})
    address = f"/forms/{door.token}/"
    answer = Client().get(f"{address}?utm_source=mail", headers={"referer": "https://site.example/a"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Ask &lt;us&gt;" in page
    assert "Set-Cookie" not in answer.headers
    assert "<script>" not in page
    assert " style=" not in page
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert hidden.keys() == {"_seal", "_page", "_referrer", "_utm_source"}
    assert hidden.pop("_seal")  # another, opened a minute ago, is sent: how long this test takes is nobody's concern
    data = {**JANE, **hidden, "message": "A pump?\r\nBig.", "_consent": "1", "other": "x"}
    answer = send(door, **data)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{address}?sent=1")
    assert "We call you." in Client().get(f"{address}?sent=1").content.decode()
    kept = Arrival.objects.get()
    assert kept.given == {**JANE, "message": "A pump?\nBig."}
    assert kept.origin["page"] == f"http://testserver{address}"
    assert kept.origin["referrer"] == "https://site.example/a"
    assert kept.origin["utm_source"] == "mail"
    assert kept.origin["consent"]["given"] is True
    assert kept.origin["consent"]["text"] == "You may write to me."
    assert states() == [("waiting", "")]


def test_what_is_missing_is_said_and_what_was_written_is_still_there() -> None:
    door = form(consent="You may write to me.", consent_required=True)
    answer = send(door, organization="<Acme>", email="no address")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="&lt;Acme&gt;"' in page
    assert page.count('aria-invalid="true"') == 3  # name, e-mail, consent
    assert Arrival.objects.count() == 0


def test_sent_twice_is_once_and_sent_with_something_else_is_twice() -> None:
    door = form()
    page = Client().get(f"/forms/{door.token}/").content.decode()
    seal = re.search(r'name="_seal" value="([^"]+)"', page)
    assert seal
    for message in ("One", "One", "Two"):
        assert send(door, **{**JANE, "message": message, "_seal": seal[1]}).status_code == 303
    assert Arrival.objects.count() == 2


def test_every_kind_of_field_takes_what_it_should() -> None:
    kinds = ("text", "long", "email", "phone", "url", "number", "date", "check")
    fields: list[dict[str, Any]] = [{"name": kind, "word": kind, "kind": kind, "help": "Say it"} for kind in kinds]
    several = {"options": ["A, a", "B"], "required": True}
    fields += [{"name": "one", "kind": "choice", **several}, {"name": "some", "kind": "choices", **several}]
    door = form(fields=[*fields, {"name": "fair", "kind": "hidden", "value": "Hall 3"}])
    wrong = {"email": "a@b", "phone": "none", "url": "a b", "number": "much", "date": "2026-02-30", "one": "C"}
    page = send(door, **wrong).content.decode()
    assert page.count('class="error"') == len(wrong) + 1  # and nothing of some was chosen
    right = {"email": "a@b.example", "phone": "+1 234", "url": "b.example/x", "number": "1,5", "date": "2026-02-28"}
    assert send(door, **right, one="A, a", some=["A, a", "B"], fair="Hall 9").status_code == 303
    assert Arrival.objects.get().given == {**right, "one": "A, a", "some": ["A, a", "B"]}
    make_waiting()
    note = Note.objects.get().text
    assert "some: A, a, B" in note
    assert "fair: Hall 3" in note


LONG = "Buy the very best watches here today"


@pytest.mark.parametrize(
    ("ago", "more", "why"),
    [
        (60, {}, ""),
        (1, {}, Held.HASTE),
        (60, {"_url": "http://x.example"}, Held.TRAP),
        (60, {"_seal": ""}, Held.UNSEALED),
        (60, {"_seal": "6a.é.x"}, Held.UNSEALED),
        (-900, {}, Held.UNSEALED),
        (8 * 86_400, {}, Held.STALE),
    ],
)
def test_what_looks_like_a_machine_is_held_back_and_not_told_so(ago: float, more: dict[str, str], why: str) -> None:
    answer = send(form(), ago=ago, **{**JANE, **more})
    assert answer.status_code == 303
    assert states() == [("spam" if why else "waiting", why)]


def test_another_doors_seal_is_none() -> None:
    one, other = form(), form()
    page = Client().get(f"/forms/{one.token}/").content.decode()
    seal = re.search(r'name="_seal" value="([^"]+)"', page)
    assert seal
    send(other, **{**JANE, "_seal": seal[1]})
    assert states() == [("spam", Held.UNSEALED)]


def test_the_same_text_from_many_addresses_is_held_back() -> None:
    door = form()
    for number in range(5):
        send(door, place=f"10.0.0.{number}", person="Jane", email=f"x{number}@a.example", message=LONG)
    send(door, place="10.0.0.9", person="Jane", email="x1@a.example", message=f"{LONG}  ")
    assert [why for _state, why in states()] == ["", "", "", Held.REPEATED, Held.REPEATED, ""]


def test_more_from_one_place_than_people_send_is_held_back_and_then_not_taken() -> None:
    door = form()
    answers = [send(door, person="Jane") for _number in range(200)]
    assert {answer.status_code for answer in answers} == {422}  # to say what is missing costs us, too
    late = send(door, **JANE)
    assert (late.status_code, int(late.headers["Retry-After"]) > 0) == (429, True)
    assert send(door, place="10.0.0.2", **JANE).status_code == 303
    for number in range(22):
        send(door, place="10.0.0.3", **{**JANE, "message": str(number)})
    assert [why for _state, why in states()] == [""] * 21 + [Held.MANY] * 2


def test_what_is_no_form_is_answered_plainly(settings: Any) -> None:
    door = form()
    assert Client().get("/forms/no-such-form/").status_code == 404
    assert Client().put(f"/forms/{door.token}/").status_code == 405
    assert Client().post(f"/forms/{door.token}/", JANE).status_code == 415
    assert send(door, **JANE, message="x" * 600_000).status_code == 413
    assert send(door, **JANE, message="\N{GRINNING FACE}" * 10_000).status_code == 303  # what fits into its field
    settings.ALLOWED_HOSTS = ["ours.example"]
    assert Client().get(f"/forms/{door.token}/").status_code == 400
    settings.ALLOWED_HOSTS = ["*"]
    door.edit(by=SYSTEM, active=False)
    assert Client().get(f"/forms/{door.token}/").status_code == send(door, **JANE).status_code == 410
    door.trash(by=SYSTEM)
    assert Client().get(f"/forms/{door.token}/").status_code == send(door, **JANE).status_code == 404


def test_it_may_stand_on_its_sites_and_lead_where_its_thanks_lead() -> None:
    theme = {"accent": "#ffee00", "paper": "#101010", "radius": 3, "font": "serif"}
    door = form(origins=["www.site.example"], texts={"go_to": "https://site.example/thanks"}, theme=theme)
    page = Client().get(f"/forms/{door.token}/?embed=1&page=https://site.example/p")
    policy = page.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://www.site.example" in policy
    assert "form-action 'self' https://site.example" in policy
    assert "X-Frame-Options" not in page.headers
    assert 'name="_page" value="https://site.example/p"' in page.content.decode()
    assert send(door, **JANE).headers["Location"] == "https://site.example/thanks"
    framed = send(door, **JANE, _embed="1").headers["Location"]
    assert 'data-go-to="https://site.example/thanks"' in Client().get(framed).content.decode()
    css = Client().get(f"/forms/{door.token}/theme.css")
    assert "--accent: #ffee00" in css.content.decode()
    assert "--on-accent: #000000" in css.content.decode()
    assert "color-scheme: dark" in css.content.decode()
    assert b"iframe" in Client().get(f"/forms/{door.token}/embed.js").content


@pytest.mark.parametrize(
    ("proxies", "forwarded", "places"),
    [
        (1, ["2001:db8::1", "2001:db8::ffff"], 1),
        (1, ["2001:db8::1", "2001:db8:0:1::1"], 2),
        (1, ["::ffff:192.0.2.1", "192.0.2.1"], 1),
        (1, ["192.0.2.1, 198.51.100.7", "192.0.2.2, 198.51.100.7"], 1),
        (2, ["192.0.2.1", "x", "unknown, unknown"], 1),
        (0, ["192.0.2.1", "192.0.2.2"], 1),
    ],
)
def test_a_place_is_what_trusted_proxies_say(settings: Any, proxies: int, forwarded: list[str], places: int) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    asked = [RequestFactory().get("/forms/x/", headers={"X-Forwarded-For": text}) for text in forwarded]
    assert len({place_of(request) for request in asked}) == places
