"""Today: the page on which a seller spends the day, and its focus mode."""
