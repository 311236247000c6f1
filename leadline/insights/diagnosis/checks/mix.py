"""A person who converts less because of what they are given, not of what they do with it (R18)."""

from __future__ import annotations

from leadline.insights.diagnosis.finding import Act, Candidate, Fact, Opens, Place
from leadline.insights.diagnosis.people.favouring import worst_dealt
from leadline.insights.diagnosis.people.mixes import Mixes
from leadline.insights.diagnosis.people.telling import label, rows, share
from leadline.insights.fitted.fitted import Fitted
from leadline.insights.ledger.ledger import Ledger, Revenue, Status


def check(ledger: Ledger, fitted: Fitted | None) -> list[Candidate]:
    """The person here whose mix costs most (`people.favouring`).

    It is worth no money: dealt otherwise, the weak deals are weak in other hands. Worth is what is said of the source.
    """
    dealt = worst_dealt(ledger)
    found, row = dealt.mixes, dealt.row
    facts = _facts(ledger, found, row, dealt.source)
    one = Candidate(
        "mix",
        Place(source=dealt.source, person=dealt.person),
        dealt.p,
        float(found.cost[row]),
        1 - dealt.p,
        None,
        facts,
        Act("source", facts[0].opens, "source_share", float(found.others[row, dealt.source])),
        scope="mix",
        explains=("weak_person",),
    )
    return [one]


def _facts(ledger: Ledger, found: Mixes, row: int, source: int) -> tuple[Fact, ...]:
    who, stream = label(ledger, "owner", int(found.owner[row])), label(ledger, "source", source)
    given = found.given.sum() - found.given[row]
    own = found.share[row, source] * found.given[row], found.given[row]
    team = found.others[row, source] * given, given
    won, decided = found.won.sum(axis=1), found.decided.sum(axis=1)
    rest = won.sum() - won[row], decided.sum() - decided[row]
    weak = found.won[:, source].sum(), found.decided[:, source].sum()
    as_given = float((found.decided[row] * found.rate[row]).sum() / max(decided[row], 1))
    deals = ledger.deals
    theirs = (deals.owner == found.owner[row]) & (deals.revenue == Revenue.NEW) & (deals.status != Status.OPEN)
    return (
        share("weak_source_share", *own, team, Opens("deals_added", "", {"owner": who, "source": stream})),
        share("own_win_rate", won[row], decided[row], rest, Opens("win_rate", "", {"owner": who})),
        Fact("expected_win_rate", as_given, "share", round(decided[row]), deals=rows(theirs)),
        share("source_win_rate", *weak, (won.sum() - weak[0], decided.sum() - weak[1]), _of_source(stream)),
    )


def _of_source(name: str | None) -> Opens:
    return Opens("win_rate", "", {"source": name})
