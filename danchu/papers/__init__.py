"""Files kept once by what is in them: scans, minutes, tables. Whoever attaches one says what it
belongs to.
"""
