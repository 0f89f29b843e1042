"""Uploads of photos, and the removal of their metadata."""
