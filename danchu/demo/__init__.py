"""Illustrative records of two cities, their boards and a conference, most of them made by acts."""
