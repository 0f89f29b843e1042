"""Measures speed as ratios to a named rival or to a hard limit, in the same run."""
