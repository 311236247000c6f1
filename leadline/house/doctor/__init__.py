"""What `leadline doctor` looks at: twins, each with `look()`, which yields what it found."""
