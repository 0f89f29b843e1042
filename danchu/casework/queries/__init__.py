"""Queries: they read the tables and write nothing."""
