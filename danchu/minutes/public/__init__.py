"""The room's public lists, one module for each subject."""
