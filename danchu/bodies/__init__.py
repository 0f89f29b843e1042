"""Bodies and villages: what is opened, renamed, merged and closed at each place, and who sits in
it.
"""
