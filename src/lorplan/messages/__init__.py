"""What to say to an attending."""
