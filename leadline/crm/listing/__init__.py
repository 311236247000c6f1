"""Lists of records: their order, their pages, what they come to, which columns they show."""
