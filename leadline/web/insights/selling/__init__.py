"""Tables of the pages People and Activity that are no single metric."""
