"""Lists of deals with a reason each: those to focus on, those that are doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from leadline.accounts.models import User
from leadline.crm.models import Deal
from leadline.web.frame import formats
from leadline.web.insights.declaring import Column, Row, Table
from leadline.web.insights.health.words import REASONS, SIGNS

if TYPE_CHECKING:
    from leadline.insights.health.focus import Pressing
    from leadline.insights.metrics.fluff import Doubt

DOUBTFUL_FROM = 0.1  # below it a doubt is not worth a look
MOST = 500  # deals of a list; the metrics behind them open the rest

FOCUS = (
    Column("owner", lazy("Person"), "text"),
    Column("worth", lazy("Should bring"), "money"),
    Column("amount", lazy("Value"), "money"),
    Column("chance", lazy("Chance"), "share"),
    Column("why", lazy("Why now"), "text"),
)
DOUBTFUL = (
    Column("owner", lazy("Person"), "text"),
    Column("chance", lazy("Probably fluff"), "share"),
    Column("amount", lazy("Value"), "money"),
    Column("why", lazy("Why"), "text"),
)


def to_focus_on(pressing: Sequence[Pressing], user: User) -> Table:
    """The deals in their order, with what each should bring and its reasons in words."""
    known = _named((deal.deal for deal in pressing[:MOST]), user)
    rows: list[Row] = [
        {
            **known[each.deal], "worth": each.worth if each.known else None, "amount": each.amount,
            "chance": each.chance,
            "why": _joined(str(REASONS[reason]) for reason in each.reasons),
        }
        for each in pressing[:MOST]
        if each.deal in known
    ]  # fmt: skip
    said = _("The %(n)s that should bring most, of %(all)s deals that ask for attention.")
    return _listed(FOCUS, rows, len(pressing), said)


def doubted(doubts: Sequence[Doubt], user: User) -> Table:
    """The deals that are fluff with 10 % and more, with the signs in words."""
    doubts = [doubt for doubt in doubts if doubt.signs and doubt.chance >= DOUBTFUL_FROM]
    every, doubts = len(doubts), doubts[:MOST]
    known = _named((doubt.deal for doubt in doubts), user)
    rows: list[Row] = [
        {
            **known[doubt.deal], "chance": doubt.chance, "amount": doubt.amount,
            "why": _joined(_sign(name, count) for name, count in doubt.signs.items()),
        }
        for doubt in doubts
        if doubt.deal in known
    ]  # fmt: skip
    return _listed(DOUBTFUL, rows, every, _("The %(n)s most doubtful of %(all)s doubtful deals."))


def _listed(columns: tuple[Column, ...], rows: list[Row], every: int, said: str) -> Table:
    """A table of the first of them; where there are more than are listed, that is said."""
    counts = {"n": formats.number(len(rows)), "all": formats.number(every)}
    says = said % counts if every > MOST else ""
    return Table(columns, rows, ("deal",), says=says, more={"ids": [row["id"] for row in rows]})


def _named(ids: Iterable[int], user: User) -> dict[int, Row]:
    """Title and owner of each deal that the user may see."""
    found = Deal.objects.visible_to(user).filter(pk__in=list(ids)).select_related("owner").only("title", "owner")
    return {
        deal.pk: {"id": deal.pk, "deal": deal.title, "owner": str(deal.owner) if deal.owner else _("nobody")}
        for deal in found
    }


def _sign(name: str, count: int) -> str:
    if name == "pushes":
        times = ngettext("%(words)s once", "%(words)s %(n)s times", count)
        more = _("%(words)s 3 times or more") if count >= 3 else times
        return more % {"words": SIGNS[name], "n": formats.number(count)}
    return str(SIGNS[name])


def _joined(words: Iterable[str]) -> str:
    text = ", ".join(words)
    return text[:1].upper() + text[1:]
