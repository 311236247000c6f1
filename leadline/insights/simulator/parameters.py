"""The company without any fault: how much of everything, chosen to look like real ones (none of it is fitted)."""

from __future__ import annotations

import numpy as np

from leadline.insights.simulator.company import Currency, Source

# --- sources: share of leads; conversion to deals; what it adds to the logit of advancing; factor on value ---
SOURCES = (
    Source("Inbound web", "inbound", 3),
    Source("Inbound content", "inbound", 3),
    Source("Outreach", "outbound", 3),
    Source("Referral", "referral", 1),
    Source("Partner", "partner", 2),
)
WEB, CONTENT, OUTREACH, REFERRAL, PARTNER = range(5)
SHARE = np.array([0.40, 0.20, 0.26, 0.09, 0.05])
LEAD_CONVERSION = np.array([0.46, 0.44, 0.44, 0.60, 0.55])
LIFT = np.array([0.10, 0.05, -0.45, 0.45, 0.30])
SIZE = np.array([1.0, 0.9, 1.0, 1.2, 1.3])
WEAKEST = OUTREACH
NO_CAMPAIGN = 0.15

# --- arrivals: by month of the year, by weekday, growth a year, and noise of a week beyond Poisson's ---
SEASON = np.array([0.98, 1.03, 1.10, 1.05, 1.03, 1.00, 0.90, 0.82, 1.07, 1.12, 1.06, 0.84])
WEEKDAY = np.array([1.08, 1.10, 1.05, 1.0, 0.87, 0.10, 0.08])
GROWTH = 0.06
NOISE = 0.12  # coefficient of variation of a week's rate of a source

# --- leads ---
FOLLOWED_UP = 0.93
RESPONSE_HOURS, RESPONSE_SPREAD = 4.0, 1.3  # median; standard deviation of the logarithm
ACCEPTED_DAYS, ACCEPTED_SPREAD = 6.0, 0.9  # from the response to the deal
DISCARDED_DAYS, DISCARDED_SPREAD = 15.0, 1.0
FORGOTTEN_DAYS = 60.0
SQL_IN_VAIN = 0.25  # of those that become no deal: qualified all the same
LEAD_PARKED = 0.12
SAME_ACCOUNT = 0.08  # of leads: from an organization met before
FIT_ON_LEAD, FIT_ON_STAGE = 0.35, 0.20
UNLOGGED_ORIGIN = 0.04  # of leads by outreach: what was written first was never recorded

# --- stages, of new business: the share that advances, median days of those, and where deals are first written down ---
CONVERSION = np.array([0.60, 0.62, 0.60, 0.55, 0.80])
DAYS_ON = np.array([14.0, 16.0, 20.0, 16.0, 6.0])
CREATED_IN = np.array([0.11, 0.62, 0.17, 0.07, 0.03])
STAY_SPREAD = 0.8  # standard deviation of the logarithm of days
LOST_SLOWER, PARKED_SLOWER = 1.5, 2.0  # than those that advance
STALLED_DAYS = 150.0
PARKED, STALLED = 0.06, 0.08  # of those that do not advance
SIZE_ON_STAGE, AGE_ON_STAGE = -0.12, -0.08  # per standard deviation of value; per unit of log(1 + age / 30 days)
SKILL_SPREAD = 0.25  # between people, on the logit, for each stage

# --- people: months; the share of work a leader takes of what a closer does ---
RAMP_MONTHS = 4.0
RAMP_START = 0.2
CAPACITY_SPREAD = 0.3
SPARE = 1.4  # capacity over the mean load
LEADERS_OWN = 0.15

# --- money ---
VALUE = 12_000.0  # median, base currency
VALUE_SPREAD = 0.8
TAIL, TAIL_INDEX, LARGEST = 0.05, 2.5, 20.0  # the share in Pareto's tail; its index; times the median at most
ADD_ON_VALUE, RENEWAL_VALUE = 0.5, 0.8
BANDS = (-0.6, 0.9)  # of the standardised logarithm
CURRENCIES = (Currency("EUR", 1.0), Currency("USD", 0.92), Currency("GBP", 1.17), Currency("CHF", 1.05))
CURRENCY_SHARE = np.array([0.80, 0.12, 0.05, 0.03])

# --- customers who buy again ---
RENEWS, RENEWAL_AFTER, RENEWAL_LIFT = 0.5, 305.0, 1.0
ADDS_ON, ADD_ON_AFTER, ADD_ON_LIFT = 0.3, 150.0, 0.4

# --- dirt, at the rates counted from a real pipeline of 512 deals ---
SAME_DAY = 0.17  # of closed deals
CAUGHT_UP = 0.08  # of deals: all moves clicked in one go
CLOSE_CLICKED = 0.55  # of those that reach the last stage: entered only when it closed
BACK, SKIP = 0.056, 0.024  # of stage moves
BACK_A_VISIT, SKIP_A_VISIT = 0.0612, 0.057  # what that takes, per visit that may
PUSHES_A_DAY = 0.0204
PUSH_DAYS, PUSH_SPREAD, PULLED_IN = 15.0, 0.9, 0.12
NO_AMOUNT = np.array([0.12, 0.13, 0.25, 0.25])  # by status
REASON_GIVEN = 1 / 6
LOST_REASONS = 6
EDITED = 0.42  # of deals with an amount
UNTOUCHED = 0.04

# --- work ---
ATTENTION = 25.0  # days in a stage after which a deal is let lie
A_VISIT, A_DAY = 0.5, 0.06  # activities
PLANNED_DEAL, PLANNED_LEAD = 0.65, 0.4
REPLIES = 0.3  # of e-mails
