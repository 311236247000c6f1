"""How facts are summed up: one pure function per kind of metric, from tables and a question to rows."""
