"""Any bytes as a plan file: what has to hold of them, by chance and guided by coverage."""
