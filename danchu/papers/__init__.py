"""Content-addressed storage of files: scans, minutes, tables. The room that attaches a file says
what it belongs to.
"""
