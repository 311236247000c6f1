"""The diagnosis in words, and what people do about its findings."""
