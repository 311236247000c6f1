"""What the pages of records share: finding one, what stands on every one of them, trash and restore."""
