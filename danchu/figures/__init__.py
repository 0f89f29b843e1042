"""Figures: every published number as a sum over rows, with the rows it is the sum of."""
