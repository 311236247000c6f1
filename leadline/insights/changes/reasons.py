"""Why open value comes and goes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """One bar: its name, and the SQL condition under which a step from one state (`was_…`) to the next is of it."""

    name: str
    condition: str


# A step goes from a state that counts, or does not, to one that does, or does not. The first reason that fits is its.
COMES = (
    Reason("added", "was_status IS NULL"),
    Reason("restored", "was_gone"),
    Reason("reopened", "was_status <> 'open'"),
    Reason("moved_in", "NOT was_here"),
    Reason("handed_in", "NOT was_theirs"),
    Reason("dated_in", "true"),
)
GOES = (
    Reason("merged", "gone AND merged_into IS NOT NULL"),
    Reason("deleted", "gone"),
    Reason("won", "status = 'won'"),
    Reason("lost", "status = 'lost'"),
    Reason("parked", "status <> 'open'"),
    Reason("moved_out", "NOT here"),
    Reason("handed_out", "NOT theirs"),
    Reason("dated_out", "true"),
)
STAYS = (
    Reason("revalued", "value IS DISTINCT FROM was_value OR currency IS DISTINCT FROM was_currency"),
    Reason("rerated", "true"),
)
# In the order in which they are told: what came in, what became of it, and what was only counted otherwise.
NAMES = (
    "added", "reopened", "restored", "moved_in", "handed_in", "dated_in", "won", "lost", "parked",
    "moved_out", "handed_out", "dated_out", "deleted", "merged", "revalued", "rerated",
)  # fmt: skip


def cases(reasons: tuple[Reason, ...]) -> str:
    """CASE … END that names the first reason that fits."""
    return "CASE " + " ".join(f"WHEN {reason.condition} THEN '{reason.name}'" for reason in reasons) + " END"
