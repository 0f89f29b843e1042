"""Pages of the public site: each asks the rooms one question and shows the answer; no rules
here.
"""
