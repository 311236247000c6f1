"""What numbers can be broken down by."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

CALENDAR = ("day", "week", "month", "quarter", "year", "fiscal_quarter", "fiscal_year")
PLAIN = ("revenue_type",)
NAMED = (
    "owner",
    "originator",
    "team",
    "source",
    "campaign",
    "product",
    "stage",
    "pipeline",
    "organization",
    "label",
    "lost_reason",
)
BUILT_IN = (*NAMED, *PLAIN, *CALENDAR)
OF_WORK = ("activity_type",)  # of activities, not of deals
OF_LEADS = ("lead_stage",)  # where a lead stood before it became a deal
ENDS = ("discard_reason", "competitor")  # why nothing came of a lead, and to whom a deal went
HANDING = ("giver", "taker", "giver_role", "taker_role", "lack")  # of hand-offs
PLAYBOOKS = ("playbook", "event")  # the version of one in force, and what happened on a deal by it
OTHERS = (*OF_WORK, *OF_LEADS, *ENDS, *HANDING, *PLAYBOOKS)
ROLES = ("giver_role", "taker_role")

# Who or what is compared, when numbers are broken down by it; stages and dates are not rivals.
COMPARED = (
    "owner", "originator", "giver", "taker", *ROLES, "team", "source", "campaign", "product", "organization",
    "revenue_type", "label",
)  # fmt: skip


@dataclass(frozen=True)
class Dimension:
    """One way to break numbers down. `field` is the key of a choice field of one's own, `several` if it holds many.

    `begins` is where the company's calendar is its own: the weekday of weeks, the month of fiscal years.
    """

    name: str
    field: str = ""
    several: bool = False
    begins: int = 0

    @property
    def compared(self) -> bool:
        """Whether its members are compared with the whole."""
        return self.name in COMPARED or bool(self.field)


class UnknownName(ValueError):
    """A metric or dimension that there is not; the text names the nearest there are."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        near = difflib.get_close_matches(name.lower(), names, n=3, cutoff=0.5) or names
        super().__init__(f"There is no {what} {name!r}. Try {', '.join(near)}.")


class UnknownDimension(UnknownName):
    """A dimension that there is not."""


class NotOfDeals(UnknownDimension):
    """A field that is no choice field of deals; the text says whose field it is."""

    def __init__(self, name: str, entity: str, kind: str) -> None:
        what = f"{name!r} is a {kind} field of deals" if entity == "deal" else f"{name!r} is a field of {entity}s"
        ValueError.__init__(self, f"{what}; numbers are broken down by choice fields of deals only.")


def find(name: str, own: Iterable[Dimension], others: Iterable[tuple[str, str, str]] = ()) -> Dimension:
    """The dimension of this name, built in or a choice field of one's own; case does not matter.

    `others` are fields that none can be broken down by: name, entity, kind. Raises UnknownDimension: NotOfDeals for one
    of those, else with the nearest names.
    """
    wanted = name.strip().lower()
    for dimension in (*(Dimension(built_in) for built_in in (*BUILT_IN, *OTHERS)), *own):
        if wanted in (dimension.name.lower(), dimension.name.lower().replace(" ", "_"), dimension.field or None):
            return dimension
    for field, entity, kind in others:
        if wanted in (field.lower(), field.lower().replace(" ", "_")):
            raise NotOfDeals(field, entity, kind)
    raise UnknownDimension("dimension", name, (*BUILT_IN, *(dimension.name for dimension in own)))
