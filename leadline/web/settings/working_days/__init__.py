"""Working days: the week, public holidays by country and region, days of one's own, and the year that follows."""
