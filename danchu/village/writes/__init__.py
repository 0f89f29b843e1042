"""The writing half that several acts share."""
