"""Illustrative records: two cities, their boards and a conference, made by the acts."""
