"""What people set for themselves, and where they are signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from leadline.accounts.models import User
from leadline.web.me.browsers import browser
from leadline.web.me.sessions import EVERY, KEPT
from tests.cast import Cast
from tests.web.reading import read

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
CHROME = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"
SignedIn = Callable[[User], Client]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (SAFARI, "Safari on iPhone"),
        (EDGE, "Edge on Windows"),
        (CHROME, "Chrome on Mac"),
        ("curl/8.5", "curl"),
        ("", "A browser that does not say what it is"),
    ],
)
def test_browsers_by_the_names_that_people_know(agent: str, words: str) -> None:
    assert browser(agent) == words


def test_my_sessions_are_listed_and_nobody_elses(cast: Cast, signed_in: SignedIn) -> None:
    here, phone, other = signed_in(cast.owner), signed_in(cast.owner), signed_in(cast.outsider)
    other.get("/me/", headers={"User-Agent": EDGE})
    phone.get("/me/", headers={"User-Agent": SAFARI})
    text = read(here.get("/me/", headers={"User-Agent": FIREFOX}).content).one("ul", class_="sessions").text
    assert "Firefox on Linux" in text
    assert "Safari on iPhone" in text
    assert "Edge" not in text
    assert here.session.session_key not in here.get("/me/").content.decode(), "the key is a secret"


def test_a_session_that_is_ended_is_signed_out_at_once(cast: Cast, signed_in: SignedIn) -> None:
    here, phone, other = signed_in(cast.owner), signed_in(cast.owner), signed_in(cast.outsider)
    for client in (here, phone, other):
        client.get("/me/")
    page = read(here.get("/me/").content)
    (name,) = [button.attributes["value"] for button in page.all("button", name="session")]
    assert here.post("/me/sessions/end/", {"session": name}).status_code == 302
    assert phone.get("/me/").status_code == 302
    assert here.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 200


def test_all_other_sessions_end_together(cast: Cast, signed_in: SignedIn) -> None:
    here, phone, desk, other = (signed_in(user) for user in (cast.owner, cast.owner, cast.owner, cast.outsider))
    here.post("/me/sessions/end/")
    assert [client.get("/me/").status_code for client in (here, phone, desk, other)] == [200, 302, 302, 200]


def test_nobody_ends_anothers_session(cast: Cast, signed_in: SignedIn) -> None:
    mine, others = signed_in(cast.owner), signed_in(cast.owner)
    others.get("/me/")
    (name,) = [button.attributes["value"] for button in read(mine.get("/me/").content).all("button", name="session")]
    signed_in(cast.outsider).post("/me/sessions/end/", {"session": name})
    assert others.get("/me/").status_code == 200


def test_a_session_is_not_written_with_every_request(
    cast: Cast, signed_in: SignedIn, django_assert_num_queries: Callable[..., object]
) -> None:
    client = signed_in(cast.owner)
    client.get("/me/")
    known = client.session[KEPT]["last"]
    client.get("/me/")
    assert client.session[KEPT]["last"] == known, f"within {EVERY} it stays as it is"


def test_the_chosen_way_of_writing(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.owner)
    assert client.post("/me/", {"language": "en-DE", "time_zone": ""}).status_code == 302
    cast.owner.refresh_from_db()
    assert cast.owner.language == "en-DE"
    options = {option.attributes["value"]: option.text for option in read(client.get("/me/").content).all("option")}
    assert options["en-DE"].startswith("Germany: ")
    assert "1.234,56" in options["en-DE"]
    assert client.post("/me/", {"language": "xx", "time_zone": ""}).status_code == 422
