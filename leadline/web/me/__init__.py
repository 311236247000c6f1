"""The reader's own page: who I am here, how I sign in, how things look."""
