"""A person or an organization that is not there yet, added where it is first named."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor
from leadline.crm.fields import Field
from leadline.crm.models import Organization, Person


def add(field: Field, name: str, by: Actor) -> int:
    """The number of the new record that the field shall link to; of the same act as the link, so one undo takes both.

    Raises ValidationError for links to what is not added by its name alone.
    """
    if field.to == "organization":
        return Organization(name=name, owner=by.user).add(by=by).pk
    if field.to == "person":
        return Person(name=name, owner=by.user).add(by=by).pk
    raise ValidationError({field.attname: _("Choose one of the list.")})
