"""The digest (R38): one page in place of a status meeting, on screen and by mail; each number leads to its rows."""
