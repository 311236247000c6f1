"""Everyone, these people, or the mix they are given (R18): what the passages of each stage say of who sells."""
