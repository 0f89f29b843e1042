"""Telling people: officials on their desk and by e-mail, citizens by e-mail, SMS or Zalo, each
through an adapter.
"""
