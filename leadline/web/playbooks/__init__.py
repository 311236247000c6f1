"""What a stage asks for (R2), on the page of a deal and where a deal is to move on: read, answered, waived in place."""
