"""Lists of every kind of record: filters, columns, views, many at once, files."""
