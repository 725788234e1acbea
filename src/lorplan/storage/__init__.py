"""The disk: reading, atomic writing, locks."""
