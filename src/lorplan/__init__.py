"""Plan whom to ask for a residency letter of recommendation, and when."""
