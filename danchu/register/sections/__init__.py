"""The room's sections of the desk, one module for each subject."""
