"""Settings > Ideal client: the criteria by which leads and deals fit, and whether they tell won from lost (R44)."""
