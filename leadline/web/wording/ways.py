"""The words for the ways by which changes come about."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# As choices.
WAY_WORDS: dict[str, str | Promise] = {
    "web": _("On a page"),
    "api": _("API"),
    "import": _("Import"),
    "mail": _("Mail"),
    "job": _("Leadline itself"),
    "cli": _("Command line"),
    "mcp": _("Assistant"),
    "rule": _("Consequence of something else"),
}
# Behind a deed; a hand on a page goes without saying.
BY_WAY: dict[str, str | Promise] = {
    "web": "",
    "api": _("by API"),
    "import": _("by import"),
    "mail": _("by mail"),
    "job": "",
    "cli": _("by the command line"),
    "mcp": _("by an assistant"),
    "rule": _("as a consequence"),
}
