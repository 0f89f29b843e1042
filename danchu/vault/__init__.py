"""Who denounced: sealed apart, opened only by two persons with the right and a reason, under
keys that no database holds.
"""
