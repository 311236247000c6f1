"""Handing one mail to the mail server, step by step, so that it is known how far it came when the line breaks.

Django's backend opens the connection (TLS, sign-in); its own way of sending does not tell a letter that never left from
one whose receipt got lost.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from types import TracebackType
from typing import Self

from django.core.mail.backends.smtp import EmailBackend

from leadline.mail.composing import AccountTrouble, Unsendable

OK, GO_ON, FORWARDED, FOR_GOOD = 250, 354, 251, 500
LEADING_DOT = re.compile(rb"(?m)^\.")


class NotNow(Exception):
    """The server does not want it now; later it may."""


class Doubt(Exception):
    """The line broke when the text was under way."""


class Wire:
    """A connection, opened with the first mail and used for those that follow."""

    def __init__(self) -> None:
        self._backend = EmailBackend()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def give(self, sender: str, to: str, mail: bytes, about_to: Callable[[], bool]) -> bool:
        """True: the server has it. `about_to` is asked just before the text goes; False of it leaves it.

        Raises Unsendable (refused for good), NotNow, Doubt, AccountTrouble.
        """
        smtp = self._opened()
        try:
            self._address(smtp, sender, to)
            _expect(smtp.docmd("DATA"), GO_ON)
        except (OSError, smtplib.SMTPException) as error:
            self._close()
            raise AccountTrouble(_words(error)) from error
        except (Unsendable, NotNow):
            self._begin_anew(smtp)
            raise
        if not about_to():
            self._close()  # nothing but hanging up leaves it now
            return False
        try:
            smtp.send(LEADING_DOT.sub(b"..", mail).rstrip(b"\r\n") + b"\r\n.\r\n")
            answer = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._close()
            raise Doubt(_words(error)) from error
        _expect(answer, OK)
        return True

    def _opened(self) -> smtplib.SMTP:
        try:
            self._backend.open()
        except (OSError, smtplib.SMTPException, ValueError) as error:
            self._close()
            raise AccountTrouble(_words(error)) from error
        smtp = self._backend.connection
        assert smtp is not None
        return smtp

    def _address(self, smtp: smtplib.SMTP, sender: str, to: str) -> None:
        smtp.ehlo_or_helo_if_needed()
        code, said = smtp.mail(sender, ["BODY=8BITMIME"] if smtp.has_extn("8bitmime") else [])
        if code != OK:
            self._close()
            raise AccountTrouble(_answer(code, said))
        code, said = smtp.rcpt(to)
        if code not in (OK, FORWARDED):
            _expect((code, said), OK)

    def _begin_anew(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.rset()
        except (OSError, smtplib.SMTPException):
            self._close()

    def _close(self) -> None:
        try:
            self._backend.close()
        except (OSError, smtplib.SMTPException):
            self._backend.connection = None


def _expect(answer: tuple[int, bytes], wanted: int) -> None:
    """Raises Unsendable for a refusal that stays one, NotNow for one that may not."""
    code, said = answer
    if code == wanted:
        return
    raise (Unsendable if code >= FOR_GOOD else NotNow)(_answer(code, said))


def _answer(code: int, said: bytes) -> str:
    return f"{code} {said.decode(errors='replace')}"


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode()
        return _answer(error.smtp_code, said)
    return f"{type(error).__name__}: {error}".removesuffix(": ")
