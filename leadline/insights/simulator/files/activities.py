"""The file of activities: calls, e-mails, meetings, done and planned."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from leadline.insights.simulator.cast import Cast
from leadline.insights.simulator.columns import (
    DAY,
    Flags,
    Whole,
    chosen,
    either,
    joined,
    mixed,
    numbered,
    picked,
    times,
)
from leadline.insights.simulator.company import NEVER, NOBODY, Activities, Batch, Work
from leadline.insights.simulator.files.parties import Parties, place
from leadline.insights.simulator.words.work import ANSWERED, NOTES, OUTCOMES, PROPOSAL, REPLIES, SUBJECTS, TYPES

PROPOSED = 3  # the stage from which on a task may be a proposal
NOTED, QUOTED, SAID_HOW = 0.06, 0.5, 0.85


def activities(cast: Cast, batch: Batch, parties: Parties, first: int) -> pa.Table:
    """Numbered from `first`. An answer that came is written beside the e-mail it answers."""
    some = batch.activities
    numbers = first + np.arange(len(some))
    account, contact = _buyer(batch)
    kind = kinds(batch, numbers)
    done: Flags = some.done != NEVER
    return pa.table(
        {
            "Activity ID": numbered("A", numbers),
            "Type": picked(TYPES, kind),
            "Subject": _subjects(kind, numbers, parties, account, contact),
            "Deal ID": numbered("D", batch.first_deal + some.deal, some.deal == NOBODY),
            "Lead ID": numbered("L", batch.first_lead + some.lead, some.lead == NOBODY),
            "Contact ID": numbered("P", place(account, contact), contact == NOBODY),
            "Owner": cast.emails(some.owner),
            "Created": times(some.created),
            "Due": times(np.where(done, some.due, in_office(some.due)), some.due == NEVER),
            "Done at": times(some.done, ~done),
            "Minutes": pa.array(some.minutes.astype(np.int32), pa.int32(), mask=~done | (some.minutes <= 0)),
            "Outcome": _outcomes(some, kind, numbers, done),
            "Note": _notes(some, numbers, done),
        }
    )


def _buyer(batch: Batch) -> tuple[Whole, Whole]:
    """(account, contact) of each activity: those of its deal, else of its lead; the lead's first contact."""
    some = batch.activities
    deal, lead = np.maximum(some.deal, 0), np.maximum(some.lead, 0)
    on_deal = some.deal != NOBODY
    account = np.where(on_deal, _at(batch.deals.account, deal), _at(batch.leads.account, lead))
    return account, np.where(on_deal, _at(batch.deals.contact, deal), 0)


def in_office(moments: Whole) -> Whole:
    """The same days between eight and five: nobody plans a call for the night."""
    found: Whole = moments // DAY * DAY + 8 * 3600 + moments % DAY * 9 // 24 // 900 * 900
    return found


def _at(values: Any, places: Any) -> Any:
    """The values at these places; where there are none at all, a place says nothing."""
    return values[places] if len(values) else np.zeros(len(places), np.int64)


def kinds(batch: Batch, numbers: Whole) -> Whole:
    """A place in TYPES; every second task on a deal that got that far was to send a proposal."""
    some = batch.activities
    stage = np.where(some.deal == NOBODY, 0, _at(batch.deals.stage, np.maximum(some.deal, 0)))
    proposal = (some.kind == Work.TASK) & (stage >= PROPOSED) & chosen(numbers, 40, 0.5)
    return np.where(proposal, PROPOSAL, some.kind)


def _subjects(kind: Whole, numbers: Whole, parties: Parties, account: Whole, contact: Whole) -> Any:
    """Each of its type, with the person in it, or with the firm where that is meant or nobody is known."""
    flat = [text.replace("{person}", "{firm}|") for name in TYPES for text in SUBJECTS[name]]
    counts = np.array([len(SUBJECTS[name]) for name in TYPES])
    which = (np.cumsum(counts) - counts)[kind] + mixed(numbers, 41, 1 << 20) % counts[kind]
    before, behind = zip(*(text.split("{firm}") for text in flat), strict=True)
    person = np.array([text.startswith("|") for text in behind])[which] & (contact != NOBODY)
    named = either(person, parties.person(account, np.maximum(contact, 0)), parties.firm(account))
    return joined(picked(before, which), named, picked([text.removeprefix("|") for text in behind], which))


def _outcomes(some: Activities, kind: Whole, numbers: Whole, done: Flags) -> Any:
    flat = [text for name in TYPES for text in OUTCOMES[name]]
    counts = np.array([len(OUTCOMES[name]) for name in TYPES])
    which = (np.cumsum(counts) - counts)[kind] + mixed(numbers, 42, 1 << 20) % counts[kind]
    which = np.where((some.replied != NEVER) & (kind == Work.EMAIL), len(flat), which)
    return picked([*flat, ANSWERED], which, ~done | ~chosen(numbers, 43, SAID_HOW))


def _notes(some: Activities, numbers: Whole, done: Flags) -> Any:
    """What the buyer answered, or what the seller learned."""
    answered = (some.replied != NEVER) & chosen(numbers, 44, QUOTED)
    which = np.where(answered, len(NOTES) + mixed(numbers, 45, len(REPLIES)), mixed(numbers, 46, len(NOTES)))
    return picked((*NOTES, *REPLIES), which, ~answered & (~done | ~chosen(numbers, 47, NOTED)))
