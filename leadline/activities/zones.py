"""Wall clocks, as activities have always asked for them: they stand in `crm.wall_clock`, for leads wait by them too."""

from leadline.crm.wall_clock import DAY_IS_OVER, SECOND, at_clock, clock_of, end_of_day, zone_of

__all__ = ["DAY_IS_OVER", "SECOND", "at_clock", "clock_of", "end_of_day", "zone_of"]
