"""The nurture stream (R4): what waits for a day or for something to happen, and what has come back."""
