"""The rules of the law as the lines of a list: narrowed, ordered, page by page."""

from dataclasses import dataclass

from danchu.kernel.addresses import number_in
from danchu.kernel.days import today
from danchu.kernel.text import fold, sort_key
from danchu.law.book import book
from danchu.law.rule import DEADLINES, THRESHOLDS, amount_words, mark_words

# The least verified first; what an operator entered stands before what was read in the text itself.
DOUBT = {
    mark: place
    for place, mark in enumerate(
        ("memory_low", "memory_med", "memory_high", "secondary", "operator", "verified")
    )
}
# By how certain a rule is, its name, its first day and its key.
SORTS = {
    "mark": lambda doubt, name, since, key: (doubt, name, key),
    "name": lambda doubt, name, since, key: (name, key),
    "since": lambda doubt, name, since, key: (since, key),
}


@dataclass(frozen=True)
class Line:
    """A rule of the list: its version in force, or its last one where none is."""

    rule: object
    versions: int

    @property
    def place(self):
        """What it is sorted by."""
        rule = self.rule
        return DOUBT[rule.mark], sort_key(rule.name), rule.since.isoformat(), rule.key

    @property
    def amount(self):
        return amount_words(self.rule)

    @property
    def mark(self):
        return mark_words(self.rule.mark)

    @property
    def is_to_come(self):
        return self.rule.since > today()


def narrowed_lines(request):
    """[Line] that match the filters of the address, in its order."""
    rule_book = book()
    words = fold(request.GET.get("q", ""))
    mark = request.GET.get("mark", "")
    sense = request.GET.get("sense", "")
    senses = {"deadline": DEADLINES, "threshold": THRESHOLDS}.get(sense)
    lines = []
    for key in rule_book.rule_keys():
        versions = rule_book.versions(key)
        rule = _present(versions)
        text = fold(f"{rule.vi} {rule.en} {rule.key} {rule.text} {rule.article}")
        is_unchecked = mark == "unchecked" and not rule.is_verified
        has_mark = is_unchecked or not mark or rule.mark == mark
        if words in text and has_mark and (senses is None or rule.sense in senses):
            lines.append(Line(rule, len(versions)))
    order, is_down = _order(request.GET)
    return sorted(lines, key=lambda line: order(*line.place), reverse=is_down)


def _order(query):
    """(how a place is compared, whether the greatest comes first)"""
    sort = query.get("sort", "mark")
    return SORTS.get(sort.removeprefix("-"), SORTS["mark"]), sort.startswith("-")


def mark_of_line(line):
    """The place of a line in any order, for an address."""
    doubt, _name, since, key = line.place
    return f"{doubt}.{since}.{key}"


def lines_behind(lines, query):
    """The lines behind the mark in the address, also where its rule was changed or checked since or
    no longer matches; all of them where there is none.
    """
    doubt, _dot, rest = query.get("after", "").partition(".")
    since, _dot, key = rest.partition(".")
    if not key or number_in(doubt, 1) is None:
        return lines
    rule_book = book()
    if key not in rule_book.rule_keys():
        return lines
    order, is_down = _order(query)
    name = sort_key(_present(rule_book.versions(key)).name)
    mark = order(number_in(doubt, 1), name, since, key)
    return [
        line
        for line in lines
        if (order(*line.place) < mark if is_down else order(*line.place) > mark)
    ]


def _present(versions):
    """The version in force today, or the last one where none is."""
    day = today()
    return next((version for version in versions if version.in_force(day)), versions[-1])
