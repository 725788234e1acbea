"""Any bytes as a plan file: what must hold of them, at random and guided by coverage."""
