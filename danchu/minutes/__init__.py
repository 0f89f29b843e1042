"""Minutes as text whose marked passages are the rows that figures count; promises followed
until those who asked confirm them.
"""
