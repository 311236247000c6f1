"""Forms and webhooks: what they ask and say, how they stand on a site, and what came by them."""
