"""What a label and an activity type can look like: colours by the name of their token, icons by their name."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, str | Promise]

# css/colours.css has a pair of text and ground for each, in light and dark.
COLOURS: Words = {
    "grey": _("Grey"),
    "red": _("Red"),
    "orange": _("Orange"),
    "yellow": _("Yellow"),
    "green": _("Green"),
    "teal": _("Teal"),
    "blue": _("Blue"),
    "indigo": _("Indigo"),
    "violet": _("Violet"),
    "pink": _("Pink"),
}

ICONS: Words = {
    "phone": _("Telephone"),
    "mail": _("Envelope"),
    "users": _("People"),
    "presentation": _("Screen"),
    "file-text": _("Document"),
    "square-check-big": _("Tick"),
    "sticky-note": _("Slip of paper"),
    "message-circle": _("Message"),
    "video": _("Camera"),
    "calendar": _("Calendar"),
    "coffee": _("Cup"),
    "utensils": _("Meal"),
    "map-pin": _("Place"),
    "handshake": _("Handshake"),
    "clipboard-list": _("Clipboard"),
    "send": _("Paper plane"),
    "gift": _("Present"),
    "flag": _("Flag"),
    "star": _("Star"),
    "target": _("Target"),
    "clock": _("Clock"),
}
