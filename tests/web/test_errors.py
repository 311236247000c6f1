"""Errors in our look: plain words, nothing of the inside."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory, override_settings

from leadline.web.frame import errors
from leadline.web.insights import views
from tests.cast import Cast
from tests.web.conftest import BACKEND, Company
from tests.web.reading import read


def test_there_is_nothing_here(client: Client, db: None) -> None:
    answer = client.get("/nothing-here/")
    assert answer.status_code == 404
    assert read(answer.content).one("h1").text == "There is nothing here"


@pytest.fixture
def terminal() -> Iterator[io.StringIO]:
    """What stands on stderr of `serve`."""
    handler = next(one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler)
    text = io.StringIO()
    before = handler.setStream(text)
    yield text
    handler.setStream(before)


def test_a_failure_leaves_its_traceback_in_the_terminal(
    company: Company, cast: Cast, monkeypatch: pytest.MonkeyPatch, terminal: io.StringIO
) -> None:
    def fail(*arguments: object) -> None:
        raise OperationalError("the disk is full")

    monkeypatch.setattr(views, "Inquiry", fail)
    client = Client(raise_request_exception=False)
    client.force_login(cast.administrator, backend=BACKEND)
    client.get("/insights/funnel/")
    assert "ERROR django.request: Internal Server Error: /insights/funnel/" in terminal.getvalue()
    assert "OperationalError: the disk is full" in terminal.getvalue()


def test_refusals_are_a_line_in_the_terminal(cast: Cast, client: Client, terminal: io.StringIO) -> None:
    assert client.get("/healthz", HTTP_HOST="elsewhere.example").status_code == 400
    assert "Invalid HTTP_HOST header: 'elsewhere.example'" in terminal.getvalue()
    terminal.truncate(0)
    Client(enforce_csrf_checks=True).post("/sign-in/", {})
    assert "django.security.csrf" in terminal.getvalue()
    terminal.seek(0)
    terminal.truncate(0)
    for _ in range(5):
        client.post("/sign-in/", {"login": "olga@example.com", "password": "wrong"})
    assert "Sign-in as 'olga@example.com' from 127.0.0.1 is closed for 15 minutes." in terminal.getvalue()
    assert len(terminal.getvalue().splitlines()) == 1


def test_an_address_that_is_not_there_is_no_news(client: Client, db: None, terminal: io.StringIO) -> None:
    client.get("/nothing-here/")
    assert terminal.getvalue() == ""


def test_a_failure_tells_nothing_of_the_inside(company: Company, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise OperationalError("password=hunter2 at /srv/leadline")

    monkeypatch.setattr(views, "Inquiry", fail)
    client = Client(raise_request_exception=False)
    client.force_login(cast.administrator, backend=BACKEND)
    answer = client.get("/insights/funnel/")
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "Something failed on our side" in page
    assert "hunter2" not in page
    assert "Traceback" not in page


@pytest.mark.parametrize(("page", "status"), [(errors.bad_request, 400), (errors.forbidden, 403), (errors.failed, 500)])
def test_they_need_neither_a_session_nor_a_database(page: object, status: int) -> None:
    """No fixture here asks for the database: a query would fail the test."""
    answer = page(RequestFactory().get("/"))  # type: ignore[operator]
    assert answer.status_code == status
    assert read(answer.content).one("h1").text


@override_settings(ALLOWED_HOSTS=["leadline.example"])
def test_a_foreign_host_name_is_refused(client: Client, db: None) -> None:
    assert client.get("/sign-in/", HTTP_HOST="evil.example").status_code == 400
