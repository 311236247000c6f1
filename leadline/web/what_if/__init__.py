"""What if (R24): move what the pipeline works by, and see what would be booked. The question is in the address."""
