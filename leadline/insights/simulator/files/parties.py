"""Files of the firms that buy, and of the people in them. Built from numbers: an account's is that of its firm."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from leadline.insights.simulator.columns import Whole, at, chosen, either, joined, mixed, numbered, picked, times
from leadline.insights.simulator.company import NOBODY, Batch
from leadline.insights.simulator.naming import addresses, firm_names, hosts, person_names
from leadline.insights.simulator.words import firms
from leadline.insights.simulator.words.people import JOBS

CONTACTS = 3  # at most in a firm
NOTHING = pa.scalar(None, pa.string())
WITHOUT_DOMAIN, BY_TELEPHONE_ONLY, WITH_TELEPHONE = 0.04, 0.07, 0.7


class Parties:
    """The firms met in a batch: their names, asked for by account."""

    def __init__(self, batch: Batch, seed: int) -> None:
        self.first = batch.first_account
        self.numbers = np.arange(batch.first_account, batch.first_account + batch.accounts, dtype=np.int64)
        self.names, self.trade = firm_names(self.numbers, seed)
        self.seed = seed
        self.contacts = _contacts(batch)
        self.since = _since(batch)

    def firm(self, accounts: Whole) -> Any:
        """What the firms are called."""
        return at(self.names, accounts - self.first)

    def building(self, accounts: Whole) -> Any:
        """What kind of building is to be measured."""
        return picked([one.building for one in firms.TRADES], self.trade[accounts - self.first])

    def person(self, accounts: Whole, contacts: Whole) -> Any:
        """What people at the firms are called; null for nobody."""
        return either(contacts != NOBODY, person_names(place(accounts, contacts), self.seed), NOTHING)


def place(accounts: Whole, contacts: Whole) -> Whole:
    """The number of a person: accounts have room for three each."""
    found: Whole = accounts.astype(np.int64) * CONTACTS + np.maximum(contacts, 0)
    return found


def organizations(parties: Parties) -> pa.Table:
    """Whoever has been spoken with."""
    numbers = parties.numbers
    street = picked(firms.STREETS, mixed(numbers, 1, len(firms.STREETS)))
    town = joined(
        picked(firms.PLACES, mixed(numbers, 2, len(firms.PLACES))),
        picked(firms.ENDINGS[1:], mixed(numbers, 3, len(firms.ENDINGS) - 1)),
    )
    return pa.table(
        {
            "Company ID": numbered("C", numbers),
            "Company": parties.names,
            "Domain": _hosts(parties),
            "Industry": picked([one.industry for one in firms.TRADES], parties.trade),
            "Address": joined(numbered("", 1 + mixed(numbers, 4, 90)), " ", street, ", ", town),
            "Created": times(parties.since),
        }
    )


def people(parties: Parties) -> pa.Table:
    """The people in them."""
    numbers = np.repeat(parties.numbers, parties.contacts)
    first = np.cumsum(parties.contacts) - parties.contacts
    contact = np.arange(len(numbers)) - np.repeat(first, parties.contacts)
    who = place(numbers, contact)
    names = person_names(who, parties.seed)
    known = ~chosen(who, 5, BY_TELEPHONE_ONLY)
    inside = numbers - parties.first
    phones = joined("+1 555 ", numbered("", 100 + mixed(who, 6, 900)), " ", numbered("", 1000 + mixed(who, 7, 9000)))
    return pa.table(
        {
            "Contact ID": numbered("P", who),
            "Name": names,
            "E-mail": either(known, addresses(names, at(_hosts(parties), inside)), NOTHING),
            "Phone": either(chosen(who, 8, WITH_TELEPHONE) | ~known, phones, NOTHING),
            "Job title": picked(JOBS, mixed(who, 9, len(JOBS))),
            "Company ID": numbered("C", numbers),
            "Created": times(parties.since[inside]),
        }
    )


def _hosts(parties: Parties) -> Any:
    return either(~chosen(parties.numbers, 10, WITHOUT_DOMAIN), hosts(parties.names), NOTHING)


def _contacts(batch: Batch) -> Whole:
    """How many people of each firm are known: all that a deal names, and one in any case."""
    named = np.ones(batch.accounts, np.int64)
    np.maximum.at(named, batch.deals.account - batch.first_account, batch.deals.contact.astype(np.int64) + 1)
    return named


def _since(batch: Batch) -> Whole:
    """When each firm was first met."""
    met = np.full(batch.accounts, np.iinfo(np.int64).max)
    np.minimum.at(met, batch.leads.account - batch.first_account, batch.leads.created)
    np.minimum.at(met, batch.deals.account - batch.first_account, batch.deals.created)
    return met
