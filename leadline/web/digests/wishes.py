"""By mail or not, and at which hour."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leadline.accounts.models import User
from leadline.history.writing import writing
from leadline.mail.models import DigestWish


class WishForm(forms.Form):
    """The weekly one is offered to those who lead."""

    daily = forms.BooleanField(label=_("My day, every working day"), required=False)
    weekly = forms.BooleanField(label=_("My team's week, on its first working day"), required=False)
    at = forms.TimeField(label=_("At"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def __init__(self, user: User, given: Any = None) -> None:
        self.wish = DigestWish.of(user)
        super().__init__(given, initial={name: getattr(self.wish, name) for name in ("daily", "weekly", "at")})
        if not user.leads:
            del self.fields["weekly"]

    def keep(self, now: dt.datetime | None = None) -> DigestWish:
        """What was due before it was wished for is not sent."""
        for name, value in self.cleaned_data.items():
            setattr(self.wish, name, value)
        if self.changed_data or self.wish.pk is None:
            self.wish.since = now or timezone.now()
        with writing():
            self.wish.save()
        return self.wish
