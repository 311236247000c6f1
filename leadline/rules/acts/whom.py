"""The people whom a rule names: the owner of the record, who leads them, somebody."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.history.numbers import number_of

OWNER, LEADER = "owner", "leader"
CHOSEN = "rules"  # whom the assignment rules choose


def known(given: Any) -> User:
    """The user of this number. Raises ValidationError for somebody who is not there or cannot be given anything."""
    number = number_of(given)
    user = User.objects.filter(pk=number).first() if number is not None else None
    if user is None:
        raise ValidationError({"acts": _("Choose one of the people here.")})
    if not user.may_own:
        raise ValidationError({"acts": _("%(name)s has left. Choose somebody else.") % {"name": user}})
    return user


def whose(given: Any, record: Any) -> User:
    """Whom `given` ("owner" or a number) names. Raises ValidationError with the mend."""
    if given != OWNER:
        return known(given)
    if record.owner is None:
        raise ValidationError({"acts": _("It has no owner. Name a person in the rule.")})  # no name: not all see it
    return known(record.owner_id)
