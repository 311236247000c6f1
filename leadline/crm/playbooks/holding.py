"""What deals have that playbooks may ask for: answers, people with their roles, files, activities that were done."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from leadline.crm.models import Answer, Deal, File, ItemKind, Participant
from leadline.crm.models.qualifying import Item

Done = dict[int, tuple[dt.datetime, int | None]]  # by type of activity: when one was done first, and whose it was
# Activities live on the floor above, which hangs itself in: of these deals, and of these types (None: of all).
DONE: list[Callable[[Collection[int], Collection[int] | None], dict[int, Done]]] = []


@dataclass
class Held:
    """What one deal has: answers by the keys of items, and what hangs on it, oldest first."""

    person_id: int | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    people: list[Participant] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    done: Done = field(default_factory=dict)

    def with_role(self, role: str) -> Participant | None:
        """Who takes part in this role, however it is written; in any, where none is asked for."""
        wanted = role.casefold()
        return next((each for each in self.people if not wanted or each.role.strip().casefold() == wanted), None)

    def file_for(self, key: str) -> File | None:
        """The file that was named for the item, or one that was named for none."""
        named = {answer.value: one for one, answer in self.answers.items() if type(answer.value) is int}
        own = next((file for file in self.files if named.get(file.pk) == key), None)
        return own or next((file for file in self.files if file.pk not in named), None)

    def done_of(self, type_id: int | None) -> tuple[dt.datetime, int | None] | None:
        """When an activity of the type, or of any, was done first, and whose it was."""
        if type_id is not None:
            return self.done.get(type_id)
        return min(self.done.values(), key=lambda each: each[0], default=None)


def held(deals: Collection[Deal], items: Iterable[Item]) -> dict[int, Held]:
    """What each of the deals has of what these items ask for; only that is read."""
    wanted = list(items)
    kinds = {item["kind"] for item in wanted}
    found = defaultdict(Held, {deal.pk: Held(person_id=deal.person_id) for deal in deals})
    ids = list(found)
    for answer in Answer.objects.kept().filter(deal__in=ids) if kinds else ():
        found[answer.deal_id].answers[answer.key] = answer
    if ItemKind.PERSON in kinds:
        taking_part = Participant.objects.kept().filter(deal__in=ids, person__deleted_at=None)
        for participant in taking_part.select_related("person").order_by("pk"):
            found[participant.deal_id].people.append(participant)
    if ItemKind.FILE in kinds:
        for file in File.objects.kept().filter(deal__in=ids).order_by("pk"):
            found[file.deal_id or 0].files.append(file)
    if ItemKind.ACTIVITY in kinds:
        asked = {item.get("type_id") for item in wanted if item["kind"] == ItemKind.ACTIVITY}
        types = None if None in asked else {pk for pk in asked if pk is not None}
        for done in DONE:
            for deal_id, by_type in done(ids, types).items():
                found[deal_id].done |= by_type
    return found
