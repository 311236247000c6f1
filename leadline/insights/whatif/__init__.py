"""What if: what another seller, more leads or another conversion would add, against lifting the constraint (R24)."""
