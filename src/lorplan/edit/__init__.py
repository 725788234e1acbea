"""Changes to a plan file's text, and new plan files."""
