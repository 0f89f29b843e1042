"""The room's sections of the desk."""
