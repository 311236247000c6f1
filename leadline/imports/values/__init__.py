"""From the text of a cell to a value; each file one kind of value, none knows a database."""
