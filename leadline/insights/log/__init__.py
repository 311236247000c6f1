"""From rows of the change log to recorded states: parse, then fold."""
