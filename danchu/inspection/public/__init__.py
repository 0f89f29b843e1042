"""The public sections of this room."""
