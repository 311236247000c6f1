"""What people set for themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.web.me.ways import ways
from leadline.web.me.zones import places


class HereForm(forms.Form):
    """How somebody reads: by which country's way of writing, in which time zone."""

    language = forms.ChoiceField(
        label=gettext_lazy("Numbers and dates"),
        required=False,
        help_text=gettext_lazy("How amounts, numbers and dates are written for you."),
    )

    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        required=False,
        help_text=gettext_lazy("Times are shown in it. Days and months of reports begin where the company's do."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = str(self.initial.get("time_zone") or "")
        written = str(self.initial.get("language") or "")
        choices = ways()
        if written and written not in dict(choices):
            choices.append((written, written))  # what somebody has chosen once stays theirs
        self.fields["language"].choices = [("", _("As your browser asks")), *choices]  # type: ignore[attr-defined]
        names = sorted({*places(), chosen} - {""})  # what somebody has chosen once stays theirs
        company = _("The company's (%(zone)s)") % {"zone": settings.LEADLINE_TIME_ZONE}
        zones = [("", company), *((name, name.replace("_", " ")) for name in names)]
        self.fields["time_zone"].choices = zones  # type: ignore[attr-defined]  # it is the ChoiceField above
