"""People of the company: those a file tells of, and owners named in others, who become invited users."""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from leadline.accounts.models import Role, Team, User
from leadline.imports.kinds import Kind
from leadline.imports.permitting import require_making
from leadline.imports.planning.staging import Event, Staged
from leadline.imports.values import contacts, spelling
from leadline.imports.writing.batch import State
from leadline.imports.writing.context import Context, states
from leadline.imports.writing.names import Names

# A file never makes an administrator: that is given by hand.
ROLES = {
    Role.LEADER: "administrator admin owner systemadministrator leader manager director head vp salesmanagement "
    "teamlead salesdirector vpsales headofsales leadership salesmanager",
    Role.READER: "reader viewer readonly guest finance analyst",
}
ROLE_OF = {word: role for role, words in ROLES.items() for word in words.split()}


# By what a row may name a person, surest first.
WAYS = {field: (f"{field}.id", f"{field}.email", field) for field in ("owner", "originator", "by")}


class Teams(Names):
    """Teams, found by name or id."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, Team, "team")

    def existing(self) -> list[tuple[int, str, str]]:
        return list(Team.objects.values_list("pk", "name", "external_id"))


class Users:
    """Everybody who is known, by external id, e-mail address and name."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.teams = Teams(context)
        self.keys: dict[str, int] = {}
        self.found: dict[str, int] = {}
        self.spellings = spelling.merged(context.staging.words("user"))
        for pk, email, name, external in User.objects.order_by("-pk").values_list("pk", "email", "name", "external_id"):
            self.keep(pk, name, email or "", external)

    def keep(self, pk: int, name: str, email: str = "", external: str = "") -> None:
        """From now on these mean this person; an older row keeps its name."""
        self.found.clear()
        for key in (f"x:{external}" if external else "", f"e:{email.lower()}" if email else ""):
            if key:
                self.keys[key] = pk
        if name:
            self.keys.setdefault("n:" + spelling.key(name), pk)

    def find(self, text: str) -> int | None:
        """The person meant by an id, an address or a name."""
        found = self.found.get(text)
        if found is None:
            keys = ("x:" + text, "e:" + text.lower(), "n:" + spelling.key(text))
            found = next((self.keys[key] for key in keys if key in self.keys), None)
            if found is not None:
                self.found[text] = found
        return found

    def named(self, row: Staged | Event, field: str) -> int | None:
        """The person in `field` (or `field.id`, `field.email`) of a row; invited where nobody is known by that.

        An id that a file of users does not have is reported, and the link left out.
        """
        body = row.body
        for name in WAYS[field]:
            found = self.find(body[name]) if name in body else None
            if found is not None:
                return found
        if field in body or f"{field}.email" in body:
            return self.invite(body.get(field, ""), body.get(f"{field}.email", ""), body.get(f"{field}.id", ""))
        if f"{field}.id" not in body:
            return None
        if self.context.has(Kind.USERS):
            self.context.fault(
                row, f"{field}.id", body[f"{field}.id"], _("nobody with this id is in the file of users"),
                _("Add the person to the file of users, or correct the id. The row is in without them."),
            )  # fmt: skip
            return None
        return self.invite("", "", body[f"{field}.id"])

    def invite(self, text: str, email: str, external: str, said: bool = True, **more: Any) -> int:
        """A new person, who may sign in once they accept; `said` where the preview shall name them."""
        require_making(self.context.by, User, text or email or external)
        if contacts.is_email(text):
            text, email = "", text
        name = text and self.spellings.get(spelling.key(text), text)
        name = contacts.name(name or from_address(email) or short(external))[:150]
        state: State = {
            "name": name, "email": email.lower() or None, "role": Role.SELLER.value, "is_active": False,
            "carries_quota": True, "external_id": external, **more,
        }  # fmt: skip
        pk = self.context.batch.create(
            User, state, self.context.stamp, {"invited_at": self.context.stamp, "password": make_password(None)}
        )
        if said:
            self.context.note(User, name)
        self.keep(pk, name, email, external)
        return pk

    def bring_in(self, chunk: list[Staged]) -> None:
        """Rows of a file of users."""
        known = states(User, filter(None, (self.match(row) for row in chunk)))
        for row in chunk:
            pk = self.match(row)
            wanted = self.wanted(row)
            if pk is None or self.context.duplicates == "create":
                pk = self.invite(wanted.pop("name"), wanted.pop("email", None) or "", row.ext, said=False, **wanted)
                self.context.count(Kind.USERS, "created")
            elif pk in known:
                wanted.pop("role", None) if known[pk]["role"] == Role.ADMINISTRATOR else None
                self.context.settle(Kind.USERS, User, pk, known[pk], wanted)
                self.keep(pk, wanted["name"], wanted.get("email") or "", row.ext)
            else:
                self.context.count(Kind.USERS, "unchanged")
            if row.body.get("manager"):
                self.lead(row)

    def match(self, row: Staged) -> int | None:
        """The person a row tells of, if known."""
        if row.ext:
            return self.keys.get("x:" + row.ext) or (self.find(row.body["email"]) if "email" in row.body else None)
        return self.find(row.body.get("email") or full_name(row.body))

    def wanted(self, row: Staged) -> State:
        """The fields that a row gives."""
        body = row.body
        state: State = {"name": full_name(body) or from_address(body.get("email", "")) or short(row.ext)}
        if contacts.is_email(body.get("email", "")):
            state["email"] = body["email"].lower()
        elif body.get("email"):
            self.context.fault(
                row, "email", body["email"], _("this is not an e-mail address"), _("Correct the address.")
            )
        if body.get("role"):
            state["role"] = ROLE_OF.get(spelling.key(body["role"]), Role.SELLER).value
        team = body.get("team.id") or body.get("team")
        if team:
            state["team_id"] = self.teams.find(team) or (self.teams.get(body["team"]) if "team" in body else None)
        if row.ext:
            state["external_id"] = row.ext
        return state | {name: body[name] for name in ("hired_on", "left_on") if name in body}

    def lead(self, row: Staged) -> None:
        """A manager named beside a person leads that person's team."""
        if self.find(row.body["manager"]) is None:
            team = row.body.get("team")
            more = {"team_id": self.teams.get(team)} if team else {}
            self.invite(row.body["manager"], "", "", True, role=Role.LEADER.value, carries_quota=False, **more)


def full_name(body: dict[str, Any]) -> str:
    """First and last name, or the name as one."""
    parts = [body.get("first_name", ""), body.get("last_name", "")]
    return contacts.name(body.get("name") or " ".join(filter(None, parts)))


def from_address(email: str) -> str:
    """ "Dwight Schrute" from dwight.schrute@example.com."""
    local = email.partition("@")[0]
    return " ".join(part.capitalize() for part in local.replace("_", ".").split(".") if part)


def short(external: str) -> str:
    """An id that a person can bear to read."""
    return external if len(external) <= 20 else external[:8]
