"""What a seller's digest tells, in its order; each section is a function of the scope."""

from leadline.web.digests.daily.changes import changes
from leadline.web.digests.daily.duties import due_today, overdue
from leadline.web.digests.daily.given import given
from leadline.web.digests.daily.habits import ideas, next_block
from leadline.web.digests.daily.offered import offered
from leadline.web.digests.daily.rotting import rots_next, rotten
from leadline.web.digests.goals import goals
from leadline.web.digests.parts import Section

SECTIONS: tuple[Section, ...] = (
    due_today,
    overdue,
    offered,
    given,
    changes,
    rots_next,
    rotten,
    goals,
    next_block,
    ideas,
)
