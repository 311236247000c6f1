"""What the choices of a form's look are called, and what became of arrivals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leadline.crm.models import ArrivalState

SCHEME_WORDS = {"auto": _("As the visitor has it"), "light": _("Light"), "dark": _("Dark")}
FONT_WORDS = {"system": _("Without serifs"), "serif": _("With serifs"), "mono": _("Typewriter")}
SIZE_WORDS = {"small": _("Small"), "normal": _("Normal"), "large": _("Large")}
# In the order of the tabs; each with an icon, as nothing is said by colour alone.
STATES = (
    (ArrivalState.WAITING, _("Waiting"), "clock"),
    (ArrivalState.TAKEN, _("Became a lead"), "check"),
    (ArrivalState.JOINED, _("Joined a lead"), "git-merge"),
    (ArrivalState.SPAM, _("Held back"), "circle-alert"),
    (ArrivalState.FAILED, _("Could not be read"), "triangle-alert"),
    (ArrivalState.REFUSED, _("Thrown away"), "trash-2"),
)
