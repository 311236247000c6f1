"""Who can sign in to the example company, one of each role. Everybody knows the password: it is served on 127.0.0.1."""

from __future__ import annotations

from dataclasses import dataclass

from leadline.accounts.actors import Actor
from leadline.accounts.models import Role, User
from leadline.history import members

PASSWORD = "soundings at dawn"


@dataclass(frozen=True)
class SignIn:
    """Somebody to sign in as."""

    email: str
    name: str
    role: str


SIGN_INS = (
    SignIn("demo@example.com", "Ines Brightwater", Role.ADMINISTRATOR),
    SignIn("ruth.calder@brightwater.example", "Ruth Calder", Role.LEADER),
    SignIn("tom.harker@brightwater.example", "Tom Harker", Role.SELLER),
    SignIn("reader@brightwater.example", "Paul Ledger", Role.READER),
)


def let_in(by: Actor) -> None:
    """Those of SIGN_INS may sign in: who is known from the files gets a password, the others are added."""
    for person in SIGN_INS:
        user = User.objects.filter(email=person.email).first()
        if user is None:
            user = members.add(User(email=person.email, name=person.name, role=person.role, carries_quota=False), by=by)
        members.change(user, by=by, role=person.role, is_active=True)
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
