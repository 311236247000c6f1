"""What somebody chose becomes the contact and the organization of a lead, without making anybody twice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor
from leadline.accounts.models import User
from leadline.crm.addresses import company_domain
from leadline.crm.models import Lead, Organization, Person
from leadline.crm.parties.suggesting import same_organization, same_person
from leadline.crm.parties.turn import in_turn
from leadline.history.writing import writing


@dataclass(frozen=True)
class Choice:
    """`keep` what the lead has; else `record`, or a new one of this `name`, or nobody.

    `seen` are those that were shown: who saw one of the same name and wants a new one all the same gets it. An e-mail
    address is somebody's alone.
    """

    keep: bool = True
    record: Any = None
    name: str = ""
    mails: Sequence[str] = ()
    phones: Sequence[str] = ()
    seen: Collection[int] = field(default_factory=frozenset)


def settle(lead: Lead, person: Choice, organization: Choice, *, by: Actor, user: User) -> list[Any]:
    """Sets contact and organization of the lead as chosen; returns those that were there already in place of new ones.

    Of several who do so at the same time each sees what those before made. Raises ValidationError, PermissionDenied.
    """
    joined: list[Any] = []
    with writing():
        in_turn()
        values: dict[str, Any] = {}
        if not organization.keep:
            values["organization"] = _organization(organization, person, user, by, joined)
        at = values.get("organization", lead.organization)
        if not person.keep:
            values["person"] = _person(person, at, user, by, joined)
            if organization.keep and at is None and values["person"] is not None:
                values["organization"] = _employer(values["person"], user)
        if values:
            lead.edit(by=by, **values)
    return joined


def _organization(choice: Choice, person: Choice, user: User, by: Actor, joined: list[Any]) -> Any:
    if choice.record is not None or not choice.name:
        return _here(choice.record)
    known = same_organization(user, choice.name)
    if known is not None and known.pk not in choice.seen:
        joined.append(known)
        return known
    domain = next(filter(None, map(company_domain, person.mails)), "")
    return Organization(name=choice.name, domain=domain, owner=user, created_at=timezone.now()).add(by=by)


def _person(choice: Choice, at: Organization | None, user: User, by: Actor, joined: list[Any]) -> Any:
    if choice.record is not None or not choice.name:
        return _here(choice.record)
    known = same_person(user, choice.name, choice.mails, at)
    if known is not None and (known.pk not in choice.seen or _has(known, choice.mails)):
        joined.append(known)
        return known
    made = Person(name=choice.name, owner=user, organization=at, created_at=timezone.now())
    made.emails = [{"value": mail} for mail in choice.mails]
    made.phones = [{"value": phone} for phone in choice.phones]
    return made.add(by=by)


def _has(person: Person, mails: Collection[str]) -> bool:
    return not {mail.strip().lower() for mail in mails}.isdisjoint(mail["value"] for mail in person.emails)


def _employer(person: Person, user: User) -> Organization | None:
    """Where a contact works, as far as the person sees it."""
    found: Organization | None = Organization.objects.visible_to(user).kept().filter(pk=person.organization_id).first()
    return found


def _here(record: Any) -> Any:
    """Raises ValidationError for one that was put into the trash meanwhile."""
    if record is None:
        return None
    record.refresh_from_db()
    if record.deleted_at is not None:
        raise ValidationError(_("%(record)s is in the trash by now. Choose another one.") % {"record": record})
    return record
