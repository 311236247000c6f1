"""What a leader's digest tells, in its order; each section is a function of the scope."""

from leadline.web.digests.goals import goals
from leadline.web.digests.parts import Section
from leadline.web.digests.weekly.helping import who_needs_help
from leadline.web.digests.weekly.movement import movement
from leadline.web.digests.weekly.reviews import reviews
from leadline.web.digests.weekly.rotting import rots
from leadline.web.digests.weekly.team_goals import team_goals

SECTIONS: tuple[Section, ...] = (movement, who_needs_help, rots, reviews, team_goals, goals)
