from leadline.activities.models.activity import Activity, Priority
from leadline.activities.models.activity_type import ActivityType, Work, add_default_types, add_default_work
from leadline.activities.models.attendance import Attendance
from leadline.activities.models.block import Block, Sitting
from leadline.activities.models.feed import Feed
from leadline.activities.models.goal import Goal, Span
from leadline.activities.models.goal_rules import MEASURES, Measure
from leadline.activities.models.habits import Habits
from leadline.activities.models.hour_rate import HourRate
from leadline.activities.models.outcome import CountsAs, Outcome, add_default_outcomes
from leadline.activities.models.ten import Answer, Opening, TenEntry

__all__ = [
    "MEASURES",
    "Activity",
    "ActivityType",
    "Answer",
    "Attendance",
    "Block",
    "CountsAs",
    "Feed",
    "Goal",
    "Habits",
    "HourRate",
    "Measure",
    "Opening",
    "Outcome",
    "Priority",
    "Sitting",
    "Span",
    "TenEntry",
    "Work",
    "add_default_outcomes",
    "add_default_types",
    "add_default_work",
]
