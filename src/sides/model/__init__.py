"""The values that all stages share: the ground floor."""
