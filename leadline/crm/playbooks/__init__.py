"""What stages ask for (R2): drafting and publishing it, what a deal has of it, what it lacks to move on, its score."""

from leadline.crm.models.qualifying import Item, MissingItems
from leadline.crm.playbooks.answering import answer, unwaive, waive
from leadline.crm.playbooks.asking import missing, passed
from leadline.crm.playbooks.drafting import begin, draft_of, publish
from leadline.crm.playbooks.scoring import Part, part_of, score, wind_scores
from leadline.crm.playbooks.standing import Standing, standing, standings
from leadline.crm.playbooks.versions import place, published, published_in, version_for, versions_for
from leadline.crm.playbooks.winding import restaged

__all__ = [
    "Item",
    "MissingItems",
    "Part",
    "Standing",
    "answer",
    "begin",
    "draft_of",
    "missing",
    "part_of",
    "passed",
    "place",
    "publish",
    "published",
    "published_in",
    "restaged",
    "score",
    "standing",
    "standings",
    "unwaive",
    "version_for",
    "versions_for",
    "waive",
    "wind_scores",
]
