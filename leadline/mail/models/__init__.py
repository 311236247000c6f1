"""Schedules, what became of each of their due times, the letters that were filed, and digests."""

from leadline.mail.models.digest import Cover, DigestWish, Edition
from leadline.mail.models.letter import Attachment, Letter
from leadline.mail.models.run import Run
from leadline.mail.models.schedule import Every, Schedule, Weekday

__all__ = ["Attachment", "Cover", "DigestWish", "Edition", "Every", "Letter", "Run", "Schedule", "Weekday"]
