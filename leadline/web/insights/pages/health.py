"""The page Health: the five questions, each with its evidence, and the deals to focus on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leadline.insights import ask_health
from leadline.web.insights.declaring import Column, Page, Panel, Table
from leadline.web.insights.health.behind import behind
from leadline.web.insights.health.deals import to_focus_on
from leadline.web.insights.health.saying import held, question, row
from leadline.web.insights.inquiry import Inquiry

ANSWERS = (
    Column("question", _("Question"), "text"),
    Column("verdict", _("Answer"), "text"),
    Column("because", _("Why"), "text"),
)
METRICS = ("stalled", "age_in_stage", "idle", "rotting", "no_next_activity", "data_quality")


def questions(inquiry: Inquiry) -> Table:
    """The five answers."""
    found = ask_health.health(**inquiry.arguments(dated=False))
    told = [question(answer) for answer in found.answers]
    return Table(ANSWERS, [row(each) for each in told], more={"questions": told, "held": held(found)})


def focus(inquiry: Inquiry) -> Table:
    """The open deals that ask for attention, by what they should bring."""
    return to_focus_on(ask_health.health(**inquiry.arguments(dated=False)).pressing, inquiry.user)


PAGE = Page(
    name="health",
    title=_("Health"),
    intro=_("Five questions about the pipeline as it stands, answered as far as the records can say."),
    icon="heart",
    panels=(
        Panel(
            "questions",
            _("Five questions"),
            _(
                "“Cannot tell” means that the records allow both answers. "
                "Answers are about now; period and comparison do not change them. "
                "Moves and added deals count up to the last whole day: those of today do when it is over."
            ),
            face=questions,
            metrics=METRICS,
            template="insights/health/_questions.html",
            limit=0,
            dated=False,
            behind=behind,
        ),
        Panel(
            "focus",
            _("Deals to focus on"),
            _("Open deals with a reason to act, by value times the chance of their stage; fluff is counted out."),
            face=focus,
            metrics=("projected_conversion", "fluff_share"),
            template="insights/health/_deals.html",
            limit=15,
            dated=False,
            nothing=_("No open deal asks for attention."),
        ),
    ),
)
