"""Reads: questions asked of the tables, nothing written."""
