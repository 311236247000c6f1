"""What the five questions and their answers are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

QUESTIONS: Words = {
    "stages": _("Are there enough prospects at each stage?"),
    "moving": _("Is the pipeline moving?"),
    "first": _("Is enough added at the first stage to hit the target?"),
    "focus": _("Are there deals to focus on?"),
    "records": _("Is the pipeline up to date?"),
}
VERDICTS: Words = {"yes": _("Yes"), "no": _("No"), "unknown": _("Cannot tell")}
NO_TARGET = _("No target is set for today. Set one to have this answered.")
NOT_ALL_SEEN = _(
    "You do not see all deals that the target is for, so they cannot be held against it. "
    "With a target of your own this would be answered for you."
)
NARROWED = _("Targets are of a person, a team or the company: narrow the page by nothing else to have this answered.")
EMPTY = _("No deal is open.")
BECAUSE: dict[str, Words] = {
    "stages": {
        "no_target": NO_TARGET,
        "not_all_seen": NOT_ALL_SEEN,
        "narrowed": NARROWED,
        "target_reached": _("The target is reached already."),
        "not_measured": _("Too few deals have been decided to know how the stages convert."),
        "enough": _("The open deals should bring the wins that the target still needs, whenever they close."),
        "short": _("The open deals will surely not bring the wins that the target still needs, whenever they close."),
        "too_close": _(
            "Whenever they close, the open deals may or may not bring the wins that the target still needs."
        ),
    },
    "moving": {
        "empty": EMPTY,
        "slower": _("Deals come to stages surely less often than in the year before."),
        "stalled": _("Surely more than a quarter of the open deals is stalled."),
        "short_history": _("There is no year to compare with yet: fewer than 20 moves before the last four weeks."),
        "moving": _("Deals move at the pace of the year before, and few are stalled."),
        "few_moves": _("The moves of the last four weeks are too few to tell whether deals move as before."),
        "close": _("Deals move at the pace of before, and about a quarter of the open ones may be stalled."),
    },
    "first": {
        "no_target": NO_TARGET,
        "not_all_seen": NOT_ALL_SEEN,
        "narrowed": NARROWED,
        "nothing_to_add": _("What is open should reach the target without new deals."),
        "too_late": _(
            "It is too late, however many are added: more deals are needed, and one added after %(day)s, the last "
            "useful day, usually closes after the target ends."
        ),
        "not_measured": _("Conversions or the time to close are not known yet."),
        "too_few": _("Surely fewer deals are added a week than the target needs."),
        "enough": _("As many deals are added a week as the target needs."),
        "too_close": _("The number that is needed lies within what the weeks so far allow."),
    },
    "focus": {
        "empty": EMPTY,
        "not_measured": _("No open deal has both a value and a stage whose chance is known."),
        "these": _("These deals ask for attention; the list below puts first what should bring most."),
        "none": _("No open deal is overdue, about to close, stalled, rotten or without a next activity."),
    },
    "records": {
        "empty": EMPTY,
        "idle": _("Surely more than a quarter of the open deals was not touched for 30 days."),
        "rotting": _("Surely more than a quarter of the open deals is rotten."),
        "in_order": _("Deals are touched, and their records are in order."),
        "unclear": _("Too few deals to tell, or close to the limit."),
    },
}
ORDER_WRONG = _("Surely less than 80 % of what can be checked of the open deals is in order.")
EVIDENCE: Words = {
    "expected_wins": _("Wins that the open deals should bring, whenever they close"),
    "there": _("%(about)s"),
    "pace": _("Pace of moves, last 4 weeks against the year before"),
    "stalled": _("Stalled deals"),
    "age": _("Median days in their stage"),
    "added_per_week": _("Added a week, over the last 8"),
    "needed_per_week": _("Needed a week"),
    "to_add": _("Deals still to add for the target"),
    "pressing": _("Deals that ask for attention"),
    "pressing_worth": _("What they should bring"),
    "idle": _("Not touched for 30 days"),
    "in_order": _("Checks of open deals in order"),
    "rotting": _("Rotten deals"),
    "no_next_activity": _("Without a next activity"),
}
REASONS: Words = {
    "overdue": _("expected close is past"),
    "soon": _("expected to close within 14 days"),
    "stalled": _("stalled"),
    "rotten": _("rotten"),
    "unplanned": _("no next activity"),
}
SIGNS: Words = {
    "untouched": _("never touched since it was created"),
    "pushes": _("expected close pushed"),
    "surge": _("created in the last 10 days of a quarter"),
    "copied": _("same title and value as another"),
    "usual": _("a value that comes far too often"),
    "jumped": _("skipped a stage"),
    "faceless": _("no person"),
    "habit": _("its owner has many such deals"),
}
