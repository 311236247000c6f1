"""What the page Why shows: each finding with what is known of it, what may be done, and where its numbers come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from leadline.accounts.models import Role, User
from leadline.crm.models import KnownFinding
from leadline.insights import catalogue
from leadline.insights.ask_diagnosis import DIAGNOSIS, today
from leadline.insights.findings import following, recording
from leadline.insights.looking import once
from leadline.web.insights.ageing import kept_by, subject_of
from leadline.web.insights.declaring import Behind
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.why.following import Followed, followed
from leadline.web.insights.why.saying import Evidence, Said, said
from leadline.web.insights.why.words import ACTS

if TYPE_CHECKING:
    from leadline.insights.findings import told
    from leadline.insights.findings.told import Diagnosed, ToldFinding

KEPT = kept_by(DIAGNOSIS)
DRAFTED = ("rock", "coaching")


@dataclass(frozen=True)
class Number:
    """A number of the evidence, and the records behind it; `column` names them where no metric does."""

    said: Evidence
    opens: Behind | None
    column: str = ""


@dataclass(frozen=True)
class Act:
    """The one thing to do: what its button says, and where it leads; `opens` where that is records behind a number."""

    word: str
    href: str = ""
    opens: Number | None = None


@dataclass(frozen=True)
class Card:
    """A finding on the page. `row`: what is known of it, None where nothing is yet; `judges`: may dismiss it."""

    said: Said
    numbers: tuple[Number, ...]
    act: Act | None
    settings: str  # the address of its stage's settings, "" where it is about none or its reader may not
    row: KnownFinding | None
    judges: bool
    followed: Followed | None


def diagnosis(inquiry: Inquiry) -> Diagnosed:
    """The kept one, which the frame has made sure of."""
    found = KEPT(inquiry).value
    assert found is not None
    return found


def known(inquiry: Inquiry) -> dict[str, KnownFinding]:
    """What is known of its findings, by their keys."""
    subject = subject_of(inquiry)
    return once(("known findings", subject, inquiry.user.pk), lambda: recording.known(subject, inquiry.user))


def dismissed(inquiry: Inquiry) -> set[str]:
    """The keys of the findings that are put aside, and stand no worse than then."""
    rows = known(inquiry)
    return {
        finding.key
        for finding in diagnosis(inquiry).findings
        if finding.key in rows and rows[finding.key].dismissed_at(recording.standing(finding))
    }


def cards(inquiry: Inquiry) -> list[Card]:
    """The findings that stand, those that are put aside left out."""
    aside, rows = dismissed(inquiry), known(inquiry)
    return [
        card(finding, rows.get(finding.key), inquiry)
        for finding in diagnosis(inquiry).findings
        if finding.key not in aside
    ]


def card(finding: ToldFinding, row: KnownFinding | None, inquiry: Inquiry) -> Card:
    """One of them."""
    words = said(finding)
    numbers = tuple(_number(finding, one) for one in words.evidence)
    now = inquiry.asked.as_of is None
    came = following.moved(row, inquiry.user, today()) if row and row.acted_on and now else None
    judges = row is not None and now and judged_by(inquiry.user, row)
    return Card(
        words,
        numbers,
        _act(finding, numbers, row if now else None, inquiry.user),
        _settings(finding, inquiry.user),
        row,
        judges,
        followed(row, came) if row and row.acted_on else None,
    )


def judged_by(user: User, row: KnownFinding) -> bool:
    """Whether this person may dismiss it, and say what was done about it."""
    if user.role == Role.READER:
        return False
    return row.owner_id == user.pk or (row.owner_id is None and user.leads)


def behind(opens: told.Behind | None, pipeline: int | None = None) -> Behind | None:
    """The records of a part of a metric over its own days; None for a metric that there is not."""
    if opens is None or opens.metric not in catalogue.METRICS:
        return None
    labels = dict(opens.labels)
    if opens.start:
        labels["from"] = opens.start.isoformat()
    if opens.end:
        labels["to"] = opens.end.isoformat()
    if pipeline is not None:
        labels["pipeline"] = str(pipeline)
    return Behind(opens.metric, opens.part, labels, dated=False)


def _number(finding: ToldFinding, one: Evidence) -> Number:
    if one.deals:
        return Number(one, Behind(labels={"number": one.name}, dated=False), f"{finding.key}~{one.key}")
    return Number(one, behind(one.opens, finding.spot.pipeline.id if finding.spot.pipeline else None))


def _settings(finding: ToldFinding, user: User) -> str:
    if finding.act.kind != "stage" or not finding.spot.pipeline or not user.leads:
        return ""
    return reverse("stages", args=(finding.spot.pipeline.id,))


def _act(finding: ToldFinding, numbers: tuple[Number, ...], row: KnownFinding | None, user: User) -> Act | None:
    """What its check proposes, where this reader can do it; else its records."""
    kind, spot = finding.act.kind, finding.spot
    if kind in DRAFTED and row:
        return Act(str(ACTS[kind]), reverse("finding_draft", args=(row.pk,)))
    ended = next((number for number in numbers if number.said.key == "ended" and number.opens), None)
    if ended:
        return Act(str(ACTS["ended"]), "", ended)
    if kind == "stage" and _settings(finding, user):
        return Act(str(ACTS[kind]), _settings(finding, user))
    if kind == "targets":
        return Act(str(ACTS[kind]), reverse("targets"))
    own = behind(finding.act.opens, spot.pipeline.id if spot.pipeline else None)
    opened = [number for number in numbers if number.opens]
    if own is None and not opened:
        return None
    number = opened[0] if own is None else Number(numbers[0].said, own)
    return Act(str(ACTS.get(kind) if kind in ("source", "response", "deals") else _("Open the records")), "", number)
