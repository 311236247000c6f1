"""How many key presses and clicks ten common acts take: `python -m bench.key_presses --work FOLDER [--write]`.

Each act is done in Chromium on the example company, by somebody signed in as one of its sellers, and every key press
and click that the page receives is counted; what is checked at the end is that the act was done. Beside it stands what
Pipedrive's own articles say one does there, counted by the same rule.

The rule: a key is one, also with Ctrl or Shift held; a click is one; a drag is two, the press and the release at
another place. The letters of what is written (a title, a note, a name searched for, a day) count on neither side. Both
begin on the page on which the record is in sight; ours has the focus on it, theirs has nothing to focus.
"""
