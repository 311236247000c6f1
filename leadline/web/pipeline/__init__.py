"""The pipeline as a board and as a forecast: columns of cards, paged and refreshed."""
