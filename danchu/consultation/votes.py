"""Votes of people on statements, and how few are too few to tell of."""

AGREE = 1
PASS = 0
DISAGREE = -1
CHOICES = (AGREE, PASS, DISAGREE)
# Nobody is placed by fewer votes, and nothing is told of fewer people.
FEWEST_VOTES = 7
FEWEST_PEOPLE = 5

Vote = tuple[int, int, int]  # person, statement, one of CHOICES
