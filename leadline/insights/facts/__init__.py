"""What a metric counts: one row per deal, passage or visit, with what it is broken down by. Ibis expressions."""
