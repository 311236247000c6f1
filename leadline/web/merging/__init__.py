"""Two records that are one: choose the other, see what will be kept, merge."""
