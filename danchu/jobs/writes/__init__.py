"""Writes shared by jobs and acts."""
