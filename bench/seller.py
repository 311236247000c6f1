"""One seller at work: reads pages, ticks, moves, adds, edits and searches, pausing as people do; polls every 2 s."""

from __future__ import annotations

import random
import re
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from bench.rows import Known
from bench.visiting import Acts, add_deal
from bench.visitor import JSON, Visitor

POLL = 2.0  # seconds, as pages do
PAUSES = (2.0, 10.0)  # seconds between two acts

# How often each act comes, relative to the others: mostly ticking, moving and looking.
SHARES = {
    "Today": 4, "tick": 5, "plan next": 4, "move": 5, "board": 3, "deal page": 5, "list": 2, "activities": 2,
    "calendar": 2, "edit in place": 3, "note": 3, "add deal": 2, "search": 3, "goals": 1, "1st & 10": 1,
}  # fmt: skip


class Seller:
    """Milliseconds of each act by its name in `times`; `errors` in words."""

    def __init__(self, port: int, number: int, session: tuple[str, str], at: Known) -> None:
        self.visitor = Visitor(port).come_in(*session)
        mine = re.findall(r'data-id="(\d+)"', self.visitor.get("/deals/?status=open&owner=me").text)
        at = replace(at, open=[int(pk) for pk in mine])  # others' deals are not theirs to change
        self.at, self.chance = at, random.Random(number)
        self.acts = Acts.__new__(Acts)  # its acts without its walk down every column
        self.acts.visitor, self.acts.at, self.acts.chance, self.acts.bytes = self.visitor, at, self.chance, {}
        self.times: dict[str, list[float]] = defaultdict(list)
        self.errors: list[str] = []
        self.due: list[str] = []
        self.cursor = at.cursor

    def work(self, until: float) -> None:
        """Until this moment (`time.monotonic`)."""
        names = list(SHARES)
        while time.monotonic() < until:
            self._pause(until)
            name = self.chance.choices(names, [SHARES[one] for one in names])[0]
            self._do(name, self.doing(name))

    def _pause(self, until: float) -> None:
        """Polls meanwhile."""
        end = min(until, time.monotonic() + self.chance.uniform(*PAUSES))
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(left, POLL))
            self._do("poll", self.poll)

    def _do(self, name: str, act: Callable[[], float]) -> None:
        try:
            self.times[name].append(act())
        except (RuntimeError, OSError) as error:
            self.errors.append(f"{name}: {error}"[:300])

    def doing(self, name: str) -> Callable[[], float]:
        own: dict[str, Callable[[], float]] = {
            "Today": self.today,
            "tick": self.tick,
            "plan next": self.plan,
            "move": self.acts.move,
            "board": lambda: self.acts.view("board", f"/pipeline/{self.at.pipeline}/"),
            "deal page": lambda: self.acts.view("deal page", f"/deals/{self.chance.choice(self.at.open)}/"),
            "list": lambda: self.acts.view("list", "/deals/?status=open&owner=me"),
            "activities": lambda: self.acts.view("activities", "/activities/"),
            "calendar": lambda: self.acts.view("calendar", "/activities/calendar/"),
            "edit in place": self.acts.edit,
            "note": self.note,
            "add deal": lambda: add_deal(self.visitor, self.chance),
            "search": self.acts.search,
            "goals": lambda: self.acts.view("goals", "/today/goals/"),
            "1st & 10": lambda: self.acts.view("1st & 10", "/today/ten/"),
        }
        return own[name]

    def today(self) -> float:
        """The page, and what it names as due."""
        answer = self.visitor.get("/today/")
        self.due = list(dict.fromkeys(re.findall(r"/activities/(\d+)/", answer.text)))
        self._do("Today's rings", lambda: self.visitor.get("/today/rings/").milliseconds)
        return answer.milliseconds

    def tick(self) -> float:
        """The first that is due; none left: Today is read for it."""
        if not self.due:
            taken = self.today()
            if not self.due:
                return taken
        return self.visitor.post(f"/activities/{self.due.pop(0)}/done/", {"done": 1, "outcome": ""}).milliseconds

    def plan(self) -> float:
        """As the question for what is next sends it."""
        deal, day = self.chance.choice(self.at.open), self.chance.choice(("today", "tomorrow", "fri", "next week"))
        line = {"subject": f"call {day} {self.chance.randrange(9, 17)}:00 about the offer", "line": 1}
        return self.visitor.post(f"/timeline/deal/{deal}/activities/", line).milliseconds

    def note(self) -> float:
        deal = self.chance.choice(self.at.open)
        return self.visitor.post(f"/timeline/deal/{deal}/notes/", {"text": "They decide in spring."}).milliseconds

    def poll(self) -> float:
        """What colleagues have done since."""
        answer = self.visitor.get(f"/live/?after={self.cursor}", JSON)
        if answer.status == 200 and (found := re.search(r'"after": ?"([^"]+)"', answer.text)):
            self.cursor = found[1]
        return answer.milliseconds
