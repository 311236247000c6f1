"""What roles may do and what a setting means, as sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.models import Level, Role, User
from leadline.accounts.permissions import reaches

ROLES = (
    (
        Role.ADMINISTRATOR,
        gettext_lazy("Sees and changes everything. Lets people in, gives them roles and teams, sets who sees what."),
    ),
    (
        Role.LEADER,
        gettext_lazy(
            "Reaches the records of their team and of every team inside it. Changes pipelines, fields, sources, "
            "labels, products, currencies and working days. Reads the change log."
        ),
    ),
    (Role.SELLER, gettext_lazy("Works on deals, leads, people, organizations and activities, as far as set below.")),
    (Role.READER, gettext_lazy("Sees what a seller in the same team sees, and changes nothing.")),
)
SEES = {
    Level.EVERYONE: gettext_lazy("Everybody sees all %(kinds)s."),
    Level.TEAM: gettext_lazy(
        "People see the %(kinds)s of their own team, leaders also those of the teams inside theirs. "
        "%(Kinds)s without an owner are seen by all."
    ),
    Level.OWNER: gettext_lazy(
        "People see their own %(kinds)s only, leaders also those of their team and the teams inside it, "
        "and those without an owner."
    ),
}
CHANGES = {
    Level.EVERYONE: gettext_lazy("Whoever sees one may change it; readers never do."),
    Level.TEAM: gettext_lazy("The owner's team may change them, and whoever leads it."),
    Level.OWNER: gettext_lazy("Only the owner may change one, and whoever leads the owner."),
}
NAMED = 12  # people named in an example before it counts them


@dataclass(frozen=True)
class Example:
    """Who sees and who changes the records of one person, of all who sign in."""

    see: list[User]
    change: list[User]
    of: int

    @property
    def long(self) -> bool:
        return self.of > NAMED


def sentences(see: str, change: str, kinds: str) -> tuple[str, str]:
    """Who sees and who changes, for the word of a kind in plural ("Deals")."""
    words = {"kinds": kinds[:1].lower() + kinds[1:], "Kinds": kinds}
    return str(SEES[Level(see)]) % words, str(CHANGES[Level(change)]) % words


def example(owner: User, see: str, change: str, people: Iterable[User]) -> Example:
    """As permissions answer it: whoever does not see does not change, readers never do."""
    everybody = [person for person in people if person.is_active]
    seeing = [person for person in everybody if reaches(person, see, owner)]
    changing = [person for person in seeing if person.role != Role.READER and reaches(person, change, owner)]
    return Example(seeing, changing, len(everybody))


def told(people: list[User], owner: User, everybody: int) -> str:
    """Whom the rule lets in by name; administrators, whom no rule keeps out, not as if it were by the rule."""
    by_rule = [person for person in people if person == owner or not person.is_administrator]
    if len(people) == everybody or len(people) > NAMED or by_rule == people:
        return named(people, everybody)
    if not by_rule:
        return _("whoever administers Leadline")
    return _("%(names)s, and by whoever administers Leadline") % {"names": named(by_rule, everybody)}


def named(people: list[User], everybody: int) -> str:
    """ "everybody", "Olga, Theo and Lena", "23 of 60 people"."""
    if len(people) == everybody:
        return _("everybody")
    if len(people) > NAMED:
        return _("%(count)d of %(all)d people") % {"count": len(people), "all": everybody}
    names = [str(person) for person in people]
    if len(names) < 2:
        return "".join(names) or _("nobody")
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
