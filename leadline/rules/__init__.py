"""Small things that happen by themselves: when something is so, Leadline does something, once for each cause."""
