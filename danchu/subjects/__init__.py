"""The words in which a room describes a subject: its life cycle, its list, its forms, its pages."""
