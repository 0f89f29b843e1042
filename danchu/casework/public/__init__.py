"""What the room shows to everyone: one module a subject."""
