"""What the people must be told: the items that the law lists, what was disclosed of each, where
and how long it was posted, and what is missing.
"""
