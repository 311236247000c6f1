"""What Pipedrive's articles say one does, step by step; each step is one press or click, a drag is two.

Told of the web application. Where an article leaves something open, the shortest way that it allows is taken.
"""

from __future__ import annotations

from dataclasses import dataclass

CONVERT = "When should a lead become a deal? (2023-11-02)"
DEALS = "Deals: what they are and how to add them"
ACTIVITIES = "Activities (2024-06-17)"
LOST = "How can I enable predefined lost reasons? (2024-08-05)"
DETAIL = "Updating items in the detail view (2023-11-01)"
LEADS = "Leads vs. deals (2024-06-04)"


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
        ("click “+ Deal”", "choose the contact that the form needs", "click “Save”"),
        DEALS,
        "that the form asks for a contact stands in no article that was at hand; without it there are two steps",
    ),
    "log a call and plan the next": Flow(
        ("click the activity's circle", "click the date of the next", "choose the day", "click “Save”"),
        ACTIVITIES,
        "the outcome of a call is not asked for",
    ),
    "move a deal": Flow(("drag the card to the next column",), DEALS),
    "win a deal": Flow(("drag the card to “Won”",), DEALS, "or open it and click “Won”: two as well"),
    "lose a deal, with a reason": Flow(
        ("drag the card to “Lost”", "click the list of reasons", "choose one", "click “Mark as lost”"), LOST
    ),
    "find a person": Flow(("click the search box", "click the name in the list"), DETAIL, "by keyboard two as well"),
    "write a note": Flow(("click the deal", "click “Notes”", "click “Save”"), DETAIL),
    "plan an activity anew": Flow(
        ("click the activity", "click its date", "choose the day", "click “Save”"), ACTIVITIES
    ),
    "convert a lead": Flow(("click the lead", "click “Convert to deal”", "click “Save”"), f"{CONVERT}; {LEADS}"),
    "give many deals to somebody else": Flow(
        (
            "tick the box of all",
            "click the pencil",
            "open the field “Owner”",
            "choose to change it",
            "choose who",
            "save",
        ),
        "Bulk editing items in the list view",
        "the article was not at hand; the steps are those of the list's side panel",
    ),
}
