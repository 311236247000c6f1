"""What every address owes: a token with every form, no way elsewhere, the policy, plain errors, inert files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.history import members
from leadline.web.frame.policy import POLICY
from leadline.web.search import limits
from tests.cast import Cast
from tests.conftest import CHECKOUT
from tests.web.addresses import patterns
from tests.web.hidden import DOORS, Hidden
from tests.web.walled import WAYS, hidden, state, taken_back

__all__ = ["hidden"]  # the fixture
SignedIn = Callable[[User], Client]


# Signed, and pressed by mail programs without a page of ours (RFC 8058): unsigned they are not there.
# Doors are for everybody: what is sent there carries no session, and its seal or signature says where it is from.
SIGNED = {"letters_stop", "door_form", "door_theme", "door_embed", "door_hook"}


def test_every_form_needs_its_token(hidden: Hidden, cast: Cast) -> None:
    """From another site's page nothing can be sent, to any address and by any method."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.administrator, backend="allauth.account.auth_backends.AuthenticationBackend")
    before, faults = state(), []
    for name, arguments in patterns():
        some = DOORS[name].at(hidden) if name in DOORS else [_some(argument) for argument in arguments]
        address = reverse(name, args=some)
        for method in (client.post, client.put, client.patch, client.delete):
            if method(address).status_code not in ((403, 404, 405) if name in SIGNED else (403,)):
                faults.append(f"{name} by {method.__name__}")
    assert not faults, "\n".join(faults)
    assert state() == before


def _some(argument: str) -> Any:
    some = {"act": "00000000-0000-0000-0000-000000000000", "code": "EUR", "uidb36": "1", "key": "x-y"}
    texts = {"token", "kind", "name", "entity", "deed"}
    return some.get(argument) or ("deal" if argument in texts else "sources" if argument == "key" else 1)


ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "https:evil.example",
    "\t//evil.example",
)


@pytest.mark.parametrize("place", ELSEWHERE)
def test_no_form_leads_elsewhere(hidden: Hidden, cast: Cast, signed_in: SignedIn, place: str) -> None:
    client = signed_in(cast.outsider)
    led = [client.post(reverse("theme"), {"theme": "dark", "next": place})]
    for name, door in DOORS.items():
        with taken_back():
            form = {**door.form(hidden), "next": place, "back": place, "then": place, "go": place}
            led.append(client.post(reverse(name, args=door.at(hidden)), form))
    door = {"login": "olga@example.com", "password": "correct horse battery", "next": place}
    led += [Client().post(f"/sign-in/?next={place}", door), client.post(f"/sign-out/?next={place}", {"next": place})]
    for answer in led:
        for header in ("Location", "HX-Redirect", "HX-Location", "HX-Trigger"):
            assert "evil" not in answer.headers.get(header, ""), answer.request["PATH_INFO"]
            assert "javascript" not in answer.headers.get(header, "")


def test_every_answer_carries_the_policy(hidden: Hidden, cast: Cast, signed_in: SignedIn) -> None:
    client, faults = signed_in(cast.administrator), []
    for name, arguments in patterns():
        if name == "account_logout":
            continue
        some = DOORS[name].at(hidden) if name in DOORS else [_some(argument) for argument in arguments]
        answer = client.get(reverse(name, args=some))
        policy = answer.headers.get("Content-Security-Policy", "")
        if ("unsafe" in policy and "sandbox" not in policy) or "default-src 'none'" not in policy:
            faults.append(f"{name}: {policy}")
        if answer.headers.get("X-Content-Type-Options") != "nosniff":
            faults.append(f"{name} may be sniffed")
        if answer.status_code >= 500:
            faults.append(f"{name}: {answer.status_code}")
    assert not faults, "\n".join(faults)
    assert "default-src 'none'" in POLICY


def test_an_error_tells_nothing_of_the_inside(hidden: Hidden, cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.administrator)
    client.raise_request_exception = False
    for address in (
        "/deals/999999999999999999999999/",
        "/deals/abc/",
        "/%00/",
        "/files/1/../../settings.py",
        "/deals/0/won/",
    ):
        for headers in WAYS.values():
            for answer in (client.get(address, headers=headers), client.post(address, headers=headers)):
                assert answer.status_code in (400, 404, 405), (address, answer.status_code)
                for inside in (b"Traceback", b"/leadline/", b"site-packages", b"DoesNotExist", b"SELECT "):
                    assert inside not in answer.content


def test_files_are_handed_out_and_never_run(hidden: Hidden, cast: Cast, signed_in: SignedIn) -> None:
    import io

    from leadline.crm.filing import attach

    client = signed_in(cast.outsider)
    page = attach(hidden.deal, "page.html", io.BytesIO(b"<script>alert(1)</script>"), by=cast.outsider)
    drawing = attach(hidden.deal, "drawing.svg", io.BytesIO(b"<svg onload='alert(1)'/>"), by=cast.outsider)
    for file in (hidden.file, page, drawing):
        answer = client.get(reverse("file", args=[file.pk]))
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment"), file
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert (
            "script-src 'self'" not in answer.headers["Content-Security-Policy"]
            or "html" not in answer.headers["Content-Type"]
        )


def test_the_cookies_are_for_the_server_alone(cast: Cast) -> None:
    client = Client()
    client.get("/sign-in/")
    client.post("/sign-in/", {"login": "olga@example.com", "password": "correct horse battery"})
    for name in ("sessionid", "csrftoken"):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name


BY_TLS = """
import django; django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
call_command("migrate", verbosity=0)
client = Client()
setup_test_environment()
answer = client.get("/healthz", secure=True, HTTP_HOST="sales.example.com", HTTP_X_FORWARDED_PROTO="https")
print(answer.headers["Strict-Transport-Security"])
print(client.get("/healthz", HTTP_HOST="sales.example.com").headers["Location"])
page = client.get("/setup/x/", secure=True, HTTP_HOST="sales.example.com", HTTP_X_FORWARDED_PROTO="https")
print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, page.status_code)
"""


def test_with_tls_there_is_no_way_without_it(tmp_path: Any) -> None:
    environment = {
        "LEADLINE_DATA": str(tmp_path), "LEADLINE_TLS": "1", "LEADLINE_HOSTS": "sales.example.com",
        "DJANGO_SETTINGS_MODULE": "leadline.settings",
    }  # fmt: skip
    ran = subprocess.run([sys.executable, "-c", BY_TLS], env=environment, cwd=CHECKOUT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    lines = ran.stdout.splitlines()
    assert lines[0].startswith("max-age=31536000")
    assert lines[1].startswith("https://sales.example.com/")
    assert lines[2].startswith("True True")


def test_no_way_of_searching_is_without_a_limit(
    cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who asks again and again is asked to wait; others are not."""
    monkeypatch.setattr(limits, "MOST", 3)
    for name, arguments in (("search", []), ("palette", []), ("lookup", ["person"])):
        limits.forget()
        address = reverse(name, args=arguments)
        client = signed_in(cast.owner)
        assert [client.get(address, {"q": "x"}).status_code for _number in range(4)] == [200, 200, 200, 429], name
        assert signed_in(cast.teammate).get(address, {"q": "x"}).status_code == 200
    limits.forget()


def test_a_person_let_go_is_out_at_once(hidden: Hidden, cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.outsider)
    assert client.get(reverse("deal", args=[hidden.deal.pk])).status_code == 200
    members.deactivate(cast.outsider, by=SYSTEM)
    assert client.get(reverse("deal", args=[hidden.deal.pk])).status_code == 302
