"""Why an arrival is held back: a word in its `why`, for people a sentence."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.crm.models import Arrival, ArrivalState


class Held(models.TextChoices):
    """What looked like a machine at work."""

    TRAP = "trap", _("A field that people do not see was filled in")
    HASTE = "haste", _("It was sent less than two seconds after the form was opened")
    UNSEALED = "unsealed", _("It did not come from the form's page")
    STALE = "stale", _("The form had been open for more than a week")
    REPEATED = "repeated", _("The same text came from more than three e-mail addresses within an hour")
    MANY = "many", _("More than twenty came from one place within ten minutes")


def said_of(arrival: Arrival) -> str:
    """Why it is where it is, in words; "" where there is nothing to say."""
    if arrival.state == ArrivalState.SPAM and arrival.why in Held.values:
        return str(Held(arrival.why).label)
    return arrival.why
