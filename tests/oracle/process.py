"""Hand-offs, reasons, key events and versions of playbooks, slowly: out of the log, one record after the other."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from tests.oracle import visits as derived
from tests.oracle import work
from tests.oracle.leads import HOUR, response
from tests.oracle.states import State, history, moment

Fact = dict[str, Any]
Record = dict[str, Any]
NAMED = {"owner": "user", "giver": "user", "taker": "user"}


class Process:
    """What a log says as of a moment."""

    def __init__(self, rows: list[Any], until: dt.datetime) -> None:
        self.rows, self.until = rows, until
        self.leads = {pk: state for pk, state in self.last("lead").items() if not state.gone}
        self.deals = {pk: state for pk, state in self.last("deal").items() if not state.gone}

    def last(self, entity: str) -> dict[int, State]:
        return {pk: states[-1] for pk, states in history(self.rows, entity, self.until).items()}

    def name(self, dimension: str, record: Any) -> Any:
        if record is None or dimension in ("giver_role", "taker_role", "event", "playbook", "competitor"):
            return record
        return history(self.rows, NAMED.get(dimension, dimension), dt.datetime.max)[record][-1].name

    def answer(self, metric: str, *by: str) -> dict[tuple, Record]:
        """Labels to row."""
        facts = list(FACTS[metric](self))
        groups: dict[tuple, list[Fact]] = defaultdict(list)
        if not by:
            groups[()] = []
        for fact in facts:
            groups[tuple(self.name(one, fact.get(one)) for one in by)].append(fact)
        return {labels: SUMMARIES[metric](self, group, facts, by, labels) for labels, group in groups.items()}


def holds(process: Process) -> list[tuple[int, int | None, dt.datetime | None, dt.datetime | None]]:
    """(lead, whose, since, until): each time that somebody got a lead while it was open, or had it at first."""
    rows, until = process.rows, process.until
    taken_back = {row[11] for row in rows if row[6] == "lead" and dt.datetime.fromisoformat(row[2]) <= until}
    slips = {(row[7], dt.datetime.fromisoformat(row[2])) for row in rows if row[6] == "lead" and row[0] in taken_back}
    found: list[tuple] = []
    for lead, states in history(rows, "lead", until).items():
        spans: list[list[Any]] = []
        for state in states:
            if (lead, state.since) in slips:
                continue
            if spans and spans[-1][0] == state.owner_id:
                continue
            if spans:
                spans[-1][2] = state.since
            spans.append([state.owner_id, state.since if spans else None, None, state.status])
        for owner, since, end, status in spans:
            if (since is None or status == "open") and (owner is not None or end is None):
                found.append((lead, owner, since, end))
    return found


def answers(process: Process) -> Iterable[Fact]:
    touched = work.touches(process.rows, process.until)
    for lead, owner, got, end in holds(process):
        state = process.leads.get(lead)
        since = got or (state and moment(state.created_at))
        if state is None or since is None:
            continue
        about = (state.deal_id,) if state.deal_id else ()
        own = [t[2] for t in touched if owner and t[4] == owner and (t[1] == lead or t[0] in about)]
        own = [at for at in own if at >= since and (end is None or at < end)]
        yield {
            "owner": owner,
            "source": state.source_id,
            "hours": (min(own) - since) / HOUR if own else None,
            "waited": (process.until - since) / HOUR,
        }


def handed(process: Process, kind: str = "lead") -> Iterable[Fact]:
    for pk, off in process.last("hand_off").items():
        record = (process.leads if kind == "lead" else process.deals).get(off.values.get(f"{kind}_id"))
        if off.gone or off.state == "withdrawn" or record is None:
            continue
        at = moment(off.handed_at)
        answered = moment(off.answered_at)
        yield {
            "id": pk, "state": off.state, "lacks": off.lacks or [None], "giver": off.giver_id, "taker": off.taker_id,
            "owner": off.taker_id, "giver_role": off.giver_role, "taker_role": off.taker_role,
            "source": record.source_id, "hours": (answered - at) / HOUR if off.state == "accepted" else None,
            "waited": (process.until - at) / HOUR,
        }  # fmt: skip


def accepted_or_waiting(process: Process) -> Iterable[Fact]:
    return (fact for fact in handed(process) if fact["state"] != "returned")


def lacking(process: Process) -> Iterable[Fact]:
    for fact in handed(process):
        if fact["state"] == "returned":
            yield from ({**fact, "lack": lack} for lack in fact["lacks"])


def ended(kind: str, status: str, reason: str, told: str = "") -> Any:
    def facts(process: Process) -> Iterable[Fact]:
        records = (process.leads if kind == "lead" else process.deals).items()
        names = _most_written(state.values.get(told) for _pk, state in records if state.status == status)
        for pk, state in records:
            if state.status == status:
                own = {reason: state.values.get(f"{reason}_id")}
                own |= {told: names.get(str(state.values.get(told) or "").strip().lower())} if told else {}
                yield {"id": pk, "owner": state.owner_id, "source": state.source_id, **own}

    return facts


def _most_written(names: Iterable[Any]) -> dict[str, str]:
    """In small letters -> as most write it."""
    times = Counter(str(name).strip() for name in names if name and str(name).strip())
    found: dict[str, str] = {}
    for name in sorted(times, key=lambda each: (-times[each], each)):
        found.setdefault(name.lower(), name)
    return found


def versions(process: Process) -> list[tuple[dt.datetime, int, int, list[Any]]]:
    """(published, stage, version, items) of what is published, the earliest first."""
    books = process.last("playbook").values()
    told = [(moment(book.published_at), book.stage_id, book.version, book.items) for book in books if not book.gone]
    return sorted((one for one in told if one[0] and one[0] <= process.until), key=lambda one: (one[0], one[2]))


def events(process: Process) -> Iterable[Fact]:
    items: dict[str, tuple[int, dict[str, Any]]] = {}
    for _at, _stage, version, asked in versions(process):
        for item in asked:
            if item["key"] not in items or items[item["key"]][0] < version:
                items[item["key"]] = (version, item)
    answered = history(process.rows, "answer", process.until)
    for deal, state in process.deals.items():
        had = set()
        for key, (_version, item) in items.items():
            if item["event"] and _had(process, deal, key, item, answered):
                had.add(item["name"])
        yield from ({"deal": deal, "event": name, "owner": state.owner_id, "source": state.source_id} for name in had)


def _had(process: Process, deal: int, key: str, item: dict[str, Any], answered: dict[int, list[State]]) -> bool:
    if item["kind"] == "activity":
        return any(
            each.deal_id == deal and each.type_id == item["type_id"] and moment(each.done_at) <= process.until
            for each in process.last("activity").values()
        )
    if item["kind"] == "person":
        wanted = item["role"].strip().lower()
        joined = [each for each in process.last("participant").values() if each.deal_id == deal]
        if not wanted and process.deals[deal].person_id:
            return True
        return any(not wanted or each.role.strip().lower() == wanted for each in joined)
    last = [states[-1] for states in answered.values()]
    if item["kind"] == "file":
        named = {each.values.get("value"): each.key for each in last if each.deal_id == deal}
        own = [pk for pk, each in process.last("file").items() if each.deal_id == deal]
        return any(named.get(pk, key) == key for pk in own)
    return any((each.deal_id, each.key) == (deal, key) and _said(each.values.get("value")) for each in last)


def _said(value: Any) -> bool:
    return value is not None and value is not False and value != ""


def passed(process: Process) -> Iterable[Fact]:
    for entry in derived.passages(process.rows, process.until):
        label = None
        for at, stage, version, _items in versions(process):
            if stage == entry.stage and entry.entered and at <= entry.entered:
                label = f"{process.name('stage', stage)}, version {version}"
        yield {"playbook": label, "stage": entry.stage, "outcome": entry.outcome, "owner": entry.owner}


def _within(reason: str) -> Any:
    def told(process: Process, group: list[Fact], facts: list[Fact], by: tuple, labels: tuple) -> Record:
        others = [(one, label) for one, label in zip(by, labels, strict=True) if one != reason]
        whole = [fact for fact in facts if all(process.name(one, fact.get(one)) == label for one, label in others)]
        k, n = len({fact["id"] for fact in group}), len({fact["id"] for fact in whole})
        return {"numerator": k, "n": n, "value": k / n if n else None}

    return told


def _share(_process: Process, group: list[Fact], *_rest: Any) -> Record:
    k = sum(fact["state"] == "accepted" for fact in group)
    n = k + sum(fact["state"] == "returned" for fact in group)
    return {"numerator": k, "n": n, "pending": len(group) - n, "value": k / n if n else None}


def _conversion(_process: Process, group: list[Fact], *_rest: Any) -> Record:
    k = sum(fact["outcome"] == "advanced" for fact in group)
    n = k + sum(fact["outcome"] == "failed" for fact in group)
    return {"numerator": k, "n": n, "pending": len(group) - n, "value": k / n if n else None}


def _count(_process: Process, group: list[Fact], *_rest: Any) -> Record:
    return {"value": len(group), "n": len(group)}


def _response(_process: Process, group: list[Fact], *_rest: Any) -> Record:
    return response(group)


FACTS: dict[str, Any] = {
    "response_time": answers,
    "hand_offs": handed,
    "hand_offs_accepted": handed,
    "deal_hand_offs_accepted": lambda process: handed(process, "deal"),
    "time_to_accept": accepted_or_waiting,
    "return_reasons": lacking,
    "lost_reasons": ended("deal", "lost", "lost_reason"),
    "lost_to": ended("deal", "lost", "lost_reason", "competitor"),
    "discard_reasons": ended("lead", "discarded", "discard_reason"),
    "key_events": events,
    "playbook_conversion": passed,
}
SUMMARIES: dict[str, Any] = {
    "response_time": _response,
    "hand_offs": _count,
    "hand_offs_accepted": _share,
    "deal_hand_offs_accepted": _share,
    "time_to_accept": _response,
    "return_reasons": _within("lack"),
    "lost_reasons": _within("lost_reason"),
    "lost_to": _within("competitor"),
    "discard_reasons": _within("discard_reason"),
    "key_events": _count,
    "playbook_conversion": _conversion,
}
