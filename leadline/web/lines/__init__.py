"""The products of a deal: quantity, price, discount, what they come to.

For the deal's page: `reading.lines_of(reader, deal)` gives what `lines/_lines.html` draws, as `lines`.
"""
