"""Votes read slowly and plainly, against which what pages and jobs read is held."""


def votes_of(consultation):
    """[(voter, statement, choice)] of a consultation on statements that are not hidden, by the
    numbers of the voter and of the statement, in the order of both.
    """
    rows = consultation.votes.counted().order_by("voter__number", "proposition__number")
    return list(rows.values_list("voter__number", "proposition__number", "choice"))
