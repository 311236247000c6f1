"""How the goals of the leader's team and of the company stand."""

from __future__ import annotations

from django.utils.translation import gettext as _

from leadline.insights.ask_goals import standings
from leadline.insights.sight import COMPANY
from leadline.web.digests.goals import line_of
from leadline.web.digests.parts import Part, Scope
from leadline.web.frame.navigation import address
from leadline.web.goals.words import goal_name, whose_name


def team_goals(scope: Scope) -> Part | None:
    """A line each."""
    team = (None, scope.user.team_id)
    found = standings(scope.user, of=team) if scope.user.team_id is not None else []
    found = [one for one in (*found, *standings(scope.user, of=COMPANY)) if not one.off]
    lines = tuple(line_of(one, f"{whose_name(one.goal)}: {goal_name(one.goal, one.types)}") for one in found)
    return (
        Part("team-goals", _("Goals of all"), "flag", href=address("goals"), lines=lines, quiet=True) if lines else None
    )
