"""What sellers write beside their work: subjects, outcomes, notes."""

from __future__ import annotations

REVIEW = "Pipeline review"

# Types of activity, in the order of `company.Work`, and what some of the tasks are in truth.
TYPES = ("Call", "E-mail", "Meeting", "Demo", "Task", "Proposal")
PROPOSAL = TYPES.index("Proposal")

# Subjects by type; each names a {person} or a {firm}.
SUBJECTS = {
    "Call": ("Call {person}", "Follow up with {person}", "Call {person} about the water bill", "Call {firm} back"),
    "E-mail": ("Write to {person}", "Send {person} what we spoke of", "Reply to {person}"),
    "Meeting": ("Meet {person}", "Visit {firm}", "Meeting with {firm}", "Walk through the cellars of {firm}"),
    "Demo": ("Show the leak guard to {firm}", "Demo for {person}", "Show {firm} a dashboard"),
    "Task": ("Prepare the order of {firm}", "Count the taps at {firm}", "Find a date for {firm}"),
    "Proposal": ("Send the proposal to {firm}", "Proposal for {firm}", "Walk {person} through the proposal"),
}

# Outcomes of what is done, by type.
OUTCOMES = {
    "Call": ("No answer", "Talked", "Talked", "Call back", "Meeting booked"),
    "E-mail": ("Sent",),
    "Meeting": ("Good fit", "Next step agreed", "Wants a proposal", "Postponed"),
    "Demo": ("Convinced", "Questions left", "Wants a proposal"),
    "Task": ("Done",),
    "Proposal": ("Sent", "Sent, walked through it"),
}
ANSWERED = "Answered"

# What is written down beside an activity now and then.
NOTES = (
    "Budget is decided in the spring.",
    "Compares us with a cheaper meter without remote reading.",
    "The caretaker is our friend here; the finance director has not been met.",
    "Had a burst pipe last winter and does not want another.",
    "Asked for two references from the same trade.",
    "Wants to begin with one building.",
    "Their insurer lowers the premium where leaks are watched.",
    "The board meets on the first Tuesday of the month.",
    "Installation must not touch the guest floors before October.",
    "Water went up eleven percent this year; they have noticed.",
    "Somebody else has offered; we were told no price.",
    "Asked whether the data may stay in the building.",
)

# What buyers answer by e-mail.
REPLIES = (
    "Thank you, that was clear. I shall show it to our finance director on Thursday and come back to you.",
    "We are not in a hurry. Could you call again after the summer?",
    "The figures look right. What would the second building cost if we ordered both at once?",
    "I have passed this on to my colleague who looks after the boilers. Please write to both of us from now on.",
    "Can you send two references from our trade? Then I can put it before the board.",
    "Our plumber says the inlet is an inch and a half. Does your meter fit, or do you need to come and see it?",
    "Tuesday at ten suits us. Please bring the offer in print, our director prefers paper.",
    "We have another offer on the table that is a fifth cheaper. What do you do that they do not?",
    "Approved in principle. Legal wants to see the terms of the care plan first.",
    "Sorry for the silence, we had a flood in the cellar. You can imagine that I am interested now.",
    "Please take us off your list for this year.",
    "Who installs it, you or a firm from here? We would rather have somebody who is near.",
)

DISCARDS = ("No answer after five tries", "Too small", "Looks for a job", "Student project", "Has a system already")
