"""The words of the diagnosis: a sentence for each kind of finding, a name for each number that speaks for one."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]
Forms = tuple[str | Promise, str | Promise]

# The first with what the number was, or is elsewhere; the second without.
SAID: dict[str, Forms] = {
    "fewer_leads": (
        _("%(source)s brings fewer leads: %(now)s a week, where it brought %(was)s"),
        _("%(source)s brings fewer leads than it did"),
    ),
    "slow_response": (
        _("Leads wait longer for an answer, and fewer become deals: %(now)s, where it was %(was)s"),
        _("Leads wait longer for an answer than they did, and fewer become deals"),
    ),
    "stage_conversion": (
        _("Too many deals end in %(stage)s, whoever works on them: %(now)s go on, where %(was)s did"),
        _("Too many deals end in %(stage)s, whoever works on them"),
    ),
    "stage_time": (
        _("Deals stay too long in %(stage)s, whoever works on them: %(now)s, where it was %(was)s"),
        _("Deals stay too long in %(stage)s, whoever works on them"),
    ),
    "weak_person": (
        _("%(person)s loses more deals in %(stage)s than the others: %(now)s go on, where %(was)s of the others' do"),
        _("%(person)s loses more deals in %(stage)s than the others"),
    ),
    "mix": (
        _("%(person)s is given the weakest leads: %(now)s of the deals come from %(source)s, %(was)s of the others'"),
        _("%(person)s is given weaker leads than the others"),
    ),
    "unqualified": (
        _("%(person)s lets %(now)s of the deals through %(stage)s, where the others let %(was)s, and wins no more"),
        _("%(person)s lets deals through %(stage)s that are then lost"),
    ),
    "fluff": (
        _("Deals are made up to fill the pipeline: %(now)s of those opened as quarters end, %(was)s at other times"),
        _("Deals are made up to fill the pipeline at the end of quarters"),
    ),
    "whale": (
        _("Sales hang on the largest deal: %(now)s of a year's bookings, the next one %(was)s"),
        _("Sales hang on the largest deal: %(now)s of a year's bookings"),
    ),
    "attribution": (
        _("Leads are credited to %(source)s against the evidence: %(now)s show no trace of it, where %(was)s is usual"),
        _("Leads are credited to %(source)s against the evidence: %(now)s show no trace of it before"),
    ),
    "one_stream": (
        _("Sales have come to hang on one stream, %(source)s: %(now)s of what comes, where it was %(was)s"),
        _("Sales hang on one stream of leads"),
    ),
    "slow_ramp": (
        _("New sellers take longer to sell: %(now)s, where earlier ones took %(was)s"),
        _("New sellers take longer to sell than earlier ones did"),
    ),
    "player_coach": (
        _("%(person)s leads and sells too much: %(now)s of the team's deals, was %(was)s; the team wins less"),
        _("%(person)s leads and sells too much, and the team wins less since"),
    ),
    "small_deals": (
        _("Won deals have become smaller: %(now)s, where it was %(was)s"),
        _("Won deals have become smaller"),
    ),
}  # fmt: skip

# The same where deals are not seen in stages, or no source is recorded.
SAID_OF_ALL: dict[str, tuple[str | Promise, str | Promise]] = {
    "fewer_leads": (
        _("Less comes in than did: %(now)s a week, where it was %(was)s"),
        _("Less comes in than did"),
    ),
    "weak_person": (
        _("%(person)s wins fewer deals than the others: %(now)s, where the others win %(was)s"),
        _("%(person)s wins fewer deals than the others"),
    ),
}

# What a check asks, for what cannot be told yet.
ASKED: Words = {
    "fewer_leads": _("Whether a source brings fewer leads"),
    "slow_response": _("Whether leads are answered too late"),
    "stage_conversion": _("Whether more deals end in a stage than before"),
    "stage_time": _("Whether deals stay longer in a stage than before"),
    "weak_person": _("Whether somebody loses more deals than the others"),
    "mix": _("Whether somebody is given weaker leads than the others"),
    "unqualified": _("Whether deals are let through unqualified"),
    "fluff": _("Whether deals are made up to fill the pipeline"),
    "whale": _("Whether sales hang on a few large deals"),
    "attribution": _("Whether sources are recorded against the evidence"),
    "one_stream": _("Whether sales hang on one stream of leads"),
    "slow_ramp": _("Whether new sellers take longer than earlier ones"),
    "player_coach": _("Whether a leader sells too much"),
    "small_deals": _("Whether won deals have become smaller"),
}
# What else is worked out, for what failed.
FAILED: Words = {
    "fitted": _("What mending anything would bring"),
    "levers": _("What would bring most"),
    "people": _("Whether it is everyone, some people, or their mix"),
    "": _("One of the questions"),
}
WANTING: Words = {
    "leads": _("too few leads are recorded"),
    "responses": _("no answers to leads are recorded"),
    "activities": _("too few activities are recorded"),
    "values": _("too few deals have a value"),
    "history": _("the records do not go back far enough"),
    "deals": _("there are too few deals"),
    "losses": _("no losses are recorded"),
    "wins": _("too few deals are won"),
    "people": _("too few people sell to compare them"),
    "ends": _("no closed deal says in which stage it closed"),
    "stages": _("too few stages are passed through to compare them"),
    "sources": _("too few deals have a source"),
    "teams": _("no teams are recorded"),
    "newcomers": _("nobody was hired lately whose first day is recorded"),
    "whole": _("you see only a part of the deals"),
    "": _("too few deals are closed"),
}
SCOPES: Words = {
    "everyone": _("Everybody is low here: look at the approach or the process, not at a person."),
    "people": _("These people, not everybody: it is a skill to be coached."),
    "mix": _("It is the mix of what they are given, not their skill."),
    "unknown": _("Whether it is the process or the people cannot be told yet."),
}
# Kinds of which the scope says nothing that their sentence does not.
UNSCOPED = frozenset(
    {
        "fewer_leads", "slow_response", "whale", "attribution", "one_stream", "small_deals", "fluff", "slow_ramp",
        "player_coach",
    }
)  # fmt: skip
FACTS: Words = {
    "a_week": _("A week now"),
    "response": _("Median time to the first answer"),
    "lead_conversion": _("Leads that become deals"),
    "conversion": _("Deals that go on from %(stage)s, jumps left out"),
    "ended": _("Deals that ended in %(stage)s since then"),
    "days": _("Median days in %(stage)s"),
    "own_conversion": _("%(person)s takes on from %(stage)s"),
    "expected_conversion": _("Anybody would, of the same deals"),
    "people_spread": _("How much people differ here (SD on the logit)"),
    "raw_everyone": _("All together take on from %(stage)s"),
    "weak_source_share": _("Deals of %(source)s, the weakest source"),
    "own_win_rate": _("%(person)s wins"),
    "expected_win_rate": _("Anybody would, given the same mix"),
    "expected_win_rate_alike": _("Anybody would, of the same deals"),
    "raw_win_rate": _("All together win"),
    "source_win_rate": _("Wins of %(source)s"),
    "won_of_those": _("Won of those let through"),
    "won_of_entered": _("Won of all that came to %(stage)s"),
    "largest_share": _("The largest deal in a year's bookings"),
    "without_largest": _("A year's bookings without it"),
    "effective_deals": _("As many deals of equal size would be as risky"),
    "hollow_at_quarter_end": _("Hollow deals among those opened as quarters end"),
    "hollow_open": _("Hollow deals among the open ones"),
    "without_trace": _("Without a trace of the source before they were created"),
    "without_trace_most": _("The same of whoever is credited with most"),
    "one_side": _("What the stream brings of all"),
    "ramp_months": _("Months until a new seller sells as others do"),
    "ramp_load": _("What they are given to work on, against others"),
    "ramp_hires": _("New sellers looked at"),
    "leader_share": _("%(person)s's share of the team's deals"),
    "leader_open_value": _("%(person)s's share of the team's open value"),
    "team_win_rate": _("The team wins"),
    "size": _("Median won deal"),
}
# What the catalogue counts, where a check has estimated something else.
AS_COUNTED = _("The same as the other pages count it")
COUNTED: Words = {
    "conversion": _("As the Funnel counts it: with jumps, without what is pending"),
    "a_week": _("In all since then"),
}
WAS = _("was %(value)s")
OTHERS, EARLIER = _("others %(value)s"), _("earlier ones %(value)s")
# What a number is held against, where that is not what it was before.
AGAINST: Words = {
    **dict.fromkeys(("own_conversion", "weak_source_share", "own_win_rate", "source_win_rate"), OTHERS),
    **dict.fromkeys(("won_of_those", "won_of_entered", "without_trace_most"), OTHERS),
    **dict.fromkeys(("ramp_months", "ramp_load", "ramp_hires"), EARLIER),
    "people_spread": _("usual %(value)s"),
    "largest_share": _("the next one %(value)s"),
    "without_largest": _("with it %(value)s"),
    "hollow_at_quarter_end": _("at other times %(value)s"),
}
ACTS: Words = {
    "deals": _("Open the deals"),
    "rock": _("Draft a Rock"),
    "coaching": _("Draft a coaching note"),
    "stage": _("Open the stage's settings"),
    "ended": _("Open the deals that ended there"),
    "source": _("Open what came from the source"),
    "response": _("Open the leads"),
    "targets": _("Open the targets"),
}
FACTORS: dict[str, Forms] = {  # of one place, and of all
    "leads": (_("More leads from %(source)s"), _("More leads")),
    "deals": (_("More deals from %(source)s"), _("More deals added")),
    "lead_conversion": (_("More of the leads from %(source)s become deals"), _("More of the leads become deals")),
    "lead_days": (_("Leads from %(source)s become deals sooner"), _("Leads become deals sooner")),
    "conversion": (_("More deals go on from %(stage)s"), _("More deals go on")),
    "days": (_("Less time in %(stage)s"), _("Less time in the stages")),
    "size": (_("Larger deals from %(source)s"), _("Larger deals")),
    "people": (_("Everybody as the best quarter of people in %(stage)s"), _("Everybody as the best quarter of people")),
}
# The same for tables and charts: where it is first, for there is little room.
SHORT: dict[str, Forms] = {
    "leads": (_("%(source)s: leads"), _("Leads")),
    "deals": (_("%(source)s: deals added"), _("Deals added")),
    "lead_conversion": (_("%(source)s: leads to deals"), _("Leads to deals")),
    "lead_days": (_("%(source)s: days to deals"), _("Days from lead to deal")),
    "conversion": (_("%(stage)s: conversion"), _("Conversion")),
    "days": (_("%(stage)s: days"), _("Days in stages")),
    "size": (_("%(source)s: size"), _("Size of deals")),
    "people": (_("%(stage)s: people"), _("People")),
}
BENCHMARKS: Words = {
    "best_quarters": _("your own best four quarters"),
    "upper_quartile": _("the upper quarter of your people, tempered"),
    "target": _("the target you have set"),
}
# Why one stage has several levels and prices on one page.
BASES = _(
    "A stage has another level in each panel: a finding counts since its month, without jumped stages, open deals "
    "followed to their likely end; whose it is, is asked of an average mix over two quarters; of a lever's level "
    "chance between quarters is taken out, and jumps count as gone through. A finding is priced as if all were as "
    "before, a lever as if it were at its benchmark."
)
AREAS: Words = {
    "lead_generation": _("Lead generation"),
    "lead_management": _("Lead management"),
    "selling": _("Selling"),
}
