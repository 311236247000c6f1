"""A lead becomes a deal, a deal that was none a lead again."""
