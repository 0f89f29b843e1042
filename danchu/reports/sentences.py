"""The sentences of a paragraph, and what stands in place of one that has no data."""

import re
from itertools import takewhile

from django.utils.translation import override

from danchu.figures.catalogue import full_name
from danchu.reports.blocks import Number

UNKNOWN = {"vi": "chưa có số liệu", "en": "not known"}
NO_DATA = {"vi": "chưa có số liệu", "en": "no data yet"}
OF_YEAR = {"vi": " năm {year}", "en": " of {year}"}
_END = re.compile(r"(?<=[.;!?])(\s+)")


def sentences(pieces):
    """The pieces of a paragraph (strings and others) as a list of lists, one for each sentence, in
    order and without a loss: blanks after a sentence belong to it.
    """
    groups = [[]]
    for piece in pieces:
        if not isinstance(piece, str):
            groups[-1].append(piece)
            continue
        parts = _END.split(piece)  # text, blanks, text, blanks, …, text
        for place, part in enumerate(parts):
            if place % 2 == 0 and place:
                groups.append([])
            if part:
                groups[-1].append(part)
    return [group for group in groups if group]


def missing_sentence(numbers, spans, language, words=NO_DATA):
    """The spans of the sentence that says of the indicators of `numbers` only the words (by
    language): each named once, leading to its figure; with the blanks that end `spans`.
    """
    names = {}
    for number in numbers:
        names.setdefault(_name(number.figure, language), number.figures)
    parts = []
    for place, (name, figures) in enumerate(names.items()):
        parts += [", "] * (place > 0) + [Number(name, figures)]
    end = "".join(reversed(list(takewhile(lambda span: isinstance(span, str), reversed(spans)))))
    blanks = end[len(end.rstrip()) :]
    mark = ";" if end.rstrip().endswith(";") else "."
    return [*parts, ": ", Number(words[language], numbers[0].figures), mark + blanks]


def _name(figure, language):
    """The name of the indicator, and the year where the figure is of one year."""
    with override(language):
        name = full_name(figure.indicator)
    period = figure.period
    is_year = period.since.timetuple().tm_yday == 1 and period.until == period.since.replace(
        year=period.since.year + 1
    )
    return name + (OF_YEAR[language].format(year=period.since.year) if is_year else "")
