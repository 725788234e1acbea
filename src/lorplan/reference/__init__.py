"""Facts about the world: sources, policy numbers, specialties, names. No user data."""
