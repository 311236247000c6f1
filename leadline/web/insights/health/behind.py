"""The deals behind those numbers of the five questions that are no metric's own."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import BadRequest
from django.utils.translation import gettext_lazy as _

from leadline.insights import ask, ask_health
from leadline.insights.health.verdict import Evidence
from leadline.web.insights.declaring import Column, Held
from leadline.web.insights.inquiry import Inquiry

WORTH = Column("worth", _("Should bring"), "money")


def behind(inquiry: Inquiry, column: str, labels: Mapping[str, str | None]) -> list[int] | Held:
    """By the key of the evidence. Raises BadRequest for one that opens nothing of its own."""
    found = ask_health.health(**inquiry.arguments(dated=False))
    if column == "expected_wins":
        return _standing(inquiry, found.answers[0].evidence)
    if column == "pressing":
        return [deal.deal for deal in found.pressing]
    if column == "pressing_worth":
        known = [deal for deal in found.pressing if deal.known]
        return Held((WORTH,), {deal.deal: {"worth": Decimal(repr(deal.worth))} for deal in known}, "worth")
    raise BadRequest("Behind this panel there are no such records.")


def _standing(inquiry: Inquiry, evidence: tuple[Evidence, ...]) -> list[int]:
    """What is open in the stages that the wins are expected of: now, as they are."""
    ids: list[int] = []
    for stage in (each for each in evidence if each.key == "there"):
        row = {name: label for name, label in stage.labels.items() if name != "as_of"}
        ids += ask.records_behind(stage.metric, row, pipeline=stage.pipeline, user=inquiry.user)
    return ids
