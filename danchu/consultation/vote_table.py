"""The votes of a consultation as arrays: sums over hundreds of thousands take milliseconds."""

from collections.abc import Iterable
from itertools import chain

import numpy as np

from danchu.consultation.votes import CHOICES, Vote

COLUMNS = 3  # of a vote


class Table:
    """Votes as three arrays: people and statements by their place among all, choices by theirs in
    CHOICES. A *cell* is a choice on a statement.
    """

    def __init__(self, person, statement, choice, people, statements):
        self.person, self.statement, self.choice = person, statement, choice
        self.people, self.statements = people, statements
        self.cell = statement * len(CHOICES) + choice

    def part(self, chosen):
        """The table of the chosen votes alone, with the same people and statements."""
        arrays = (self.person[chosen], self.statement[chosen], self.choice[chosen])
        return Table(*arrays, self.people, self.statements)

    def by_person(self, values):
        """For each person the sum of the values (statements × choices) of what they voted."""
        return np.bincount(self.person, values.ravel()[self.cell], self.people)

    def votes_of_people(self):
        """For each person the number of their votes."""
        return np.bincount(self.person, minlength=self.people)

    def counts(self, values=None):
        """For each statement and choice how many voted so, or the sum of the values of these."""
        weights = None if values is None else values[self.person]
        cells = np.bincount(self.cell, weights, self.statements * len(CHOICES))
        return cells.reshape(self.statements, len(CHOICES))

    def counts_by(self, labels, number):
        """For each label below `number` the counts of who has it."""
        size = self.statements * len(CHOICES)
        cells = np.bincount(labels[self.person] * size + self.cell, minlength=number * size)
        return cells.reshape(number, self.statements, len(CHOICES))


def table_of(votes: Iterable[Vote], earlier=()):
    """(the table, ids of its people, ids of its statements, both in order): of two votes of a
    person on one statement the last. The statements of `earlier` have a place without a vote too.
    Votes may also come as one array.
    """
    if not isinstance(votes, np.ndarray):
        votes = np.fromiter(chain.from_iterable(votes), int).reshape(-1, COLUMNS)
    person, statement, vote = votes.T
    order = np.lexsort((statement, person))  # keeps the order of votes of one on the same
    person, statement, vote = person[order], statement[order], vote[order]
    is_last = np.ones(len(order), bool)
    is_last[:-1] = (np.diff(person) != 0) | (np.diff(statement) != 0)
    people, person_at = np.unique(person[is_last], return_inverse=True)
    statements = np.union1d(statement[is_last], np.asarray(earlier, int))
    statement_at = np.searchsorted(statements, statement[is_last])
    choice = np.searchsorted(-np.array(CHOICES), -vote[is_last])
    table = Table(person_at, statement_at, choice, len(people), len(statements))
    return table, people, statements
