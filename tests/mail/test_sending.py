"""Letters against a real mail server: taken, refused, slow, silent, dying in the middle; never twice."""

from __future__ import annotations

import asyncio
import datetime as dt
import email
import email.policy
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.db import connection
from django.test import override_settings

from leadline.accounts.models import User
from leadline.mail import filing, queueing
from leadline.mail.filing import Paper
from leadline.mail.models import Letter
from leadline.mail.sending import send_due
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
MAILED = Paper(
    "Dock 7 – done", "Hello\n.\n..dots\nand Grüße", html="<p>Hello</p>", stop_at="https://sales.example.com/stop/x/"
)


class Server:
    """A mail server that answers as it is told, and keeps what it has taken."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.rcpt, self.data, self.sender = "250 OK", "250 OK", "250 OK"
        self.before_answer: Callable[[SMTP], Any] = lambda server: None

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.sender == "250 OK":
            envelope.mail_from = address
        return self.sender

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.rcpt == "250 OK":
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        if self.data == "250 OK":
            self.taken.append(
                (envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=email.policy.default))
            )
        self.before_answer(server)
        await asyncio.sleep(0)
        return self.data


@contextmanager
def reached(server: Server, **settings: Any) -> Iterator[None]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        at = {"EMAIL_URL": "smtp://x", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": port, "EMAIL_TIMEOUT": 5}
        with override_settings(**{**at, "DEFAULT_FROM_EMAIL": "Leadline <sales@example.com>", **settings}):
            yield
    finally:
        controller.stop()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    with reached(server):
        yield server


@pytest.fixture
def cast() -> Cast:
    return assemble()


def letter(to: User, paper: Paper = MAILED, at: dt.datetime = NOW, **more: Any) -> Letter:
    return filing.file(paper, to, at, **more)


def read(one: Letter) -> Letter:
    return Letter.objects.get(pk=one.pk)


def test_a_letter_goes_out_once_with_all_its_parts(cast: Cast, server: Server) -> None:
    invitation = Paper(
        "Kick-off", "Come.", "kick-off.ics", "text/calendar; charset=utf-8; method=REQUEST", b"BEGIN:VCALENDAR\r\n"
    )
    first, second = letter(cast.owner), letter(cast.teammate, invitation)
    assert [one.pk for one in send_due(NOW)] == [first.pk, second.pk]
    assert send_due(NOW + MINUTE) == []
    assert read(first).sent_at == NOW
    (to, mail), (_to, other) = server.taken
    assert to == ["olga@example.com"]
    assert (mail["Subject"], mail["To"], mail["From"]) == (
        "Dock 7 – done",
        "olga@example.com",
        "Leadline <sales@example.com>",
    )
    assert mail.get_body(("plain",)).get_content().splitlines() == ["Hello", ".", "..dots", "and Grüße"]
    assert mail.get_body(("html",)).get_content().strip() == "<p>Hello</p>"
    assert mail["List-Unsubscribe"] == "<https://sales.example.com/stop/x/>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Message-ID"].endswith("@example.com>")
    assert "List-Unsubscribe" not in other
    (file,) = other.iter_attachments()
    assert (file.get_content_type(), file.get_param("method"), file.get_filename()) == (
        "text/calendar",
        "REQUEST",
        "kick-off.ics",
    )


def test_without_a_mail_account_letters_wait(cast: Cast) -> None:
    one = letter(cast.owner)
    assert send_due(NOW) == []
    assert read(one).attempts == 0


def test_a_refusal_for_good_is_kept_with_its_words_and_can_be_sent_again(cast: Cast, server: Server) -> None:
    server.rcpt = "550 5.1.1 No such user"
    one = letter(cast.owner)
    assert len(send_due(NOW)) == 1
    server.rcpt = "250 OK"
    assert send_due(NOW + dt.timedelta(hours=5)) == []
    assert (read(one).error, read(one).failed_at) == ("550 5.1.1 No such user", NOW)
    server.data = "554 5.7.1 Looks like spam"
    two = letter(cast.teammate)
    send_due(NOW)
    assert read(two).error.startswith("554")
    server.data = "250 OK"
    assert queueing.again(read(one), NOW + MINUTE)
    assert len(send_due(NOW + MINUTE)) == 1
    assert read(one).sent_at
    assert not queueing.again(read(one), NOW + MINUTE), "what has gone out is not sent again"


def test_a_refusal_for_now_is_tried_again_after_growing_pauses_and_given_up(cast: Cast, server: Server) -> None:
    server.data = "451 4.3.0 Busy"
    one, other = letter(cast.owner), letter(cast.teammate)
    tries, now = [], NOW
    while read(one).failed_at is None:
        tries += [now] * (one in send_due(now))
        now += MINUTE * 10 if len(tries) > 4 else MINUTE
    pauses = [(b - a) // MINUTE for a, b in pairwise(tries)]
    assert pauses[:4] == [1, 3, 9, 27]
    assert pauses == sorted(pauses)
    assert tries[-1] - tries[0] <= dt.timedelta(days=2) < now - tries[0] + 2 * MINUTE * 10
    assert (read(one).error, read(other).error) == ("451 4.3.0 Busy",) * 2
    server.data = "250 OK"
    ids = [queueing.again(read(one), now), *send_due(now)]
    assert len(ids) == 2
    assert server.taken[0][1]["Message-ID"]


def test_trouble_with_the_account_holds_all_and_blames_no_letter(cast: Cast) -> None:
    letters = [letter(person) for person in (cast.owner, cast.teammate)]
    with override_settings(EMAIL_URL="smtp://x", EMAIL_HOST="127.0.0.1", EMAIL_PORT=9, EMAIL_TIMEOUT=2):
        assert send_due(NOW) == [letters[0]]
    assert "refused" in read(letters[0]).error
    server = Server()
    server.sender = "550 You may not send as this"
    with reached(server):
        send_due(NOW)
    assert [read(one).failed_at for one in letters] == [None, None]
    with reached(server, DEFAULT_FROM_EMAIL="nobody\r\nBcc: x@example.com"):
        send_due(NOW + MINUTE)
    assert "LEADLINE_MAIL_FROM" in read(letters[0]).error
    server.sender = "250 OK"
    with reached(server):
        send_due(NOW + dt.timedelta(hours=1))
    assert len(server.taken) == 2


def test_a_line_that_breaks_while_the_text_is_taken_leaves_doubt_and_no_second_letter(
    cast: Cast, server: Server
) -> None:
    server.before_answer = lambda smtp: smtp.transport.abort()
    one = letter(cast.owner)
    send_due(NOW)
    assert len(server.taken) == 1, "it was taken, and the receipt got lost"
    server.before_answer = lambda smtp: None
    for hours in (1, 5, 47):
        send_due(NOW + dt.timedelta(hours=hours))
    assert len(server.taken) == 1
    assert "may have gone out" in read(one).error
    assert queueing.again(read(one), NOW + MINUTE)
    send_due(NOW + MINUTE)
    first, second = (mail["Message-ID"] for _to, mail in server.taken)
    assert first == second, "a mailbox can tell that it is the same"


def test_a_server_that_says_nothing_is_left(cast: Cast) -> None:
    server = Server()
    held = threading.Event()
    server.before_answer = lambda smtp: held.wait(2)
    one = letter(cast.owner)
    with reached(server, EMAIL_TIMEOUT=0.2):
        send_due(NOW)
        held.set()
    assert "may have gone out" in read(one).error


@pytest.mark.parametrize("handed", [False, True])
def test_a_process_that_dies_sends_nothing_twice(cast: Cast, server: Server, handed: bool) -> None:
    """Before the text was given it is sent by another; afterwards nobody knows, and it is not."""
    one = letter(cast.owner)
    claimed = queueing.claim(NOW)
    assert claimed
    if handed:
        assert queueing.hand(claimed, NOW)
    assert send_due(NOW + queueing.LEASE - MINUTE) == []
    send_due(NOW + queueing.LEASE)
    assert len(server.taken) == (not handed)
    assert bool(read(one).failed_at) == handed
    assert not queueing.hand(claimed, NOW + queueing.LEASE), "the one that slept has no say any more"
    queueing.put_off(claimed, NOW, "late")
    assert read(one).error != "late"


@pytest.mark.parametrize(
    ("to", "subject"),
    [("", "x"), ("no address", "x"), ("a@example.com\nBcc: b@example.com", "x"), ("ü@example.com", "x")],
)
def test_what_is_no_address_never_goes_out(cast: Cast, server: Server, to: str, subject: str) -> None:
    one = letter(cast.owner)
    Letter.objects.filter(pk=one.pk).update(to=to, subject=subject)
    send_due(NOW)
    assert server.taken == []
    assert read(one).failed_at


def test_no_header_can_be_smuggled_in(cast: Cast, server: Server) -> None:
    hostile = "Hi\r\nBcc: b@example.com\r\n\r\nbody"
    one = letter(cast.owner, Paper(hostile, hostile))  # filed in one line
    two = letter(cast.owner)
    Letter.objects.filter(pk=two.pk).update(subject=hostile)  # were it in the table all the same
    three = letter(cast.owner, Paper("x", "y", 'a"\r\nBcc: b.pdf', "application/pdf", b"%PDF"))
    send_due(NOW)
    assert read(two).failed_at
    assert (read(one).sent_at, bool(read(three).sent_at or read(three).failed_at)) == (NOW, True)
    assert not [mail for _to, mail in server.taken if "Bcc" in mail]


def test_what_is_old_does_not_go_out_by_itself(cast: Cast, server: Server) -> None:
    """A mail account that is set up does not empty an outbox of weeks."""
    old, new = letter(cast.owner, at=NOW - dt.timedelta(days=3)), letter(cast.teammate)
    assert send_due(NOW) == [new]
    assert "too long" in read(old).error


@pytest.mark.django_db(transaction=True)
def test_two_that_look_at_once_send_each_letter_once(server: Server) -> None:
    cast = assemble()
    letters = [letter(person) for person in (cast.owner, cast.teammate, cast.outsider, cast.leader)]
    together, faults = threading.Barrier(2, timeout=20), []

    def look() -> None:
        try:
            together.wait()
            send_due(NOW)
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert faults == []
    assert sorted(to for (to,), _mail in server.taken) == sorted(one.to for one in letters)
