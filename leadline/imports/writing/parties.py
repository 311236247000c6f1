"""The organization and the person that a row names: found, or made where a name or an address says enough."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from leadline.crm.models import Organization, Person
from leadline.imports.kinds import Kind
from leadline.imports.planning.staging import Staged
from leadline.imports.values import contacts, spelling
from leadline.imports.writing.batch import State
from leadline.imports.writing.context import Context
from leadline.imports.writing.finding import COMPARED, Index
from leadline.imports.writing.users import from_address

ORGANIZATION = {"organization", "organization.id", "organization.domain"}
# A lead's own name makes a person too.
PERSON = {"person", "person.id", "person.email", "person_name", "first_name", "last_name"}
PARTICIPANTS = "participants"


class Parties:
    """Organizations and people by their keys."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.organizations = Index(context, Organization, "xdn")
        self.people = Index(context, Person, "xen")
        fields = {label: set(headings) for label, headings in context.headings.items()}
        self.naming_organizations = {label for label, names in fields.items() if names & ORGANIZATION}
        self.naming_people = {label for label, names in fields.items() if names & PERSON}
        self.naming_participants = {label for label, names in fields.items() if PARTICIPANTS in names}
        few = context.staging.count_list("organization") <= COMPARED
        self.spellings = spelling.merged(context.staging.words("organization")) if few else {}

    def look_up(self, chunk: Iterable[Staged], also: Iterable[str] = ()) -> None:
        """Find all parties that a chunk names, and the organizations that have one of the ids `also`."""
        rows, more = list(chunk), [("x:" + text, text) for text in also]
        if more or any(row.file in self.naming_organizations for row in rows):
            self.organizations.look_up([*more, *(pair for row in rows for pair in organization_keys(row))])
        if any(row.file in self.naming_people | self.naming_participants for row in rows):
            self.people.look_up(pair for row in rows for pair in (*person_keys(row), *participant_keys(row)))

    def organization(self, row: Staged) -> int | None:
        """The organization that a row names."""
        if row.file not in self.naming_organizations:
            return None
        body = row.body
        found = self.organizations.get(*(key for key, _text in organization_keys(row)))
        if found is not None:
            return found
        name, domain = body.get("organization", ""), body.get("organization.domain", "")
        if name or domain:
            return self.make_organization(name or domain, domain, body.get("organization.id", ""))
        if "organization.id" in body:
            self.missing(row, "organization.id", Kind.ORGANIZATIONS, _("there is no organization with this id"))
        return None

    def make_organization(self, name: str, domain: str, external: str) -> int:
        """A new organization, of which only a name or domain is known."""
        shown = self.spellings.get(spelling.key(name), name)[:255]
        state: State = {"name": shown, "domain": contacts.domain(domain), "external_id": external}
        pk = self.context.batch.create(Organization, state, self.context.stamp)
        self.context.note(Organization, shown)
        self.organizations.keep(pk, ["n:" + spelling.key(name), f"d:{domain}", f"x:{external}"])
        return pk

    def person(self, row: Staged, organization: int | None) -> int | None:
        """The person that a row names."""
        if row.file not in self.naming_people:
            return None
        body = row.body
        found = self.people.get(*(key for key, _text in person_keys(row)))
        if found is not None:
            return found
        name, address = body.get("person", ""), body.get("person.email", "")
        if contacts.is_email(name):
            name, address = "", name
        if name or contacts.is_email(address):
            return self.make_person(name, address, body.get("person.id", ""), organization)
        if "person.id" in body:
            self.missing(row, "person.id", Kind.PEOPLE, _("there is no person with this id"))
        return None

    def make_person(self, name: str, address: str, external: str, organization: int | None) -> int:
        """A new person, of whom only a name or an address is known."""
        address = address.lower() if contacts.is_email(address) else ""
        shown = contacts.name(name or from_address(address))[:255]
        state: State = {"name": shown, "organization_id": organization, "external_id": external}
        if address:
            state["emails"] = [{"value": address, "label": "", "primary": True}]
        pk = self.context.batch.create(Person, state, self.context.stamp, {"first_email": address})
        self.context.note(Person, shown)
        self.people.keep(pk, [f"e:{address}", "n:" + spelling.key(shown), f"x:{external}"])
        return pk

    def missing(self, row: Staged, field: str, kind: Kind, reason: str) -> None:
        """A link to nothing is left out, and said."""
        mend = _("Correct the id, or import the file that has it as well. The row is in without this link.")
        self.context.fault(row, field, row.body[field], reason, mend)


def organization_keys(row: Staged) -> Iterator[tuple[str, str]]:
    """(key, text as written) in the order in which they are believed."""
    body = row.body
    if "organization.id" in body:
        yield "x:" + body["organization.id"], body["organization.id"]
    if "organization.domain" in body:
        domain = contacts.domain(body["organization.domain"])
        yield "d:" + domain, domain
    if "organization" in body:
        name = body["organization"]
        yield "n:" + spelling.key(name), name
        yield "x:" + name, name


def person_keys(row: Staged) -> Iterator[tuple[str, str]]:
    """(key, text as written) in the order in which they are believed."""
    body = row.body
    if "person.id" in body:
        yield "x:" + body["person.id"], body["person.id"]
    for field in ("person.email", "person"):
        if contacts.is_email(body.get(field, "")):
            yield "e:" + body[field].lower(), body[field].lower()
    # A name alone says little where an address is given: two people may share it.
    if "person" in body and "person.email" not in body and "@" not in body["person"]:
        yield "n:" + spelling.key(body["person"]), body["person"]
        yield "x:" + body["person"], body["person"]


def participant_keys(row: Staged) -> Iterator[tuple[str, str]]:
    """(key, text as written) of the contacts who took part, by address or by name."""
    for text in row.body.get(PARTICIPANTS, ()):
        yield ("e:" + text.lower(), text.lower()) if contacts.is_email(text) else ("n:" + spelling.key(text), text)
