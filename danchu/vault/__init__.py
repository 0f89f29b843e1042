"""Sealed identities of denouncers: opened only by two persons with the right and a reason, under
keys that are not in the database.
"""
