"""`leadline user`: letting people in and out, from the machine itself."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from django.utils.translation import gettext as _
from rich.table import Table

from leadline.accounts import invitations
from leadline.accounts.actors import Actor
from leadline.accounts.models import Role, Team, User
from leadline.cli import finding
from leadline.cli.console import err, out
from leadline.cli.errors import Failure
from leadline.history import members

HERE = Actor(user=None, via="cli")  # whoever can run this can read the database: no question of permission

Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The e-mail address they sign in with.")]
Who = Annotated[
    str, typer.Argument(metavar="WHO", help="Whom: an e-mail address, a name, or #ID where names are alike.")
]
Address = Annotated[str, typer.Option(help="Where people reach this Leadline: what the link begins with.")]
LOCAL = "http://127.0.0.1:8000"


def _role(text: str) -> Role:
    try:
        return Role(text.strip().lower())
    except ValueError:
        raise typer.BadParameter(
            _("%(text)s is none of %(roles)s.") % {"text": text, "roles": ", ".join(Role)}
        ) from None


ROLES = "|".join(Role)
app = typer.Typer()


@app.command("list")
def show(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """Who there is: e-mail, name, role, and whether they may sign in."""
    people = User.objects.select_related("team")
    if as_json:
        out.out(json.dumps([_plain(person) for person in people], indent=2, ensure_ascii=False))
        return
    table = Table("id", "e-mail", "name", "role", "team", "signs in", box=None)
    for person in people:
        email, team = person.email or _("no address"), str(person.team or "-")
        table.add_row(f"#{person.pk}", email, person.name, person.role, team, _sign_in(person))
    out.print(table)


@app.command()
def add(
    email: Email,
    name: Annotated[str, typer.Option(help="What they are called; the e-mail address's first part if not given.")] = "",
    role: Annotated[
        Role | None, typer.Option(parser=_role, metavar=ROLES, help="What they may do; a seller if not given.")
    ] = None,
    new: Annotated[bool, typer.Option("--new", help="Somebody else than the one of that name who is known.")] = False,
    address: Address = LOCAL,
) -> None:
    """Add somebody, and print the link by which they choose a password.

    Where one person of that name is known without an e-mail address, as owners in imported files are, the address
    becomes theirs.
    """
    finding.require_free(email)
    person = None if new else finding.without_address(name)
    if person is None:
        person = members.invite(name or email.partition("@")[0], email=email, role=role or Role.SELLER, by=HERE)
    else:
        members.change(person, by=HERE, email=email, **({"role": role} if role else {}))
        err.print(
            _("%(name)s was known already and has the address %(email)s now; --new makes another person.")
            % {"name": person, "email": person.email},
            markup=False,
        )
    _print_link(person, address)


@app.command()
def link(
    who: Who,
    email: Annotated[str, typer.Option(help="The e-mail address they sign in with from now on.")] = "",
    address: Address = LOCAL,
) -> None:
    """Print a fresh link by which they choose a (new) password; older links end."""
    person = finding.one(who)
    if email:
        finding.require_free(email, person)
        members.change(person, by=HERE, email=email)
    elif not person.email:
        raise Failure(_("%(name)s has no e-mail address to sign in with; give it by --email.") % {"name": person})
    _print_link(person, address)


@app.command()
def team(
    who: Who,
    name: Annotated[str, typer.Argument(metavar="TEAM", help="The team's name; - for none.")],
    new: Annotated[bool, typer.Option("--new", help="Make the team.")] = False,
) -> None:
    """Put somebody into a team."""
    person = finding.one(who)
    joined = None if name == "-" else members.add(Team(name=name), by=HERE) if new else finding.team(name)
    members.change(person, by=HERE, team_id=joined and joined.pk)
    if joined:
        out.print(_("%(name)s is in %(team)s now.") % {"name": person, "team": joined}, markup=False)
    else:
        out.print(_("%(name)s is in no team now.") % {"name": person}, markup=False)


@app.command()
def role(
    who: Who, role: Annotated[Role, typer.Argument(parser=_role, metavar=ROLES, help="What they may do from now on.")]
) -> None:
    """Change what somebody may do."""
    person = members.change(finding.one(who), by=HERE, role=role)
    out.print(_("%(name)s is %(role)s now.") % {"name": person, "role": person.role})


@app.command()
def deactivate(who: Who) -> None:
    """End somebody's sign-in. Their records and numbers stay."""
    person = members.deactivate(finding.one(who), by=HERE)
    out.print(_("%(name)s signs in no more.") % {"name": person})


@app.command()
def activate(who: Who) -> None:
    """Let somebody who was deactivated sign in again, with the password they had."""
    person = members.change(finding.one(who), by=HERE, is_active=True)
    out.print(_("%(name)s may sign in again.") % {"name": person})


def _print_link(person: User, address: str) -> None:
    path = invitations.invite_link(person)
    err.print(_("%(name)s chooses a password by this link; it works once, within a week:") % {"name": person})
    out.print(f"{address.rstrip('/')}{path}")


def _sign_in(person: User) -> str:
    if person.is_active:
        return "yes" if person.has_usable_password() else "no password yet"
    return "invited" if person.invited_at else "no"


def _plain(person: User) -> dict[str, str | int | None]:
    return {
        "id": person.pk,
        "email": person.email,
        "name": person.name,
        "role": person.role,
        "team": person.team.name if person.team else None,
        "sign_in": _sign_in(person),
    }
