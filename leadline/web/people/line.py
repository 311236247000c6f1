"""A person in one line: "Ann Lee ann@acme.example +44 20 7946 0000" is a name, an e-mail address and a phone."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAIL = re.compile(r"[^\s<>(),;:\"“”]+@[^\s<>(),;:\"“”]+\.[^\s<>(),;:\"“”.]+")
PHONE = re.compile(r"(?<!\w)(?:\+|\(?0)[\d\s().\-/]{5,}\d(?!\w)")
BETWEEN = re.compile(r"[\s,;<>()\"“”|]+")
DIGITS = 7  # what has fewer is no phone


@dataclass(frozen=True)
class Line:
    """What a line says; lists in the order of the line."""

    name: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


def read_line(text: str) -> Line:
    """Addresses and numbers are taken out; what is left is the name. Without a name the address lends its own."""
    emails = tuple(dict.fromkeys(MAIL.findall(text)))
    rest = MAIL.sub(" ", text)
    phones = tuple(dict.fromkeys(_tidy(found) for found in PHONE.findall(rest) if _is_phone(found)))
    rest = PHONE.sub(lambda match: " " if _is_phone(match[0]) else match[0], rest)
    name = BETWEEN.sub(" ", rest).strip(" -–·:") if emails or phones else " ".join(rest.split())
    return Line(name or _name_of(emails), emails, phones)


def _is_phone(text: str) -> bool:
    return sum(c.isdigit() for c in text) >= DIGITS


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _name_of(emails: tuple[str, ...]) -> str:
    """ann.lee@acme.example is Ann Lee until somebody knows better."""
    if not emails:
        return ""
    return " ".join(part.capitalize() for part in re.split(r"[._\-+]+", emails[0].partition("@")[0]) if part)
