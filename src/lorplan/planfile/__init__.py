"""From YAML text to the plan file's model, with every problem located."""
