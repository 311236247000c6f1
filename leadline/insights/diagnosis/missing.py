"""What stands between the records and an answer."""

from __future__ import annotations


class Missing(Exception):
    """The records do not hold what a check needs.

    `what` is a key that the pages have words for: leads, responses, activities, values, history (too short), deals,
    losses, wins, people, stages, ends (no deal says where it closed), sources, teams, newcomers, whole (somebody sees
    only a part). `more` closed deals (or leads, where `what` is leads) are needed, 0 where no number helps.
    """

    def __init__(self, what: str, more: int = 0) -> None:
        super().__init__(what)
        self.what = what
        self.more = more
