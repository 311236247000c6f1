"""What the criteria come to: how those fit who are open, and whether won deals fit better than lost ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leadline.crm.fitting import Counted, Criterion, Trial, try_out
from leadline.crm.models import FitCriterion
from leadline.insights.fit.telling import Telling, median, telling
from leadline.web.frame.doing import reader_of
from leadline.web.frame.formats import number
from leadline.web.settings.ideal_client.editing import draft_in, edited

BANDS = ((80, 100), (50, 79), (0, 49))
ENOUGH = 20  # closed deals on each side before their win rates are held against each other


@dataclass(frozen=True)
class Group:
    """Of open leads, or deals that were won: how many in each band, of whom nothing is known, and the median."""

    word: str
    bands: list[tuple[int, str]]  # how many, and the list of them ("" where there is none)
    unknown: int
    median: str


@dataclass(frozen=True)
class Share:
    """Won of so many closed; `low` and `high` are the 90 % interval."""

    won: int
    closed: int
    low: float
    high: float


@dataclass(frozen=True)
class Worth:
    """What one criterion does: who meets it, and how often deals are won that do, and that do not."""

    row: FitCriterion
    leads: int | None
    deals: int | None
    met: Share | None
    unmet: Share | None

    @property
    def hint(self) -> str:
        """Only where the intervals lie apart."""
        if not self.met or not self.unmet or min(self.met.closed, self.unmet.closed) < ENOUGH:
            return ""
        better, worse = self.met.low > self.unmet.high, self.met.high < self.unmet.low
        if (better and self.row.weight > 0) or (worse and self.row.weight < 0):
            return _("tells won from lost")
        return _("tells the other way: look at its weight") if better or worse else ""


@require_http_methods(["GET", "HEAD", "POST"])
def ideal_client_meaning(request: HttpRequest) -> HttpResponse:
    """A part of the page. With a form, as it would be with the criterion in it; nothing is kept."""
    rows = list(FitCriterion.objects.kept())
    if request.method == "POST":
        rows = _with_draft(rows, request.POST)
    trial = try_out(rows, reader_of(request))
    context = {
        "groups": _groups(trial, links=request.method != "POST"),
        "worths": [_worth(one, counts) for one, counts in trial.by_criterion.items()],
        "verdict": verdict(trial),
        "draft": request.method == "POST",
        "by_fit_at": reverse("insights_playbook"),
    }
    return render(request, "settings/ideal_client/_meaning.html", context)


def _with_draft(rows: list[FitCriterion], given: QueryDict) -> list[FitCriterion]:
    """The criteria as they would be; as they are where the draft cannot be understood yet."""
    old = edited(given)
    try:
        draft = FitCriterion(**draft_in(given).values())
    except ValidationError:
        return rows
    return [draft if old and row.pk == old.pk else row for row in rows] + ([] if old else [draft])


def _groups(trial: Trial, links: bool) -> list[Group]:
    leads, deals = f"{reverse('leads')}?status=open", f"{reverse('deals')}?status=open"
    words = (
        ("leads", _("Open leads"), leads),
        ("deals", _("Open deals"), deals),
        ("won", _("Won in the last 12 months"), ""),
        ("lost", _("Lost in the last 12 months"), ""),
    )
    found = []
    for name, word, at in words:
        fits = trial.fits[name]
        known = {fit: n for fit, n in fits.items() if fit is not None}
        bands = [
            (
                sum(n for fit, n in known.items() if low <= fit <= high),
                f"{at}&fit={low}..{high}" if at and links else "",
            )
            for low, high in BANDS
        ]
        middle = median(known)
        found.append(Group(word, bands, fits[None], "" if middle is None else number(middle, 1 if middle % 1 else 0)))
    return found


@dataclass(frozen=True)
class Verdict:
    """One sentence, and how it is meant: good, bad or neither."""

    text: str
    tone: str


def verdict(trial: Trial) -> Verdict:
    won, lost = ({fit: n for fit, n in trial.fits[name].items() if fit is not None} for name in ("won", "lost"))
    found = telling(won, lost)
    if found is None:
        text = _("Too few deals were won or lost in the last 12 months to say whether these criteria tell them apart.")
        return Verdict(text, "info")
    words = {"share": round(100 * found.share), "low": round(100 * found.low), "high": round(100 * found.high)}
    told = _("Of a won and a lost deal, the won one fits better in %(share)d of 100 pairs (%(low)d to %(high)d); "
             "50 would be chance.") % words  # fmt: skip
    return Verdict(f"{_said(found)} {told}", "good" if found.tells else "warn")


def _said(found: Telling) -> str:
    if found.tells:
        little = _("These criteria tell won from lost, a little.")
        return little if found.little else _("These criteria tell won from lost.")
    return (
        _("These criteria point the wrong way.")
        if found.misleads
        else _("These criteria do not clearly tell won from lost.")
    )


def _worth(one: Criterion, counts: Mapping[str, Counted]) -> Worth:
    won, lost = counts.get("won"), counts.get("lost")
    leads, deals = counts.get("leads"), counts.get("deals")
    both = won is not None and lost is not None
    return Worth(
        one.row,
        leads.met if leads else None,
        deals.met if deals else None,
        _share(won.met, lost.met) if won and lost and both else None,
        _share(won.unmet, lost.unmet) if won and lost and both else None,
    )


def _share(won: int, lost: int) -> Share | None:
    # Loaded with the first question: numpy and SciPy stay off the start-up path.
    import numpy as np  # noqa: PLC0415

    from leadline.insights.numbers.proportions import jeffreys  # noqa: PLC0415

    if not won + lost:
        return None
    low, high = jeffreys(np.array([float(won)]), np.array([float(won + lost)]))
    return Share(won, won + lost, float(low[0]), float(high[0]))
