"""The numbers on screen: what is asked is in the address, every number opens the deals behind it."""
