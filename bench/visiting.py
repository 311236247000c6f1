"""What a visitor of the pages does, each time a little differently."""

from __future__ import annotations

import random
import re
import time
import urllib.parse
from collections.abc import Callable

from bench.person import EMAIL, PASSWORD
from bench.rows import Known
from bench.visitor import JSON, Visitor, compressed

DEEP = 12  # pages that are followed down a column


class Acts:
    """Every act answers the milliseconds that it took. `bytes`: of each page, whole and compressed."""

    def __init__(self, visitor: Visitor, at: Known) -> None:
        self.visitor, self.at = visitor, at
        self.chance = random.Random(1)
        self.bytes: dict[str, tuple[int, int]] = {}
        self.pages = column_pages(visitor, at.pipeline)

    def works(self) -> dict[str, Callable[[], float]]:
        works = {
            "board": lambda: self.view("board", f"/pipeline/{self.at.pipeline}/"),
            "list": lambda: self.view("list", "/deals/"),
            "list by value": lambda: self.view("list by value", "/deals/?sort=-value"),
            "deal page": lambda: self.view("deal page", f"/deals/{self.chance.choice(self.at.deals)}/"),
            "column page": lambda: self.view("column page", self.chance.choice(self.pages)),
            "move": self.move,
            "card and heads after it": self.cards,
            "edit in place": self.edit,
            "create": lambda: add_deal(self.visitor, self.chance),
            "search": self.search,
            "poll": self.poll,
        }
        return works if self.pages else {name: work for name, work in works.items() if name != "column page"}

    def view(self, name: str, path: str) -> float:
        answer = self.visitor.get(path)
        if len(answer.body) > self.bytes.get(name, (0, 0))[0]:
            self.bytes[name] = (len(answer.body), compressed(answer.body))
        return answer.milliseconds

    def move(self) -> float:
        """As the board sends it: the card stands there already, and is drawn anew with the heads right afterwards."""
        deal, stage = self.chance.choice(self.at.open), self.chance.choice(self.at.stages)
        return self.visitor.post(f"/deals/{deal}/stage/", {"stage": stage}).milliseconds

    def cards(self) -> float:
        path = f"/pipeline/{self.at.pipeline}/cards/?ids={self.chance.choice(self.at.open)}"
        return self.visitor.get(path, "application/json").milliseconds

    def edit(self) -> float:
        deal, value = self.chance.choice(self.at.open), self.chance.randrange(100, 99_999)
        return self.visitor.post(f"/edit/deal/{deal}/value/", {"value": value}).milliseconds

    def search(self) -> float:
        """The beginning of a name, as it stands in the box while somebody types; one in five with a slip."""
        name = self.chance.choice(self.at.names)
        typed = name[: self.chance.randrange(2, len(name) + 1)]
        if len(typed) > 5 and self.chance.random() < 0.2:
            place = self.chance.randrange(1, len(typed) - 1)
            typed = typed[:place] + typed[place + 1 :]
        return self.visitor.get(f"/palette/?{urllib.parse.urlencode({'q': typed})}", JSON).milliseconds

    def poll(self) -> float:
        """Nothing is new, as at nearly every poll: the cursor is taken anew after what this visitor changed."""
        cursor = self.at.cursor
        answer = self.visitor.get(f"/live/?after={cursor}", "application/json")
        while answer.status == 200:
            found = re.search(r'"after": ?"([^"]+)"', answer.text)
            cursor = found[1] if found else cursor
            answer = self.visitor.get(f"/live/?after={cursor}", "application/json")
        return answer.milliseconds


def column_pages(visitor: Visitor, pipeline: int) -> list[str]:
    """Addresses of further pages of all columns, as the board asks for them while one scrolls."""
    board = visitor.get(f"/pipeline/{pipeline}/").text
    found = []
    for lane in re.split(r'data-cards-of="', board)[1:]:
        key = lane[: lane.index('"')]
        for _ in range(DEEP):
            after = re.search(r'data-after="([^"]+)"', lane)
            if after is None:
                break
            place = after[1].replace("&amp;", "&").replace("&#34;", '"').replace("&#39;", "'")
            found.append(f"/pipeline/{pipeline}/column/?{urllib.parse.urlencode({'lane': key, 'after': place})}")
            lane = visitor.get(found[-1]).text
    return found


def add_deal(visitor: Visitor, chance: random.Random) -> float:
    """By the one line of the board."""
    title = f"Bench {chance.randrange(10**9)} {chance.randrange(1, 90)}k"
    return visitor.post("/deals/add/", {"title": title, "board": "board"}).milliseconds


def adding(port: int, number: int, begin: float, seconds: float) -> tuple[list[float], int]:
    """One of several visitors: adds deals one after the other from `begin` on; how long each took, how many failed.

    Who signs in later than that, on a busy machine, begins later: all add for as long.
    """
    visitor, chance = Visitor(port).sign_in(EMAIL, PASSWORD), random.Random(number)
    times, errors = [], 0
    time.sleep(max(0.0, begin - time.time()))
    end = max(begin, time.time()) + seconds
    while time.time() < end:
        try:
            times.append(add_deal(visitor, chance))
        except (RuntimeError, OSError):
            errors += 1
    return times, errors
