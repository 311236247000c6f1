"""The change log: everything that happened, found by who, what, how, when and the record's name."""
