"""What the room shows at the desk: one module a subject."""
