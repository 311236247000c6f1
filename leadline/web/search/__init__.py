"""Finding: the palette, the search page, and the choosing of one record by typing."""
