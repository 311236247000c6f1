"""Finding records by what people remember of them: an index that follows the change log, and questions to it.

`finding.search(user, text)` answers; `following` keeps the index up to date; `documents` says what each kind is found
by.
"""
