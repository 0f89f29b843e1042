"""Kept copies of public pages, each under what it depends on, shared by the web's processes."""
