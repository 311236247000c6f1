"""The forecast on its page: what it says, what carries it, what it said before, and what came."""
