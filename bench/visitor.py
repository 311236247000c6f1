"""Somebody who is signed in and asks over one open connection, as a browser does, and waits for the whole answer."""

from __future__ import annotations

import gzip
import http.client
import re
import time
import urllib.parse
from dataclasses import dataclass
from http.cookies import SimpleCookie

JSON = "application/json, text/html"


@dataclass(frozen=True)
class Answer:
    """What came back, and the milliseconds until all of it was there."""

    status: int
    body: bytes
    milliseconds: float
    headers: dict[str, str]

    @property
    def text(self) -> str:
        return self.body.decode()


class Visitor:
    """Raises RuntimeError where an answer is neither good nor a redirect."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.token = ""

    def sign_in(self, email: str, password: str) -> Visitor:
        """The form of the sign-in page, with its token; afterwards the token that pages carry."""
        page = self.get("/sign-in/")
        token = _found(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        self.token = token
        self.post("/sign-in/", {"login": email, "password": password, "csrfmiddlewaretoken": token})
        self.token = _found(r'"X-CSRFToken": "([^"]+)"', self.get("/me/").text)
        return self

    def come_in(self, name: str, session: str) -> Visitor:
        """By a session that is there already: fifty people from one place would be too many at the door."""
        self.cookies[name] = session
        self.token = _found(r'"X-CSRFToken": "([^"]+)"', self.get("/me/").text)
        return self

    def get(self, path: str, accept: str = "text/html") -> Answer:
        return self._ask("GET", path, None, {"Accept": accept})

    def post(self, path: str, data: dict[str, object]) -> Answer:
        body = urllib.parse.urlencode({name: str(value) for name, value in data.items()})
        kind = {"Accept": JSON, "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": self.token}
        return self._ask("POST", path, body, kind)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        begun = time.perf_counter()
        self.connection.request(method, path, body, {**headers, "Cookie": cookies})
        response = self.connection.getresponse()
        content = response.read()
        taken = (time.perf_counter() - begun) * 1000
        for header in response.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
        if response.status >= 400:
            raise RuntimeError(f"{method} {path} answered {response.status}: {content[:500]!r}")
        return Answer(response.status, content, taken, dict(response.headers))


def compressed(body: bytes) -> int:
    """Bytes as a proxy would send them."""
    return len(gzip.compress(body, 6))


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise RuntimeError(f"The page has no {pattern}.")
    return match[1]
