"""Organizations, people and products: rows that stand for themselves."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from leadline.crm.models import Organization, Person, Product
from leadline.imports.kinds import Kind
from leadline.imports.permitting import owner
from leadline.imports.planning.staging import Staged
from leadline.imports.values import contacts, spelling
from leadline.imports.writing.batch import State
from leadline.imports.writing.context import states
from leadline.imports.writing.everything import Everything
from leadline.imports.writing.sameness import keep_external, repeated, same
from leadline.imports.writing.users import full_name

ADDRESS = ("address", "city", "state", "postcode", "country")


def bring_in_products(all_: Everything, chunk: list[Staged]) -> None:
    """Rows of a product file."""
    products, context = all_.products, all_.context
    known = states(Product, filter(None, map(products.match, chunk)))
    for row in chunk:
        wanted: State = {name: row.body[name] for name in ("name", "code", "unit_price", "active") if name in row.body}
        wanted.setdefault("name", row.body.get("code", ""))
        if row.ext:
            wanted["external_id"] = row.ext
        if "unit_price" in wanted:
            wanted["currency"] = all_.money.currency(row)
        pk = products.match(row)
        if pk is None:
            wanted = {"active": True, **wanted}
            warn_of_code(all_, row)
        add_custom(all_, Kind.PRODUCTS, row, wanted, known.get(pk or 0))
        pk = context.settle(Kind.PRODUCTS, Product, pk, known.get(pk or 0), wanted)
        products.keep(pk, wanted["name"], row.ext)
        if wanted.get("code"):
            products.by_code.setdefault(spelling.key(wanted["code"]), pk)


def warn_of_code(all_: Everything, row: Staged) -> None:
    """Two products with one code are possible, and mostly a mistake."""
    code = row.body.get("code", "")
    if code and spelling.key(code) in all_.products.by_code:
        all_.context.fault(
            row, "code", code, _("another product already has this code"),
            _("Give one of them its own code, or delete the row. The row is in."),
        )  # fmt: skip


def bring_in_organizations(all_: Everything, chunk: list[Staged]) -> None:
    """Rows of a file of organizations."""
    index, context = all_.parties.organizations, all_.context
    index.look_up(pair for row in chunk for pair in organization_row_keys(row))
    known = states(Organization, (pk for row in chunk for pk in index.all_of(organization_row_keys(row))))
    for row in chunk:
        body = row.body
        wanted = common(all_, row)
        wanted["name"] = contacts.name(body.get("name") or body.get("domain", ""))
        wanted |= {name: body[name] for name in ("domain", "industry") if name in body}
        if "website" in body:
            wanted["website"] = body["website"][:500]
            wanted.setdefault("domain", contacts.domain(body["website"]))
        address = ", ".join(body[part] for part in ADDRESS if part in body)
        if address:
            wanted["address"] = address
        pk = same(row, index, organization_row_keys(row), known, context.duplicates)
        if repeated(all_, Kind.ORGANIZATIONS, row, pk, known):
            continue
        keep_external(wanted, known.get(pk or 0))
        add_custom(all_, Kind.ORGANIZATIONS, row, wanted, known.get(pk or 0))
        pk = context.settle(
            Kind.ORGANIZATIONS, Organization, pk, known.get(pk or 0), wanted, at=wanted.get("created_at") or ""
        )
        index.keep(pk, [key for key, _text in organization_row_keys(row)])


def bring_in_people(all_: Everything, chunk: list[Staged]) -> None:
    """Rows of a file of people."""
    index, context = all_.parties.people, all_.context
    all_.parties.look_up(chunk)
    index.look_up(pair for row in chunk for pair in person_row_keys(row))
    known = states(Person, (pk for row in chunk for pk in index.all_of(person_row_keys(row))))
    for row in chunk:
        wanted = common(all_, row) | person_fields(row.body)
        wanted["organization_id"] = all_.parties.organization(row)
        pk = same(row, index, person_row_keys(row), known, context.duplicates)
        if repeated(all_, Kind.PEOPLE, row, pk, known):
            continue
        keep_external(wanted, known.get(pk or 0))
        first = wanted["emails"][0]["value"] if wanted.get("emails") else ""
        if pk in known:
            keep_contacts(wanted, known[pk])
        add_custom(all_, Kind.PEOPLE, row, wanted, known.get(pk or 0))
        pk = context.settle(
            Kind.PEOPLE, Person, pk, known.get(pk or 0), wanted, at=wanted.get("created_at") or "", first_email=first
        )
        if first and pk > 0 and context.duplicates != "skip":
            context.batch.set(Person, pk, {"first_email": first})
        index.keep(pk, [key for key, _text in person_row_keys(row)])


def person_fields(body: dict[str, Any]) -> State:
    """Name, job, addresses and numbers of a person."""
    wanted: State = {name: body[name] for name in ("first_name", "last_name", "job_title") if name in body}
    wanted["name"] = full_name(body) or (body["emails"][0] if body.get("emails") else "")
    wanted["emails"] = listed([*body.get("emails", []), *contacts.emails(str(body.get("email2", "")))])
    wanted["phones"] = listed([*body.get("phones", []), *contacts.phones(str(body.get("phone2", "")))])
    return wanted


def listed(values: Iterable[str]) -> list[dict[str, Any]]:
    """Addresses or numbers as a person keeps them: the first one is the primary."""
    distinct = dict.fromkeys(values)
    return [{"value": value, "label": "", "primary": place == 0} for place, value in enumerate(distinct)]


def keep_contacts(wanted: State, known: State) -> None:
    """A file adds addresses and numbers to those a person has; it takes none away."""
    for name in ("emails", "phones"):
        there = {item["value"] for item in known[name]}
        new = [item for item in wanted[name] if item["value"] not in there]
        wanted[name] = [*known[name], *({**item, "primary": item["primary"] and not there} for item in new)]


def common(all_: Everything, row: Staged) -> State:
    """What all owned records have: owner, labels, creation, external id."""
    body = row.body
    wanted: State = {"owner_id": owner(all_.context.by, all_.users.named(row, "owner"))}
    if "created_at" in body:
        wanted["created_at"] = body["created_at"]
    if row.ext:
        wanted["external_id"] = row.ext
    if "labels" in body:
        wanted["label_ids"] = sorted({all_.labels.get(word) for word in body["labels"]})
    return wanted


def add_custom(all_: Everything, kind: Kind, row: Staged, wanted: State, known: State | None) -> None:
    """Custom fields beside those that the record has."""
    fields = all_.custom(kind)
    if "custom" in row.body:
        wanted["custom"] = {**((known or {}).get("custom") or {}), **fields.values(row.body["custom"])}


def organization_row_keys(row: Staged) -> list[tuple[str, str]]:
    """An id says which one is meant; without one the domain does, else the name."""
    body, keys = row.body, []
    if row.ext:
        keys.append(("x:" + row.ext, row.ext))
    if body.get("domain"):
        keys.append(("d:" + body["domain"], body["domain"]))
    if body.get("name"):
        keys.append(("n:" + spelling.key(body["name"]), body["name"]))
    return keys


def person_row_keys(row: Staged) -> list[tuple[str, str]]:
    """An id says who is meant; without one the e-mail address does, else the name."""
    body, keys = row.body, []
    if row.ext:
        keys.append(("x:" + row.ext, row.ext))
    keys += [("e:" + address, address) for address in body.get("emails", [])]
    if not body.get("emails"):
        name = full_name(body)
        keys.append(("n:" + spelling.key(name), name))
    return keys
