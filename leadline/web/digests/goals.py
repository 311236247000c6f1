"""How the reader's goals stand."""

from __future__ import annotations

from django.utils.translation import gettext as _

from leadline.insights.ask_goals import standings
from leadline.insights.goals.standing import Standing
from leadline.web.digests.parts import Line, Part, Scope
from leadline.web.frame.navigation import address
from leadline.web.goals.words import said


def goals(scope: Scope) -> Part | None:
    """Each in one sentence; no reason to write by themselves."""
    found = [one for one in standings(scope.user) if not one.off]
    lines = tuple(line_of(one) for one in found)
    return Part("goals", _("Your goals"), "target", href=address("goals"), lines=lines, quiet=True) if lines else None


def line_of(standing: Standing, name: str = "") -> Line:
    """A goal, with the way to what is counted."""
    words = said(standing)
    note = _("%(reached)s of %(amount)s %(when)s, %(pace)s") % {
        "reached": words.reached, "amount": words.amount, "when": words.when, "pace": words.pace,
    }  # fmt: skip
    return Line(name or words.name, note, standing.href, tone="warn" if words.tone == "behind" else "")
