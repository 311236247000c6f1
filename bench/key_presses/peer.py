"""What Pipedrive's articles say one does, step by step; each step is one press or click, a drag is two.

Told of the web application, by the articles of its knowledge base as they were kept in November 2026: by their titles
in English and the date that each bears. Where an article leaves something open, the shortest way that it allows is
taken.
"""

from __future__ import annotations

from dataclasses import dataclass

PIPELINE = "Pipeline view: manage deals lifecycle (2026-03-27)"
CONVERT = "When should a lead become a deal? (2023-11-02)"
ACTIVITIES = "Activities (2024-06-17)"
LOST = "How can I enable predefined lost reasons? (2024-08-05)"
LEADS = "Leads vs. deals (2024-06-04)"
DELETE = "How can I delete items in Pipedrive? (without a date)"
DETAIL = "Detail view (without a date)"
GIVE = "How can I reassign items of a deactivated user? (without a date, its pictures are of 2017)"
NONE = "no article was found"


@dataclass(frozen=True)
class Flow:
    """The steps, the articles that tell them, and what those leave open."""

    steps: tuple[str, ...]
    source: str
    open: str = ""

    @property
    def presses(self) -> int:
        """A drag is two."""
        return sum(2 if step.startswith("drag") else 1 for step in self.steps)


FLOWS = {
    "add a deal": Flow(
        ("click “+ Deal”", "choose the contact, without which it cannot be saved", "click “Save”"), PIPELINE
    ),
    "log a call and plan the next": Flow(
        ("click the activity's circle", "click the date of the next", "choose the day", "click “Save”"),
        f"{ACTIVITIES}; {PIPELINE}",
        "counted as if the next were offered by itself; by the card of the deal it is two more; no outcome is asked",
    ),
    "move a deal": Flow(
        ("drag the card to the next column",), PIPELINE, "that a card is dragged is taken for granted there"
    ),
    "win a deal": Flow(
        ("drag the card to “Won”",),
        f"{PIPELINE}; {DELETE}",
        "the first says that one marks it won, the second that cards are dragged to the foot of the page; "
        "opened and marked there it is two as well",
    ),
    "lose a deal, with a reason": Flow(
        ("drag the card to “Lost”", "click the list of reasons", "choose one", "click “Mark as lost”"),
        LOST,
        "it begins at the question for the reason; how one comes there is taken from winning",
    ),
    "find a person": Flow(
        ("click the search box", "click the name in the list"), NONE, "by keyboard it would be two as well"
    ),
    "write a note": Flow(
        ("click the deal", "click “Notes”", "click “Save”"),
        f"{PIPELINE}; {DETAIL}",
        "both say where notes are written; for the two clicks there no article was found",
    ),
    "plan an activity anew": Flow(
        ("click the activity", "click its date", "choose the day", "click “Save”"),
        ACTIVITIES,
        "for changing one no steps were found; if it can be dragged in the calendar it is two",
    ),
    "convert a lead": Flow(("click the lead", "click “Convert to deal”", "click “Save”"), f"{CONVERT}; {LEADS}"),
    "give many deals to somebody else": Flow(
        (
            "tick the box of all",
            "open the field “Owner”",
            "choose to replace what is there",
            "open the list of people",
            "choose who",
            "click “Update”",
        ),
        GIVE,
    ),
}
