"""The page of a product: its price, and the deals it is on."""
