"""What the example's stages ask for, in two versions each where something was learned (R2)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from leadline.accounts.actors import Actor
from leadline.activities.models import ActivityType
from leadline.crm.models import ItemKind, Playbook, Stage

FIRST, SECOND = dt.timedelta(days=400), dt.timedelta(days=120)  # before the last day
Item = dict[str, Any]
Books = dict[str, tuple[str, list[dict[str, str]], list[Item], list[Item]]]


def _item(key: str, name: str, kind: str, weight: int, **more: Any) -> Item:
    return {"key": key, "name": name, "kind": kind, "weight": weight, **more}


def _options(*told: tuple[str, str, int]) -> list[dict[str, Any]]:
    return [{"key": key, "name": name, "points": points} for key, name, points in told]


WHO = _item("who", "Stakeholders identified", ItemKind.TICK, 15, event=True,
            help="You know by name who decides, who signs and who may say no.")  # fmt: skip
BILL = _item(
    "bill", "Water bill of a year", ItemKind.NUMBER, 15, help="In euros. Ask the finance office, not the caretaker."
)
COUNT = _item("count", "Buildings", ItemKind.NUMBER, 10, required=True)
BUDGET = _item("budget", "Budget approved", ItemKind.TICK, 20, event=True)
MONEY = _item("money", "Where the money comes from", ItemKind.CHOICE, 15,
              options=_options(("own", "This year's budget", 100), ("next", "Next year's budget", 50),
                               ("open", "Nobody knows yet", 0)))  # fmt: skip
BY = _item("by", "Decision by", ItemKind.DATE, 10, required=True, help="Their day, not ours.")
CHOICE = _item("choice", "What the choice hangs on", ItemKind.TEXT, 10, required=True)
OTHERS = _item("others", "Other offers", ItemKind.CHOICE, 5,
               options=_options(("none", "None", 100), ("one", "One", 60), ("many", "Two or more", 20)))  # fmt: skip
CHAMPION = _item("champion", "Somebody who fights for us", ItemKind.PERSON, 10, role="champion")
TERMS = _item("terms", "Terms agreed", ItemKind.TICK, 20, event=True)
SHOWN = _item("shown", "Savings of the year shown", ItemKind.TICK, 20, event=True)

ASK = "<p>Ask what a burst pipe cost them last time, and who paid. Say nothing of meters yet.</p>"
COUNTING = "<p>Walk through the building together. Count inlets, not flats.</p>"
CHOOSING = "<p>Read the proposal out, page by page, to who decides. Never send it unread.</p>"
LINKS = [{"name": "Leak calculator", "href": "https://brightwater.example/leak-calculator"}]

# By stage: guidance, links, the items of the first version and what the second one added.
SALES: Books = {
    "Contacted": (ASK, LINKS, [WHO, BILL], []),
    "Meeting agreed": (COUNTING, [], [COUNT, BUDGET], [MONEY, BY]),
    "Proposal sent": (CHOOSING, [], [CHOICE, OTHERS], [CHAMPION]),
    "Close": ("", [], [TERMS], []),
}
RENEWALS: Books = {"Spoken with": ("", [], [SHOWN], [])}


def publish(by: Actor, now: dt.datetime) -> None:
    """The first version for a year, the second since four months."""
    sent = ActivityType.objects.kept().filter(name="Proposal").first()
    proposal = _item("sent", "Proposal sent", ItemKind.ACTIVITY, 15, event=True, type_id=sent.pk if sent else None)
    for pipeline, books in (("Sales", SALES), ("Renewals", RENEWALS)):
        stages = {stage.name: stage for stage in Stage.objects.kept().filter(pipeline__name=pipeline)}
        for name, (guidance, links, items, added) in books.items():
            first = [*items, proposal] if name == "Proposal sent" else items
            _version(by, stages[name], 1, now - FIRST, guidance, links, first)
            if added:
                _version(by, stages[name], 2, now - SECOND, guidance, links, [*first, *added])


def _version(
    by: Actor,
    stage: Stage,
    version: int,
    at: dt.datetime,
    guidance: str,
    links: list[dict[str, str]],
    items: list[Item],
) -> None:
    book = Playbook(stage=stage, version=version, guidance=guidance, links=links, items=items, published_at=at)
    book.add(by=by, at=at)
