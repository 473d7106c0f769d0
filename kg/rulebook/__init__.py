"""The rule set in rules/ as frozen objects."""
