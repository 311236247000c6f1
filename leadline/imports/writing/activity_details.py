"""What rows of activities say besides who and what: day or time, what came of it, its weight, who took part."""

from datetime import date, datetime, time, tzinfo
from functools import cached_property

from leadline.accounts.models import User
from leadline.activities.models import Outcome, Priority
from leadline.activities.zones import at_clock, end_of_day, zone_of
from leadline.history.values import plain
from leadline.imports.planning.staging import Staged
from leadline.imports.writing.batch import State
from leadline.imports.writing.parties import Parties, participant_keys

DAY = len("2026-11-24")
PRIORITIES = {
    word: level
    for level, words in {
        Priority.LOW: "low",
        Priority.MEDIUM: "medium normal",
        Priority.HIGH: "high urgent highest",
    }.items()
    for word in words.split()
}


class Details:
    """Opened once for an import."""

    @cached_property
    def meanings(self) -> dict[str, str]:
        """What each word of the company's list counts as."""
        return {
            name.casefold(): counts_as for name, counts_as in Outcome.objects.kept().values_list("name", "counts_as")
        }

    @cached_property
    def zones(self) -> dict[int, tzinfo]:
        """Of those who have one of their own."""
        return {user.pk: zone_of(user) for user in User.objects.exclude(time_zone="").only("pk", "time_zone")}

    def of(self, row: Staged, parties: Parties, outcome: str) -> State:
        """What counts, where, how much it matters, and the contacts who took part: those who are known."""
        body = row.body
        found: State = {"counts_as": self.meanings.get(outcome.strip().casefold(), "")}
        found["place"] = body.get("place", "")[:255]
        found["priority"] = int(PRIORITIES.get(body.get("priority", "").strip().casefold(), Priority.NONE))
        people = {parties.people.get(key) for key, _text in participant_keys(row)}
        found["participant_ids"] = sorted(pk for pk in people if pk is not None)
        return {name: value for name, value in found.items() if value}

    def due(self, text: str, owner: int | None) -> State:
        """A time, or a day alone, which is over by its owner's clock."""
        if len(text) != DAY:
            return {"due_at": text}
        return {
            "due_on": text,
            "due_at": plain(end_of_day(date.fromisoformat(text), self.zones.get(owner or 0, zone_of(None)))),
        }


def began(text: str, zone: tzinfo) -> str:
    """A time; of a day alone its beginning."""
    return plain(at_clock(datetime.combine(date.fromisoformat(text), time()), zone)) if len(text) == DAY else text
