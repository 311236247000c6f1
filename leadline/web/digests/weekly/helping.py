"""Who could do with a hand, and why: said kindly, with the way to where one can help."""

from __future__ import annotations

from urllib.parse import urlencode

from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.insights.ask_goals import standings
from leadline.web.digests.parts import Line, Part, Scope
from leadline.web.digests.weekly.people import Person, people
from leadline.web.frame.navigation import address
from leadline.web.goals.words import said

SHARE, LEAST = 0.4, 3  # of somebody's open deals, and how many at least, before it is a reason
SHOWN = 5


def who_needs_help(scope: Scope) -> Part | None:
    """Those with most reasons first, a few only: nobody helps ten people in a week."""
    found = [(one.user, reasons) for one in people(scope) if (reasons := _reasons(one, scope))]
    found.sort(key=lambda row: (-len(row[1]), str(row[0])))
    lines = tuple(Line(str(user), "; ".join(reasons), _today_of(user)) for user, reasons in found[:SHOWN])
    return Part("help", _("Who could do with a hand"), "handshake", lines=lines) if lines else None


def _reasons(one: Person, scope: Scope) -> list[str]:
    told = []
    if one.rotten >= LEAST and one.rotten >= SHARE * one.open:
        told.append(
            _("%(count)s of %(open)s deals have stood still for long") % {"count": one.rotten, "open": one.open}
        )
    if one.unplanned >= LEAST and one.unplanned >= SHARE * one.open:
        told.append(_("%(count)s deals have no next step yet") % {"count": one.unplanned})
    behind = [said(goal) for goal in standings(scope.user, of=one.user) if not goal.off]
    late = [words.name for words in behind if words.tone == "behind"]
    return told + ([_("behind on %(goals)s") % {"goals": ", ".join(late)}] if late else [])


def _today_of(user: User) -> str:
    return f"{address('today')}?{urlencode({'of': user.pk})}"
