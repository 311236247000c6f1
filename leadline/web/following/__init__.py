"""Who follows a record, to hear of others' changes to it."""
