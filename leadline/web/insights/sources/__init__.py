"""What the page Sources says beside plain numbers: the mix, the attribution audit."""
