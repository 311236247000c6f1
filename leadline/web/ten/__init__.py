"""The page of 1st & 10 (R33): a list worked by keyboard, what came back, and what it comes to."""
