"""Hand-offs on the screen: handing on, the page of one, accepting, giving back, taking back (R39)."""
