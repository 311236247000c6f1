"""What developers handed to closers: accepted, given back with what it lacked, waiting since yesterday (R39)."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from itertools import cycle

from leadline.accounts.actors import Actor
from leadline.accounts.models import Role, SalesRole, User
from leadline.crm.models import Deal, HandOff, HandOffState, Lack, Lead
from leadline.imports.example.process.writing import Made, change, create, named
from leadline.imports.example.signing_in import SIGN_INS

SPAN = dt.timedelta(days=365)
HOUR, ANSWER_IN = dt.timedelta(hours=1), dt.timedelta(hours=24)
LACKS = ("Nobody who decides", "No budget", "No date", "Wrong kind of building", "Cannot be reached")
OFTEN = (5, 3, 3, 1, 1)  # how often each of them
CARELESS = {"Jude Okoro": 0.34, "Kaya Demir": 0.1}  # share that comes back; of the others:
USUALLY = 0.17
SLOW = "Edith Moran"  # takes days to answer
NOTES = ("Met them at the fair, wants a price by May.", "Asked for you by name.", "Two hotels, a third is planned.", "")
WAITING = 7  # for each of those who sign in


def hand(by: Actor, now: dt.datetime, chance: random.Random) -> None:
    """Of the last year: leads that became deals, some at the second try; qualified ones that came to nothing."""
    lacks = [named(Lack, name, by, now - SPAN).pk for name in LACKS]
    taken = _accepted(now, chance)
    returned = [_first_try(one, at, chance) for one, at in taken if chance.random() < _comes_back(one)]
    returned += _given_up(now, chance)
    create(returned, by)  # answered before the next ones: a lead waits for one person at a time
    change(
        [(one, _answered(one, at, chance)) for one, at in returned],
        by,
        lambda _one, at: _return(at, _lacking(lacks, chance)),
    )
    create(taken, by)
    change([(one, _answered(one, at, chance)) for one, at in taken], by, _accept)
    create(_waiting(now, chance), by)
    _customers(by, now, chance)


def _customers(by: Actor, now: dt.datetime, chance: random.Random) -> None:
    """Won deals go to those who look after customers, who take nearly all of them."""
    keepers = cycle(User.objects.filter(sales_role=SalesRole.ACCOUNT_MANAGER, left_on=None).order_by("pk"))
    won = Deal.objects.kept().filter(status="won", closed_at__gte=now - SPAN, pipeline__position=0).exclude(owner=None)
    made = []
    for deal in won.select_related("owner").order_by("pk"):
        at, keeper = (deal.closed_at or now) + chance.uniform(1, 60) * HOUR, next(keepers)
        if deal.owner_id != keeper.pk and at < now - 4 * ANSWER_IN and chance.random() < 0.7:
            made.append(_offer(deal, deal.owner, keeper, at, chance))
    create(made, by)
    taken = [chance.random() < 0.92 for _one in made]
    times = [(one, at + chance.uniform(1, 60) * HOUR) for one, at in made]
    change([one for one, yes in zip(times, taken, strict=True) if yes], by, _accept)
    change([one for one, yes in zip(times, taken, strict=True) if not yes], by, lambda _one, at: _return(at, []))


def _accepted(now: dt.datetime, chance: random.Random) -> list[Made]:
    leads = Lead.objects.kept().filter(status="converted", closed_at__gte=now - SPAN, deal__owner__isnull=False)
    rows = leads.exclude(owner=None).select_related("owner", "deal__owner").order_by("pk")
    found = []
    for lead in rows:
        if lead.deal and lead.deal.owner and lead.owner and lead.closed_at and lead.deal.owner_id != lead.owner_id:
            taker = lead.deal.owner
            hours = chance.uniform(20, 90) if taker.name == SLOW else chance.expovariate(1 / 7) + 0.1
            at = max(lead.closed_at - hours * HOUR, lead.created_at or lead.closed_at)
            found.append(_offer(lead, lead.owner, taker, at, chance))
    return found


def _first_try(one: HandOff, at: dt.datetime, chance: random.Random) -> Made:
    """The same, days before: it came back then."""
    assert one.lead is not None
    assert one.giver is not None
    before = max(at - chance.uniform(2, 12) * ANSWER_IN, one.lead.created_at or at)
    return _offer(one.lead, one.giver, one.taker, before, chance)


def _given_up(now: dt.datetime, chance: random.Random) -> list[Made]:
    """Qualified leads that a closer did not want, and that were discarded."""
    leads = Lead.objects.kept().filter(status="discarded", stage="sql", closed_at__gte=now - SPAN)
    leads = leads.filter(owner__carries_quota=False)
    closers = cycle(_closers())
    rows = leads.select_related("owner").order_by("pk")
    days = dt.timedelta(days=3)
    return [
        _offer(lead, lead.owner, next(closers), max(lead.closed_at - days, lead.created_at or lead.closed_at), chance)
        for lead in rows
        if lead.owner and lead.closed_at
    ]


def _waiting(now: dt.datetime, chance: random.Random) -> list[Made]:
    """Since yesterday, for those who sign in; some of them too long already."""
    open_ones = Lead.objects.kept().filter(status="open", stage="sql").exclude(owner=None).select_related("owner")
    leads = list(open_ones.filter(owner__carries_quota=False).order_by("-created_at", "pk"))
    takers = [User.objects.get(email=SIGN_INS[place].email) for place in (2, 0, 1)]
    pairs = zip(leads[: WAITING * len(takers)], cycle(takers), strict=False)
    return [_offer(lead, lead.owner, taker, now - chance.uniform(2, 40) * HOUR, chance) for lead, taker in pairs]


def _offer(record: Lead | Deal, giver: User, taker: User, at: dt.datetime, chance: random.Random) -> Made:
    one = HandOff(
        lead=record if isinstance(record, Lead) else None,
        deal=record if isinstance(record, Deal) else None,
        giver=giver,
        taker=taker,
        giver_role=giver.sales_role,
        taker_role=taker.sales_role,
        handed_at=at,
        due_at=at + ANSWER_IN,
        note=chance.choice(NOTES) if isinstance(record, Lead) else "",
    )
    return one, at


def _closers() -> Sequence[User]:
    return list(User.objects.filter(role=Role.SELLER, carries_quota=True, left_on=None).order_by("pk"))


def _comes_back(one: HandOff) -> float:
    return CARELESS.get(str(one.giver), USUALLY)


def _answered(one: HandOff, at: dt.datetime, chance: random.Random) -> dt.datetime:
    if one.lead and one.lead.status == "converted" and one.lead.closed_at and at > one.lead.closed_at - 5 * ANSWER_IN:
        return max(one.lead.closed_at, at)
    return at + chance.uniform(1, 30) * HOUR


def _accept(_one: HandOff, at: dt.datetime) -> dict[str, object]:
    return {"state": HandOffState.ACCEPTED, "answered_at": at}


def _return(at: dt.datetime, lacks: list[int]) -> dict[str, object]:
    return {"state": HandOffState.RETURNED, "answered_at": at, "lacks": lacks}


def _lacking(lacks: list[int], chance: random.Random) -> list[int]:
    return sorted(set(chance.choices(lacks, OFTEN, k=chance.choice((1, 1, 2)))))
