"""What the words mean with which the simulated sellers say what came of an activity."""

from __future__ import annotations

from leadline.accounts.actors import Actor
from leadline.activities.models import CountsAs, Outcome

WORDS = (
    ("No answer", CountsAs.NO_ANSWER),
    ("Call back", CountsAs.REACHED),
    ("Answered", CountsAs.REACHED),
    ("Talked", CountsAs.CONVERSATION),
    ("Meeting booked", CountsAs.CONVERSATION),
    ("Next step agreed", CountsAs.CONVERSATION),
    ("Wants a proposal", CountsAs.CONVERSATION),
    ("Good fit", CountsAs.CONVERSATION),
    ("Convinced", CountsAs.CONVERSATION),
    ("Questions left", CountsAs.CONVERSATION),
    ("Sent, walked through it", CountsAs.CONVERSATION),
    ("Postponed", CountsAs.REACHED),
    ("Sent", ""),
    ("Done", ""),
)


def add_outcomes(by: Actor) -> None:
    """Where there are none yet."""
    if not Outcome.objects.exists():
        for position, (name, counts_as) in enumerate(WORDS):
            Outcome(name=name, position=position, counts_as=counts_as).add(by=by)
