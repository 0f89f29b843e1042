"""The sections of this room at the desk, and their forms."""
