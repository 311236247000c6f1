"""A digest as a letter: text for every reader, and plain HTML that says the same."""

from __future__ import annotations

from babel import dates
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leadline.mail import stopping
from leadline.mail.filing import Paper
from leadline.web.digests.parts import Part, Scope
from leadline.web.frame.absolute import absolute
from leadline.web.frame.reader import reader

SHOWN = 6  # lines of a part; the page has all


def paper(scope: Scope, parts: list[Part]) -> Paper:
    """In the words of the reader at hand."""
    stop_at = absolute(reverse("letters_stop", args=[stopping.word(scope.user, scope.cover)]))
    context = {
        "title": title(scope),
        "lang": get_language() or "en",
        "parts": [_cut(part) for part in parts],
        "page": absolute(scope.page),
        "stop_at": stop_at,
        "absolute": absolute,
    }
    return Paper(
        subject=_subject(scope, parts),
        text=render_to_string("digests/letter.txt", context, using="jinja2").strip() + "\n",
        html=render_to_string("digests/letter.html", context, using="jinja2"),
        stop_at=stop_at,
    )


def title(scope: Scope) -> str:
    """Whose day or week it tells of."""
    day = str(dates.format_skeleton("yMMMMEEEEd", scope.on_day, locale=reader().locale))
    return _("Your team's week, %(day)s") % {"day": day} if scope.weekly else _("Your day, %(day)s") % {"day": day}


def _subject(scope: Scope, parts: list[Part]) -> str:
    """With the figures that call for something."""
    figures = [f"{part.title}: {part.number}" for part in parts if part.number and not part.quiet][:3]
    return " · ".join([title(scope), *figures])


def _cut(part: Part) -> dict[str, object]:
    left = len(part.lines) - SHOWN
    more = _("and %(count)s more") % {"count": left} if left > 0 else part.more
    return {**part.plain(), "lines": part.lines[:SHOWN], "more": more}
