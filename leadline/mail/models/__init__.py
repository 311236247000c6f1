"""Schedules, what became of each of their due times, and the letters that were filed."""

from leadline.mail.models.letter import Attachment, Letter
from leadline.mail.models.run import Run
from leadline.mail.models.schedule import Every, Schedule, Weekday

__all__ = ["Attachment", "Every", "Letter", "Run", "Schedule", "Weekday"]
