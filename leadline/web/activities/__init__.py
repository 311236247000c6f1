"""Activities wherever they stand: the row, ticking it and what comes next, adding, editing, re-planning, reminding."""
