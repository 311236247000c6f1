"""The page of an organization."""
