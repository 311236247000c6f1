"""Whether what was said first is what was planted: the right kind at the right place."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.insights.evaluate.diagnosis import Run, Said

# The kind that names each fault, and what of its place must be right.
RIGHT = {
    "fewer_leads": ("fewer_leads", ("source",)),
    "slow_response": ("slow_response", ()),
    "stage_conversion": ("stage_conversion", ("stage",)),
    "stage_time": ("stage_time", ("stage",)),
    "one_person_stage": ("weak_person", ("stage", "person")),
    "mix": ("mix", ("person",)),
    "unqualified": ("unqualified", ("person",)),
    "fluff": ("fluff", ()),
    "whale": ("whale", ()),
    "misattribution": ("attribution", ("source",)),
    "inbound_only": ("one_stream", ()),
    "ramp": ("slow_ramp", ()),
    "player_coach": ("player_coach", ("team",)),
    "values": ("small_deals", ()),
}
TOLD_APART = {"one_weak_seller": "weak_person", "leaky_stage": "stage_conversion", "mix_not_skill": "mix"}


def names(run: Run, said: Said) -> bool:
    """Whether this finding is the planted fault."""
    if run.fault not in RIGHT:
        return False
    kind, places = RIGHT[run.fault]
    return said.kind == kind and all(getattr(said.place, word) == getattr(run.planted, word) for word in places)


def hit(run: Run) -> bool:
    """The planted fault is the first finding; for a healthy company: nothing is found."""
    if not run.fault:
        return not run.said
    return bool(run.said) and names(run, run.said[0])


def found(run: Run) -> bool:
    """It is among the findings, at any place of the list."""
    return any(names(run, said) for said in run.said)


def first(run: Run) -> str:
    """The kind named first, with * where its place is another than the planted one; "nothing"."""
    if not run.said:
        return "nothing"
    said = run.said[0]
    right = RIGHT.get(run.fault, ("", ()))[0] == said.kind
    return said.kind + ("*" if right and not hit(run) else "")


def told_apart(runs: Sequence[Run]) -> tuple[int, int]:
    """(right, claimed): of runs with one of the three faults that are easily taken for each other.

    Claimed: the first of the three kinds that is said; right where it is the one planted.
    """
    right = claimed = 0
    for run in runs:
        planted = TOLD_APART.get(run.asked.scenario)
        said = next((one for one in run.said if one.kind in TOLD_APART.values()), None)
        if planted and said:
            claimed += 1
            right += names(run, said)
    return right, claimed
