"""What will be booked, as a distribution, from the pipeline's own history (R27, R28)."""
