"""The decisions, in stages: from a plan file and a day to a plan."""
