"""Ideas as people type or paste them: one line each, "Name, Organization, mail", also from a list or a table."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass

from leadline.web.people.line import MAIL, read_line

PARTS = re.compile(r"[,;\t|]")
SIGN = re.compile(r"^\s*(?:[-*•‣·–—]\s+|\d{1,3}[.)]\s+|\d{1,3}\)(?=\D))")  # "- ", "* ", "1. ", "1)"
PAGE = re.compile(r"^(?:https?://|www\.)\S*$", re.IGNORECASE)
NO_MAIL = re.compile(r"[^\s,;\t|<>()\"“”]*@[^\s,;\t|<>()\"“”]*")
COMPANY = {"ag", "bv", "co", "corp", "gmbh", "inc", "limited", "llc", "llp", "ltd", "plc", "sa", "srl"}
MOST, LONGEST = 500, 500  # lines at a time, characters of one
HEADINGS = {
    *("name", "full name", "first name", "last name", "contact", "contact name", "contact person", "person"),
    *("lead", "title", "job title", "organization", "organisation", "organization name", "company"),
    *("company name", "account", "email", "e-mail", "mail", "email address", "e-mail address", "phone"),
    *("telephone", "phone number", "mobile", "website", "notes"),
}


@dataclass(frozen=True)
class Line:
    """What a line says. A single word or name without an address is a title alone."""

    raw: str
    name: str = ""
    place: str = ""
    mail: str = ""
    phone: str = ""
    wrong: str = ""  # what was meant for an address and is none
    heading: bool = False  # it names the columns of a table

    @property
    def title(self) -> str:
        return ", ".join(filter(None, (self.name, self.place))) or self.mail

    @property
    def alone(self) -> str:
        """The name where the line says nothing else: somebody's, or an organization's."""
        return "" if self.mail or (self.name and self.place) else self.name or self.place


def read(text: str) -> list[Line]:
    """The lines in their order, without empty ones."""
    return [read_one(" ".join(raw.split(" "))) for raw in text.splitlines() if raw.strip(" \t,;|")]


def read_one(raw: str) -> Line:
    """Addresses and numbers may stand anywhere in it; of what is left the first part is the name."""
    raw = raw.strip()
    text = SIGN.sub("", raw)
    found = read_line(text)
    parts = [_bare(part, found.phones) for part in _parts(text)]
    if all(part.casefold() in HEADINGS for part in parts if part) and any(parts):
        return Line(raw, heading=True)
    wrong = next((match[0] for match in NO_MAIL.finditer(MAIL.sub("", text))), "")
    said = [part for part in parts if not PAGE.match(part)]
    name, place = said[0] if said else "", next((part for part in said[1:] if part), "")
    mail = found.emails[0].lower() if found.emails else ""
    name = name or (found.name if mail and not place else "")
    return Line(raw, name, place, mail, found.phones[0] if found.phones else "", wrong)


def core(name: str) -> str:
    """A name without what is put behind it: "Acme Ltd. (inbound web)" is Acme."""
    words = re.sub(r"\s*\([^)]*\)", "", name).split()
    while len(words) > 1 and words[-1].strip(".,").casefold() in COMPANY:
        words.pop()
    return " ".join(words).rstrip(".,")


def _parts(text: str) -> list[str]:
    """What stands between commas and the like; in a line of a table with quotes, what the quotes hold together."""
    if '"' not in text:
        return PARTS.split(text)
    outside = PARTS.findall(re.sub(r'"[^"]*"', "", text))
    by = outside[0] if outside else ","
    row = next(csv.reader([text], delimiter=by, skipinitialspace=True), [])
    return [_turned(row[0]) if row else "", *row[1:]]


def _turned(name: str) -> str:
    """ "Smith, John" is John Smith; "Acme, Inc." is Acme, Inc."""
    last, comma, first = name.partition(",")
    turns = comma and "," not in first and first.strip() and first.strip(" .").casefold() not in COMPANY
    return f"{first.strip()} {last.strip()}" if turns else name


def _bare(part: str, phones: tuple[str, ...]) -> str:
    """A part without addresses and numbers, which are read by themselves."""
    rest = NO_MAIL.sub("", MAIL.sub("", part))
    for phone in phones:
        rest = rest.replace(phone, "")
    return " ".join(rest.split()).strip('<>()"“” ')
