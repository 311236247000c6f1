"""`leadline user`: letting people in and out, from the machine itself."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from django.utils.translation import gettext as _
from rich.table import Table

from leadline.accounts import invitations
from leadline.accounts.actors import Actor
from leadline.accounts.models import Role, User
from leadline.cli.console import err, out
from leadline.cli.errors import Failure
from leadline.history import members

HERE = Actor(user=None, via="cli")  # whoever can run this can read the database: no question of permission

Who = Annotated[str, typer.Argument(metavar="EMAIL", help="Whom; the e-mail address they sign in with.")]
Address = Annotated[str, typer.Option(help="Where people reach this Leadline: what the link begins with.")]
LOCAL = "http://127.0.0.1:8000"

app = typer.Typer()


@app.command("list")
def show(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """Who there is: e-mail, name, role, and whether they may sign in."""
    people = User.objects.select_related("team")
    if as_json:
        out.out(json.dumps([_plain(person) for person in people], indent=2, ensure_ascii=False))
        return
    table = Table("e-mail", "name", "role", "team", "signs in", box=None)
    for person in people:
        known = _plain(person)
        table.add_row(known["email"] or "-", known["name"], known["role"], known["team"] or "-", _sign_in(person))
    out.print(table)


@app.command()
def add(
    email: Who,
    name: Annotated[str, typer.Option(help="What they are called; the e-mail address's first part if not given.")] = "",
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.SELLER,
    address: Address = LOCAL,
) -> None:
    """Add somebody, and print the link by which they choose a password."""
    person = members.invite(name or email.partition("@")[0], email=email, role=role, by=HERE)
    _print_link(person, address)


@app.command()
def link(email: Who, address: Address = LOCAL) -> None:
    """Print a fresh link by which they choose a (new) password; older links end."""
    _print_link(_find(email), address)


@app.command()
def role(email: Who, role: Annotated[Role, typer.Argument(help="What they may do from now on.")]) -> None:
    """Change what somebody may do."""
    person = members.change(_find(email), by=HERE, role=role)
    out.print(_("%(name)s is %(role)s now.") % {"name": person, "role": person.role})


@app.command()
def deactivate(email: Who) -> None:
    """End somebody's sign-in. Their records and numbers stay."""
    person = members.deactivate(_find(email), by=HERE)
    out.print(_("%(name)s signs in no more.") % {"name": person})


@app.command()
def activate(email: Who) -> None:
    """Let somebody who was deactivated sign in again, with the password they had."""
    person = members.change(_find(email), by=HERE, is_active=True)
    out.print(_("%(name)s may sign in again.") % {"name": person})


def _find(email: str) -> User:
    person = User.objects.filter(email=User.objects.clean_email(email)).first()
    if person is None:
        raise Failure(_("Nobody here has the e-mail address %(email)s; see leadline user list.") % {"email": email})
    return person


def _print_link(person: User, address: str) -> None:
    path = invitations.invite_link(person)
    err.print(_("%(name)s chooses a password by this link; it works once, within a week:") % {"name": person})
    out.print(f"{address.rstrip('/')}{path}")


def _sign_in(person: User) -> str:
    if person.is_active:
        return "yes" if person.has_usable_password() else "no password yet"
    return "invited" if person.invited_at else "no"


def _plain(person: User) -> dict[str, str | None]:
    return {
        "email": person.email,
        "name": person.name,
        "role": person.role,
        "team": person.team.name if person.team else None,
        "sign_in": _sign_in(person),
    }
