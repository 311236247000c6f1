"""Who and which team is meant by what somebody typed."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from leadline.accounts.models import Team, User
from leadline.cli.errors import Failure


def one(who: str) -> User:
    """The person with this e-mail address, #ID or name. Raises Failure, naming the candidates of an unclear name."""
    if who.startswith("#") and who[1:].isdecimal():
        found = list(User.objects.filter(pk=int(who[1:])))
    else:
        found = list(User.objects.filter(email=User.objects.clean_email(who))) or named(who)
    if len(found) == 1:
        return found[0]
    if found:
        raise Failure(
            _("%(who)s may be %(several)s. Say which by e-mail address or #ID.")
            % {"who": who, "several": _several(found)}
        )
    raise Failure(
        _("Nobody here has the e-mail address or name %(who)s; see %(command)s user list.")
        % {"who": who, "command": settings.COMMAND}
    )


def named(name: str) -> list[User]:
    """Everybody of this name; capitals and blanks at the ends do not matter."""
    wanted = name.strip().casefold()  # not by the database: SQLite knows the case of ASCII letters only
    return [person for person in User.objects.all() if wanted and person.name.strip().casefold() == wanted]


def without_address(name: str) -> User | None:
    """The one person of this name who has no e-mail address; None where there is none.

    Raises Failure where there are several.
    """
    found = [person for person in named(name) if not person.email]
    if len(found) > 1:
        raise Failure(
            _("%(name)s may be %(several)s. Use `%(command)s user link #ID --email …`, or --new for somebody else.")
            % {"name": name, "several": _several(found), "command": settings.COMMAND}
        )
    return found[0] if found else None


def require_free(email: str, person: User | None = None) -> None:
    """Raises Failure where somebody (else than the person) has the e-mail address already."""
    holder = User.objects.filter(email=User.objects.clean_email(email)).first()
    if holder and holder != person:
        raise Failure(
            _("%(name)s has the e-mail address %(email)s already; `%(command)s user link` prints a fresh link.")
            % {"name": holder, "email": holder.email, "command": settings.COMMAND}
        )


def team(name: str) -> Team:
    """The team of this name. Raises Failure, naming those there are."""
    teams = list(Team.objects.all())
    for known in teams:
        if known.name.casefold() == name.strip().casefold():
            return known
    there = ", ".join(str(known) for known in teams) or _("none yet")
    raise Failure(
        _("There is no team %(name)s (there is: %(there)s); --new makes it.") % {"name": name, "there": there}
    )


def _several(people: Iterable[User]) -> str:
    return ", ".join(f"{person} (#{person.pk}, {person.email or _('no address')})" for person in people)
