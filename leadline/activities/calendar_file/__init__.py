"""Activities and time blocks as iCalendar files (RFC 5545, RFC 5546): somebody's feed, and the invitation of one.

What a file says is gathered as plain entries first (`entries`, `blocks`), so that whether it is new costs no writing.
"""
