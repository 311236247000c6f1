"""Answers that take seconds: worked out in the background, kept, and shown at once with their age."""
