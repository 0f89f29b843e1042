"""What the room shows to the public: one module a subject."""
