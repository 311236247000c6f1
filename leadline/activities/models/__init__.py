from leadline.activities.models.activity import Activity
from leadline.activities.models.activity_type import ActivityType

__all__ = ["Activity", "ActivityType"]
