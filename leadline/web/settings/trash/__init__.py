"""What was deleted, by whom and when, and the way back."""
