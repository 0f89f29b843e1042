"""The people who work with the system: who is invited, which office they get, how a lost second
factor is replaced, how the first operator sets the installation up.
"""
