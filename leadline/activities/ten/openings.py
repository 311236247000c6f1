"""Openings: words that do not sell, with the names of the one written to put in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.models import Role, User
from leadline.activities.models import Opening
from leadline.crm.models import Person
from leadline.history.writing import locked, writing

PLACE = re.compile(r"\{(\w+)\}")
SUBJECT = re.compile(r"\A\s*(?:subject|betreff|objet|asunto)\s*:[ \t]*(.*)(?:\n|\Z)", re.IGNORECASE)
KNOWN = ("first_name", "name", "organization", "me")

# Written by us. They ask, praise, give and connect; none of them sells.
SHIPPED = (
    (
        gettext_lazy("Ask about them"),
        gettext_lazy(
            "Subject: How are things, {first_name}?\n\nHi {first_name},\n\nyou came to mind today. How are things at "
            "{organization}? What keeps you busy these days?\n\nNo agenda: I would simply like to know.\n\n{me}"
        ),
    ),
    (
        gettext_lazy("Congratulate"),
        gettext_lazy(
            "Subject: Congratulations\n\nHi {first_name},\n\nI saw the news about {organization} and was glad to read "
            "it. Congratulations, that took work.\n\nWhat made the difference, do you think?\n\n{me}"
        ),
    ),
    (
        gettext_lazy("Share something useful"),
        gettext_lazy(
            "Subject: This made me think of you\n\nHi {first_name},\n\nI came across this and thought of you and "
            "{organization}:\n\n\n\nNothing to do about it. If it is of use, I am glad.\n\n{me}"
        ),
    ),
    (
        gettext_lazy("Introduce two people"),
        gettext_lazy(
            "Subject: Somebody you might like to know\n\nHi {first_name},\n\nI know somebody who works on the same "
            "questions as you at {organization}, and I think that you would have a lot to talk about. Shall I "
            "introduce you?\n\n{me}"
        ),
    ),
    (
        gettext_lazy("Ask for advice"),
        gettext_lazy(
            "Subject: May I ask you something?\n\nHi {first_name},\n\nyou know this better than I do: how do people in "
            "your line decide whom to trust with a thing like that? Two lines would help me.\n\n{me}"
        ),
    ),
    (
        gettext_lazy("Say thank you"),
        gettext_lazy(
            "Subject: Thank you\n\nHi {first_name},\n\nsomething that you once said has stayed with me, and I never "
            "thanked you for it. So: thank you.\n\nHow have you been?\n\n{me}"
        ),
    ),
)


@dataclass(frozen=True)
class Filled:
    """An opening with its names put in, as it would be sent."""

    subject: str
    body: str

    def mailto(self, address: str) -> str:
        """The address that opens the person's own mail with it."""
        asked = [("subject", self.subject), ("body", self.body.replace("\n", "\r\n"))]
        query = "&".join(f"{name}={quote(text, safe='')}" for name, text in asked if text)
        return f"mailto:{quote(address, safe='@+')}" + (f"?{query}" if query else "")


def filled(text: str, person: Person | None, me: User, place: str = "") -> Filled:
    """A text for somebody at `place`. What is not known becomes a plain word: nobody is greeted as "Hi ,"."""
    words = values(person, me, place)
    found = SUBJECT.match(text)
    subject, body = (found[1], text[found.end() :]) if found else ("", text)
    return Filled(put_in(subject, words).strip(), put_in(body, words).strip())


def put_in(text: str, words: Mapping[str, str]) -> str:
    return PLACE.sub(lambda found: words.get(found[1], found[0]), text)


def values(person: Person | None, me: User, place: str = "") -> dict[str, str]:
    """What stands for each place of a text."""
    name = person.name.strip() if person is not None else ""
    first = (person.first_name.strip() if person is not None else "") or _first_of(name)
    return {
        "first_name": first or _("there"),
        "name": name if name and "@" not in name else _("there"),
        "organization": place.strip() or _("your company"),
        "me": str(me),
    }


def _first_of(name: str) -> str:
    """Maria of "Maria Lopez", "Lopez, Maria" and "Dr. Maria Lopez"; nothing of what is no name."""
    if "@" in name or any(sign.isdigit() for sign in name):
        return ""
    words = [word for word in name.partition(",")[2].split() or name.split() if not word.endswith(".")]
    return words[0] if words else ""


def checked(text: str) -> str:
    """The text as it may be kept. Raises ValidationError for an empty one and for places that nothing is put into."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise ValidationError(_("Write the words to begin with."))
    if unknown := sorted({name for name in PLACE.findall(text) if name not in KNOWN}):
        known = ", ".join(f"{{{name}}}" for name in KNOWN)
        said = {"name": f"{{{unknown[0]}}}", "known": known}
        raise ValidationError(_("Nothing is known to put in for %(name)s. There are %(known)s.") % said)
    return text


def begin(user: User) -> None:
    """Give the company the openings that are shipped, shared, where it never had any: they are somebody's to change."""
    if Opening.objects.exists():
        return
    with writing():
        list(locked(User.objects.filter(pk=user.pk)))
        if Opening.objects.exists():
            return
        first: Any = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk").first()
        doer = (first or user).via("job").together()
        for name, text in SHIPPED:
            Opening(name=str(name), text=str(text), owner=first or user, shared=True).add(by=doer)
