"""What a planted fault does to the engine, in numbers; without a fault each of them changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from leadline.insights.simulator.company import MIDDLE, NOBODY, QUALIFYING, STAGES, Floats
from leadline.insights.simulator.parameters import OUTREACH, RAMP_MONTHS, RESPONSE_HOURS, SHARE, SOURCES, WEAKEST, WEB
from leadline.insights.simulator.scenarios import Scenario


@dataclass
class Forces:
    """From the day `begins` on (below 0: always). A factor is 1 and a share None where nothing is planted."""

    begins: float
    arriving: Floats = field(default_factory=lambda: np.ones(len(SOURCES)))  # of leads, by source
    response_hours: float = RESPONSE_HOURS
    lead_conversion: float = 1.0
    conversion: Floats = field(default_factory=lambda: np.ones(STAGES))  # everyone's
    subject_conversion: Floats = field(default_factory=lambda: np.ones(STAGES))
    subject_odds: Floats = field(default_factory=lambda: np.ones(STAGES))  # what they add is unqualified
    time: Floats = field(default_factory=lambda: np.ones(STAGES))
    ramp_months: float = RAMP_MONTHS  # of those hired in the last year
    mix: float | None = None  # share of the weakest source among the subject's deals
    mix_team: float = 1.0
    fluff: float | None = None
    fluff_days: int = 0
    whale: float | None = None
    whale_next: float = 1.0
    misattributed: float | None = None
    leads_own: float | None = None  # share of the first team's deals that its leader carries
    team_wins: float = 1.0  # of that team
    won_value: float = 1.0
    about: dict[str, int] = field(
        default_factory=dict
    )  # which person (1: the subject), stage, source, team it is about


def forces(scenario: Scenario, begins: float) -> Forces:
    """The numbers of a scenario."""
    found = Forces(begins)
    planted = {
        "": _nothing,
        "fewer_leads": _fewer_leads,
        "slow_response": _slow_response,
        "stage_conversion": _stage_conversion,
        "stage_time": _stage_time,
        "one_person_stage": _one_person_stage,
        "mix": _mix,
        "unqualified": _unqualified,
        "fluff": _fluff,
        "whale": _whale,
        "misattribution": _misattribution,
        "inbound_only": _inbound_only,
        "ramp": _ramp,
        "player_coach": _player_coach,
        "values": _values,
    }
    planted[scenario.fault](found, scenario.strength)
    return found


Strength = dict[str, float]


def _nothing(forces: Forces, strength: Strength) -> None:
    return


def _fewer_leads(forces: Forces, strength: Strength) -> None:
    forces.arriving[WEB] = strength["rate"]
    forces.about = {"source": WEB}


def _slow_response(forces: Forces, strength: Strength) -> None:
    forces.response_hours, forces.lead_conversion = strength["hours"], strength["conversion"]


def _stage_conversion(forces: Forces, strength: Strength) -> None:
    forces.conversion[MIDDLE] = strength["conversion"]
    forces.about = {"stage": MIDDLE}


def _stage_time(forces: Forces, strength: Strength) -> None:
    forces.time[MIDDLE] = strength["time"]
    forces.about = {"stage": MIDDLE}


def _one_person_stage(forces: Forces, strength: Strength) -> None:
    forces.subject_conversion[MIDDLE] = strength["conversion"]
    forces.about = {"stage": MIDDLE, "person": 1}


def _mix(forces: Forces, strength: Strength) -> None:
    forces.mix, forces.mix_team = strength["share"], strength["team_share"]
    forces.about = {"source": WEAKEST, "person": 1}


def _unqualified(forces: Forces, strength: Strength) -> None:
    forces.subject_odds[QUALIFYING] = strength["odds"]
    forces.about = {"stage": QUALIFYING, "person": 1}


def _fluff(forces: Forces, strength: Strength) -> None:
    forces.fluff, forces.fluff_days = strength["share"], int(strength["days"])


def _whale(forces: Forces, strength: Strength) -> None:
    forces.whale, forces.whale_next = strength["share"], strength["next"]


def _misattribution(forces: Forces, strength: Strength) -> None:
    forces.misattributed = strength["share"]
    forces.about = {"source": OUTREACH}


def _inbound_only(forces: Forces, strength: Strength) -> None:
    """Other sources are thinned until what is inbound has its share."""
    inbound = np.array([source.kind == "inbound" for source in SOURCES])
    before, share = SHARE[inbound].sum(), strength["share"]
    forces.arriving[~inbound] = before * (1 - share) / (share * (1 - before))


def _ramp(forces: Forces, strength: Strength) -> None:
    forces.ramp_months = strength["months"]


def _player_coach(forces: Forces, strength: Strength) -> None:
    forces.leads_own, forces.team_wins = strength["share"], strength["wins"]
    forces.about = {"team": 0}


def _values(forces: Forces, strength: Strength) -> None:
    forces.won_value = strength["value"]


def place(forces: Forces, word: str) -> int:
    """The stage, source or team it is about, or NOBODY."""
    return forces.about.get(word, NOBODY)
