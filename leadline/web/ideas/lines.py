"""Ideas as people type or paste them: one line each, "Name, Organization, mail"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leadline.web.people.line import MAIL, read_line

PARTS = re.compile(r"[,;\t|]")
MOST, LONGEST = 500, 500  # lines at a time, characters of one


@dataclass(frozen=True)
class Line:
    """What a line says. A single word or name without an address is a title alone."""

    raw: str
    name: str = ""
    place: str = ""
    mail: str = ""
    phone: str = ""

    @property
    def title(self) -> str:
        return ", ".join(filter(None, (self.name, self.place))) or self.mail


def read(text: str) -> list[Line]:
    """The lines in their order, without empty ones."""
    return [read_one(" ".join(raw.split(" "))) for raw in text.splitlines() if raw.strip(" \t,;|")]


def read_one(raw: str) -> Line:
    """Addresses and numbers may stand anywhere in it; of what is left the first part is the name."""
    raw = raw.strip()
    found = read_line(raw)
    rest = MAIL.sub("", raw)
    for phone in found.phones:
        rest = rest.replace(phone, "")
    parts = [" ".join(part.split()).strip('<>()"“” ') for part in PARTS.split(rest)]
    name, place = parts[0], next((part for part in parts[1:] if part), "")
    mail = found.emails[0].lower() if found.emails else ""
    return Line(
        raw, name or (found.name if mail and not place else ""), place, mail, found.phones[0] if found.phones else ""
    )
