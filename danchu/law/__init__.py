"""What was in force on a day: rules as dated rows with their articles, the calendar of working
days, deadlines.
"""
