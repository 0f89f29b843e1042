"""What a village chooses and settles for itself: its head, its convention, its yearly conference.

Each goes to the households as a matter of the room `decision`; this room says what comes before and
after their vote.
"""
