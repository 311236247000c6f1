"""Win rate and size by how well a deal fits the ideal client (R44)."""
