"""Jinja2 as our templates see it."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined

from leadline.web.frame import formats, speaking
from leadline.web.frame.icons import icon
from leadline.web.frame.places import address

FILTERS = (
    formats.number,
    formats.money,
    formats.short_money,
    formats.typed_number,
    formats.percent,
    formats.days,
    formats.day,
    formats.moment,
)


def environment(**options: Any) -> Environment:
    """The environment of `settings.TEMPLATES`. A name that is not there is an error, not an empty string."""
    jinja = Environment(
        **{
            **options,
            "undefined": StrictUndefined,
            "trim_blocks": True,
            "lstrip_blocks": True,
            "extensions": ["jinja2.ext.i18n", "jinja2.ext.do"],
        }
    )
    jinja.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        gettext=translation.gettext, ngettext=translation.ngettext, newstyle=True
    )
    jinja.globals.update(gettext=speaking.gettext, ngettext=speaking.ngettext, _=speaking.gettext)
    jinja.globals.update(static=_static, url=_url, icon=icon, get_messages=get_messages, settings=settings)
    jinja.filters.update({function.__name__: function for function in FILTERS})
    return jinja


def _url(name: str, *args: Any) -> str:
    return reverse(name, args=args) if args else address(name)


@cache
def _static(path: str) -> str:
    """Names of static files are made when the server starts; a page has dozens."""
    return static(path)
