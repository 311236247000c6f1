"""One person hands a lead, or a won deal, to another, who accepts it or gives it back with what it lacks (R39).

The giver keeps it until it is accepted. While it waits nobody else can be handed it; what becomes of it otherwise
(converted, discarded, parked) brings the wait to an end: `crm.offered`.
"""

from leadline.crm.handing_off.answering import accept, answers, give_back, may_withdraw, withdraw
from leadline.crm.handing_off.handing import hand
from leadline.crm.handing_off.waiting import returned_to, waiting_for
from leadline.crm.handing_off.whom import Candidate, candidates, taker_for
from leadline.crm.offered import may_be_handed, waiting_of

__all__ = [
    "Candidate",
    "accept",
    "answers",
    "candidates",
    "give_back",
    "hand",
    "may_be_handed",
    "may_withdraw",
    "returned_to",
    "taker_for",
    "waiting_for",
    "waiting_of",
    "withdraw",
]
