"""THE SALE: pipelines and stages, deals and leads, people and organizations, and what hangs on them."""
