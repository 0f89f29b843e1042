"""The subjects of this room at the desk."""
