"""Text that is safe to show, wording helpers and templates."""
