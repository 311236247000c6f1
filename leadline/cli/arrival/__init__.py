"""What `leadline import` shows."""
