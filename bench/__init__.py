"""Figures of speed as ratios against a named rival or the raw limit, measured in the same run."""
