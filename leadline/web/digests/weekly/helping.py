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
Reason = tuple[str, str]  # in words, and where its rows are


def who_needs_help(scope: Scope) -> Part | None:
    """Those with most reasons first, a few only: nobody helps ten people in a week."""
    found = [(one.user, reasons) for one in people(scope) if (reasons := _reasons(one, scope))]
    found.sort(key=lambda row: (-len(row[1]), str(row[0])))
    lines = tuple(line for user, reasons in found[:SHOWN] for line in _lines(user, reasons))
    return Part("help", _("Who could do with a hand"), "handshake", lines=lines) if lines else None


def _lines(user: User, reasons: list[Reason]) -> list[Line]:
    """A line for each reason, with the way to its rows; the person stands in all of them."""
    return [Line(str(user), "", _today_of(user), other=words, other_href=href) for words, href in reasons]


def _reasons(one: Person, scope: Scope) -> list[Reason]:
    told: list[Reason] = []
    if one.rotten >= LEAST and one.rotten >= SHARE * one.open:
        told.append(
            (
                _("%(count)s of %(open)s deals have stood still for long") % {"count": one.rotten, "open": one.open},
                _deals_of(one.user, rotten="yes"),
            )
        )
    if one.unplanned >= LEAST and one.unplanned >= SHARE * one.open:
        words = _("%(count)s deals have no next step yet") % {"count": one.unplanned}
        told.append((words, _deals_of(one.user, next_activity="none")))
    behind = [goal for goal in standings(scope.user, of=one.user) if not goal.off and said(goal).tone == "behind"]
    return told + [(_("behind on %(goals)s") % {"goals": said(goal).name}, goal.href) for goal in behind]


def _deals_of(user: User, **asked: str) -> str:
    return f"{address('deals')}?{urlencode({'owner': user.pk, 'status': 'open', **asked})}"


def _today_of(user: User) -> str:
    return f"{address('today')}?{urlencode({'of': user.pk})}"
