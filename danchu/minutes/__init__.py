"""Minutes as text whose marked passages are the rows that figures count; commitments, followed up
until those who asked confirm them.
"""
