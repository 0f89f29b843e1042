"""Conferences (hội nghị) over bridge points: programme, delegates, floor, questions, polls and
votes. State and rules, no sockets.
"""
