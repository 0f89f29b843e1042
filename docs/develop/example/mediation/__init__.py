"""Mediation at the grassroots: matters that neighbours bring to a mediation team, and how each
ended.
"""
