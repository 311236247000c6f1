"""The door: who gets in, who is kept out, and where they land."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings

from leadline.accounts.models import User
from leadline.history import members
from leadline.web.entry.forms import PASSWORD_RULES
from tests.cast import Cast
from tests.web.reading import read

RIGHT = {"login": "olga@example.com", "password": "correct horse battery"}
WRONG = {**RIGHT, "password": "wrong"}


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


def test_in_and_out(cast: Cast, client: Client) -> None:
    before = client.get("/sign-in/").wsgi_request.session.session_key
    assert client.post("/sign-in/", RIGHT).headers["Location"] == "/"
    assert client.session.session_key != before
    assert "Successfully" not in client.get("/me/").content.decode()
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert client.get("/me/").status_code == 302


def test_signing_in_rotates_a_session_that_was_there(cast: Cast, client: Client) -> None:
    client.post("/sign-in/", RIGHT)
    first = client.session.session_key
    client.post("/sign-out/")
    client.post("/sign-in/", RIGHT)
    assert client.session.session_key != first


def test_the_address_is_compared_without_case(cast: Cast, client: Client) -> None:
    assert client.post("/sign-in/", {**RIGHT, "login": " OLGA@Example.com"}).status_code == 302


def test_a_wrong_password_says_nothing_about_who_is_known(cast: Cast, client: Client) -> None:
    known = client.post("/sign-in/", WRONG).content.decode()
    unknown = client.post("/sign-in/", {**WRONG, "login": "olgb@example.com"}).content.decode()
    assert "not correct" in known
    assert known.count("not correct") == unknown.count("not correct")


def test_somebody_let_go_is_told(cast: Cast, client: Client) -> None:
    answer = client.post("/sign-in/", {**RIGHT, "login": "ivan@example.com"})
    assert answer.headers["Location"] == "/sign-in/closed/"
    assert "_auth_user_id" not in client.session


def test_five_wrong_passwords_close_the_door_for_that_address(cast: Cast, client: Client) -> None:
    answers = [client.post("/sign-in/", WRONG).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    locked = client.post("/sign-in/", RIGHT)
    assert locked.status_code == 429
    assert "Too many tries" in locked.content.decode()
    assert locked.headers["Retry-After"] == "900"
    assert "_auth_user_id" not in client.session
    assert client.post("/sign-in/", {**RIGHT, "login": "theo@example.com"}).status_code == 302


def test_a_lock_holds_only_where_it_was_earned(cast: Cast, client: Client) -> None:
    for _ in range(5):
        client.post("/sign-in/", WRONG, REMOTE_ADDR="203.0.113.9")
    assert client.post("/sign-in/", RIGHT, REMOTE_ADDR="203.0.113.10").status_code == 302


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_behind_a_proxy_the_place_is_what_the_proxy_says_not_what_the_caller_says(cast: Cast, client: Client) -> None:
    for n in range(5):
        client.post("/sign-in/", WRONG, HTTP_X_FORWARDED_FOR=f"198.51.100.{n}, 203.0.113.9")
    assert client.post("/sign-in/", RIGHT, HTTP_X_FORWARDED_FOR="192.0.2.1, 203.0.113.9").status_code == 429
    assert client.post("/sign-in/", RIGHT, HTTP_X_FORWARDED_FOR="203.0.113.10").status_code == 302


@pytest.mark.parametrize(
    "place", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"]
)
def test_no_redirect_leads_elsewhere(cast: Cast, client: Client, place: str) -> None:
    assert client.post(f"/sign-in/?next={place}", {**RIGHT, "next": place}).headers["Location"] == "/"
    assert client.post("/me/theme/", {"theme": "dark", "next": place}).headers["Location"] == "/"
    assert client.post("/sign-out/", {"next": place}).headers["Location"] == "/sign-in/"


def test_after_signing_in_one_is_where_one_wanted_to_be(cast: Cast, client: Client) -> None:
    asked = client.get("/insights/funnel/?period=year").headers["Location"]
    assert asked == "/sign-in/?next=/insights/funnel/%3Fperiod%3Dyear"
    place = "/insights/funnel/?period=year"
    assert client.post("/sign-in/", {**RIGHT, "next": place}).headers["Location"] == place


def test_nobody_signs_up(client: Client, db: None) -> None:
    assert client.get("/signup/").status_code == 404
    assert client.get("/accounts/signup/").status_code == 404


def test_without_mail_a_forgotten_password_is_the_administrators_matter(client: Client, db: None) -> None:
    page = client.get("/password/").content.decode()
    assert "bin/leadline user link" in page
    assert client.post("/password/", {"email": "olga@example.com"}).status_code == 405


@override_settings(
    EMAIL_URL="smtp://localhost", EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend", ALLOWED_HOSTS=["*"]
)
def test_with_mail_a_link_is_sent_to_whom_we_know_and_works_once(cast: Cast, client: Client) -> None:
    for login in ("olga@example.com", "nobody@example.com", "ivan@example.com"):
        assert client.post("/password/", {"email": login}).headers["Location"] == "/password/sent/"
    assert [letter.to for letter in mail.outbox] == [["olga@example.com"]]
    assert mail.outbox[0].subject == "A new password for Leadline"
    link = next(line for line in mail.outbox[0].body.splitlines() if line.startswith("http://testserver/password/"))
    form = client.get(link, follow=True)
    new = "seven brass lanterns"
    answer = client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert answer.headers["Location"] == "/password/done/"
    assert "This link does not work" in Client().get(link).content.decode()
    assert Client().post("/sign-in/", {**RIGHT, "password": new}).headers["Location"] == "/"


@pytest.mark.parametrize("place", ["/me/password/", "/password/"])
def test_the_rules_of_a_password_are_said_once_and_plainly(cast: Cast, client: Client, place: str) -> None:
    """Nowhere as the library writes them, in HTML that is shown as text."""
    if place == "/me/password/":
        client.post("/sign-in/", RIGHT)
        page = client.get(place)
    else:
        cast.owner.set_password("forgotten long ago")
        cast.owner.save()
        key = EmailAwarePasswordResetTokenGenerator().make_token(cast.owner)
        page = client.get(f"/password/{user_pk_to_url_str(cast.owner)}-{key}/", follow=True)
    html = page.content.decode()
    assert "&lt;" not in html
    assert html.count(str(PASSWORD_RULES)) == 1
    labels = [label.text for label in read(html).all("label")]
    assert labels[-2:] == ["New password", "New password again"]


def test_before_there_is_anybody_the_page_says_where_the_way_in_is(client: Client, db: None) -> None:
    page = client.get("/", follow=True).content.decode()
    assert "Nobody is set up yet" in page
    assert "bin/leadline serve" in page
    assert read(page).all("input", type="password") == []


def test_whoever_is_let_go_is_signed_out_for_good(cast: Cast, client: Client) -> None:
    other = Client()
    client.post("/sign-in/", RIGHT)
    other.post("/sign-in/", {**RIGHT, "login": "theo@example.com"})
    members.deactivate(cast.owner, by=cast.administrator)
    members.change(cast.owner, by=cast.administrator, is_active=True)
    assert client.get("/me/").status_code == 302
    assert other.get("/me/").status_code == 200
    assert Client().post("/sign-in/", RIGHT).headers["Location"] == "/"


def test_changing_the_password_ends_the_other_sessions(cast: Cast, client: Client) -> None:
    other = Client()
    for somewhere in (client, other):
        somewhere.post("/sign-in/", RIGHT)
    new = "seven brass lanterns"
    change = {"oldpassword": RIGHT["password"], "password1": new, "password2": new}
    assert client.post("/me/password/", change).status_code == 302
    assert client.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302
    assert cast.owner.__class__.objects.get(pk=cast.owner.pk).check_password(new)


def code_for(user: User) -> str:
    secret = get_adapter().decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"])
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_the_second_step_is_asked_for_and_needed(cast: Cast, client: Client) -> None:
    TOTP.activate(cast.owner, "JBSWY3DPEHPK3PXP")
    assert client.post("/sign-in/", RIGHT).headers["Location"] == "/sign-in/second-step/"
    assert client.get("/me/").status_code == 302
    assert client.get("/sign-in/second-step/").status_code == 200
    assert client.post("/sign-in/second-step/", {"code": "000000"}).status_code == 200
    assert client.get("/me/").status_code == 302
    assert client.post("/sign-in/second-step/", {"code": code_for(cast.owner)}).headers["Location"] == "/"
    assert client.get("/me/").status_code == 200


def test_turning_the_second_step_on(cast: Cast, client: Client) -> None:
    client.post("/sign-in/", RIGHT)
    assert client.get("/me/security/app/activate/").headers["Location"].startswith("/me/confirm/?next=")
    again = client.post("/me/confirm/", {"password": RIGHT["password"], "next": "/me/security/app/activate/"})
    page = client.get(again.headers["Location"]).content.decode()
    assert "<svg" in page
    assert "data:" not in page
    secret = client.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert client.post("/me/security/app/activate/", {"code": code}).status_code == 302
    for page in ("", "codes/", "codes/generate/", "codes/download/", "app/deactivate/", "passkeys/", "passkeys/add/"):
        assert client.get(f"/me/security/{page}").status_code == 200, page


def test_a_form_from_elsewhere_is_refused(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/sign-in/", RIGHT)
    assert answer.status_code == 403
    assert "This form has grown old" in answer.content.decode()


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(cast: Cast, client: Client) -> None:
    client.get("/sign-in/")
    client.post("/sign-in/", RIGHT)
    for name in ("sessionid", "csrftoken"):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name


def test_my_page_and_time_zone(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    client = signed_in(cast.owner)
    assert client.post("/me/", {"time_zone": "Asia/Kolkata"}).status_code == 302
    for zone in ("Mars/Base", "Etc/GMT+10", "Asia/Calcutta"):
        assert client.post("/me/", {"time_zone": zone}).status_code == 422, zone
    cast.owner.refresh_from_db()
    assert cast.owner.time_zone == "Asia/Kolkata"
