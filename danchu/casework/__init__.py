"""Receiving citizens and handling their petitions: complaints, denunciations, feedback, each
with the clocks of its law.
"""
