"""The calendar of activities: day, week, work week and month, of one person or of several."""
