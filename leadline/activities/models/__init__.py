from leadline.activities.models.activity import Activity
from leadline.activities.models.activity_type import ActivityType, add_default_types

__all__ = ["Activity", "ActivityType", "add_default_types"]
