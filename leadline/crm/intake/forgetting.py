"""What a person sent by doors goes when the person is forgotten: the arrivals, where they came from, what was noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import models
from django.utils.html import escape

from leadline.accounts.actors import SYSTEM, Actor
from leadline.crm.models import Arrival, Lead, Note, Person
from leadline.history import erasing, once
from leadline.history.models import Change

SHORTEST = 3  # characters of what is struck out of texts


def forget(person: Person, addresses: Sequence[str], doer: Actor) -> int:
    """Empties all that came from them, also what was held back; returns how many changes of the log were rewritten.

    That something came, by which door and when, stays. Must stand in the transaction that forgets the person.
    """
    arrivals, rewritten = list(_theirs(person, addresses)), 0
    for arrival in arrivals:
        words = sorted({word for word in _words(arrival.given) if len(word) >= SHORTEST}, key=len, reverse=True)
        rewritten += _strike(arrival, words, doer)
    Arrival.objects.filter(pk__in=[arrival.pk for arrival in arrivals]).update(given={}, origin={})
    for lead in Lead.objects.filter(person=person).exclude(origin={}):
        rewritten += erasing.erase(Lead.ENTITY, lead.pk, ["origin"], doer)
        Lead.objects.filter(pk=lead.pk).update(origin={})
    return rewritten


def _theirs(person: Person, addresses: Sequence[str]) -> Iterable[Arrival]:
    """Those that became or joined a lead of theirs, and those that name one of their addresses."""
    theirs = models.Q(lead__person=person)
    for address in addresses:
        theirs |= models.Q(given__icontains=address)
    return Arrival.objects.filter(theirs)


def _strike(arrival: Arrival, words: Sequence[str], doer: Actor) -> int:
    """What they wrote, out of the note that was made of it and out of the title of the lead."""
    struck, rewritten = list(dict.fromkeys([*words, *map(escape, words)])), 0
    act = once.marked(SYSTEM, f"arrival {arrival.pk}").act
    made = Change.objects.filter(act=act, entity=Note.ENTITY).values("record_id")
    for note in Note.objects.filter(pk__in=made):
        rewritten += erasing.strike(Note.ENTITY, note.pk, "text", struck, doer)
        Note.objects.filter(pk=note.pk).update(text=erasing.struck(note.text, struck))
    names = [word for word in words if arrival.lead and arrival.lead.title == word]
    if names and arrival.lead is not None and arrival.lead.organization is None:
        rewritten += erasing.strike(Lead.ENTITY, arrival.lead.pk, "title", names, doer)
        Lead.objects.filter(pk=arrival.lead.pk).update(title=erasing.struck(arrival.lead.title, names))
    return rewritten


def _words(given: Any) -> Iterator[str]:
    """All texts in what was sent, line by line, as notes hold them."""
    if isinstance(given, str):
        yield from (line.strip() for line in given.split("\n"))
    elif isinstance(given, dict | list):
        for one in given.values() if isinstance(given, dict) else given:
            yield from _words(one)
