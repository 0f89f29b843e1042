"""Checks files for active content and removes who made them, where and with what.

Nothing here imports Django: it runs in a process of its own (process.py), with the memory and the
time of that process limited, because a few bytes of a file can ask for gigabytes.
"""
