"""Notices: to officials on their desk, to citizens by e-mail, SMS or Zalo through an adapter for
each channel.
"""
