"""The bar of each stage, and who carries deals along (R11)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.insights import ask_people
from leadline.insights.selling.benchmark import CARRIES, EARNS, Sign
from leadline.web.frame import formats
from leadline.web.insights.declaring import Behind, Column, Row, Table
from leadline.web.insights.inquiry import Inquiry

BARS = (
    Column("person", gettext_lazy("Best"), "text"),
    Column("shrunk", gettext_lazy("The bar"), "share", help=gettext_lazy("Tempered: what one would expect to go on")),
    Column("value", gettext_lazy("As measured"), "share", opens=Behind("stage_conversion", "denominator")),
    Column("n", gettext_lazy("Rests on"), "deals", opens=Behind("stage_conversion", "denominator")),
    Column("whole", gettext_lazy("All together"), "share", opens=Behind("stage_conversion", "denominator")),
)
SIGNS = (
    Column("through", gettext_lazy("Go on"), "share", opens=Behind("stage_conversion", "denominator")),
    Column("others_through", gettext_lazy("Of the others"), "share"),
    Column("won", gettext_lazy("Won from here"), "share", opens=Behind("stage_to_won")),
    Column("others_won", gettext_lazy("Won by the others"), "share"),
    Column("carried", gettext_lazy("Went on and were lost"), "deals", opens=Behind("stage_to_won", "carried")),
    Column("says", gettext_lazy("What it means"), "text"),
)


def bars(inquiry: Inquiry) -> Table:
    """Per stage the best person with enough deals."""
    found, _signs = ask_people.benchmark(**inquiry.arguments())
    rows: list[Row] = []
    for bar in found:
        own = {"owner": bar.person, "stage": bar.stage}
        rows.append(
            {
                "stage": bar.stage, "person": bar.person, "shrunk": bar.shrunk, "value": bar.value, "n": bar.n,
                "whole": bar.whole,
                "opens": {
                    "value": Behind("stage_conversion", "denominator", own),
                    "n": Behind("stage_conversion", "denominator", own),
                },
            }
        )  # fmt: skip
    return Table(BARS, rows, ("stage",))


def signs(inquiry: Inquiry) -> Table:
    """Who is far above the others in a stage, and whether more is won for it."""
    _bars, found = ask_people.benchmark(**inquiry.arguments())
    rows = inquiry.report("stage_to_won", "owner", "stage").rows
    carried = {(row["owner"], row["stage"]): row["carried"] for row in rows}
    return Table(
        SIGNS,
        [
            {
                "owner": sign.person, "stage": sign.stage, "through": sign.through,
                "others_through": sign.others_through, "won": sign.won, "others_won": sign.others_won,
                "carried": carried[sign.person, sign.stage], "says": says(sign),
            }
            for sign in found
        ],
        ("owner", "stage"),
    )  # fmt: skip


def says(sign: Sign) -> str:
    """The verdict in one sentence."""
    if sign.verdict == CARRIES:
        return _("Carries unqualified deals along: %(expected)s would be won if they were as good as the others'.") % {
            "expected": formats.percent(sign.expected)
        }
    if sign.verdict == EARNS:
        return _("Wins more, too: what is done here is worth copying.")
    return _("Cannot tell yet whether the deals are as good as the others'.")
