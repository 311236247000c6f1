"""1st & 10 (R33): ten people a day to write to without selling, found by rules; what came back is measured."""

from leadline.activities.ten.listing import fill_up, list_of

__all__ = ["fill_up", "list_of"]
