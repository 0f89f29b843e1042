"""What somebody owes by law until a day: an answer, a posting, a meeting. One mechanism for
every room above.
"""
