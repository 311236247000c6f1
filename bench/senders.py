"""Readers of a form: each looks at it, and sends it some seconds later; at a steady rate, whatever the server does."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
import urllib.parse
from dataclasses import dataclass, field

TYPING = 2.5  # seconds between looking and sending
QUICKEST = 2.2  # what is quicker is held back as a machine
LOOKERS, CONNECTIONS = 4, 12
WORDS = ("pump", "meter", "valve", "pipe", "flow", "gauge", "tank", "leak", "alarm", "water", "river", "tide", "rope")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Sent:
    """Milliseconds of every look and of every submission, from when it was due; what failed, in words."""

    looks: list[float] = field(default_factory=list)
    sends: list[float] = field(default_factory=list)
    taken: int = 0
    errors: list[str] = field(default_factory=list)


class Senders:
    """`rate` submissions a second for so long; as many looks at the form, each `TYPING` seconds before."""

    def __init__(self, port: int, token: str, rate: float, seconds: float, run: int = 0) -> None:
        self.port, self.path, self.rate, self.count = port, f"/forms/{token}/", rate, int(rate * seconds)
        self.run, self.sent, self.lock = run, Sent(), threading.Lock()
        self.seals: dict[int, tuple[str, float]] = {}
        self.next_look = self.next_send = 0

    def go(self) -> Sent:
        """Until all is answered."""
        self.begun = time.monotonic() + 0.5
        work = [*[self._looking] * LOOKERS, *[self._sending] * CONNECTIONS]
        threads = [threading.Thread(target=one, daemon=True) for one in work]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self.sent

    def _looking(self) -> None:
        connection = self._connection()
        while (number := self._number("next_look")) < self.count:
            due = self._wait(number, 0.0)
            status, body = self._ask(connection, "GET", number)
            found = re.search(rb'name="_seal" value="([^"]+)"', body)
            with self.lock:
                self.sent.looks.append((time.monotonic() - due) * 1000)
                if found:
                    self.seals[number] = found[1].decode(), time.monotonic()
                else:
                    self.sent.errors.append(f"look: {status} {body[:80]!r}")

    def _sending(self) -> None:
        connection = self._connection()
        while (number := self._number("next_send")) < self.count:
            due = self._wait(number, TYPING)
            while (seal := self.seals.pop(number, None)) is None and time.monotonic() < due + 30:
                time.sleep(0.005)
            text, since = seal or ("", 0.0)
            time.sleep(max(0.0, since + QUICKEST - time.monotonic()))  # the page came late, and so does its reader
            status, body = self._ask(connection, "POST", number, _filled(self.run, number, text))
            with self.lock:
                self.sent.sends.append((time.monotonic() - due) * 1000)
                self.sent.taken += status == 303
                if status != 303:
                    self.sent.errors.append(f"send: {status} {body[:80]!r}")

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def _number(self, name: str) -> int:
        with self.lock:
            number: int = getattr(self, name)
            setattr(self, name, number + 1)
            return number

    def _wait(self, number: int, later: float) -> float:
        due = self.begun + number / self.rate + later
        time.sleep(max(0.0, due - time.monotonic()))
        return due

    def _ask(
        self, connection: http.client.HTTPConnection, method: str, number: int, body: str | None = None
    ) -> tuple[int, bytes]:
        place = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"  # everybody from a place of their own
        try:
            connection.request(method, self.path, body, {**FORM, "X-Forwarded-For": place})
            answer = connection.getresponse()
            return answer.status, answer.read()
        except OSError as error:
            connection.close()
            return 0, str(error).encode()


def _filled(run: int, number: int, seal: str) -> str:
    chance = random.Random(f"{run} {number}")
    words = " ".join(chance.choices(WORDS, k=30))
    return urllib.parse.urlencode(
        {
            "_seal": seal,
            "_consent": "1",
            "person": f"Jane {run} {number}",
            "email": f"jane{number}@firm{run}-{number // 3}.example",
            "organization": f"Firm {run} {number // 3}",
            "message": f"{words} {number}",
        }
    )


def send(port: int, token: str, rate: float, seconds: float, run: int = 0) -> Sent:
    """In a process of its own: what it takes must not be the looker's at the board."""
    return Senders(port, token, rate, seconds, run).go()
