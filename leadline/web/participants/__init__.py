"""The people of a deal, each with a role: the main contact first.

For the deal's page: `reading.people_of(reader, deal)` gives what `participants/_people.html` draws, as `people`.
"""
