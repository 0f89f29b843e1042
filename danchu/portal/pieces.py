"""Cards as they stand on a page, each worked out again only when one of its own figures changes."""

from django.template.loader import get_template

from danchu.kernel.reading import is_known, once, recall
from danchu.kernel.words import language
from danchu.portal import cards
from danchu.portal.question import Question

CARD = "portal/parts/card.html"


def card_pieces(questions: list[Question], *, large: bool = False) -> list[str]:
    """The cards of these questions of one reader as HTML, in the same order. The sums of those that
    are worked out now are read together.
    """
    names = [_name(question, large=large) for question in questions]
    unknown = [
        question
        for name, question in zip(names, questions, strict=True)
        if not is_known(name) and not recall(name)
    ]
    if unknown:
        cards.read_sums_of(unknown)
    return [
        once(name, lambda question=question: _markup(question, large=large), lasts=())
        for name, question in zip(names, questions, strict=True)
    ]


def _name(question: Question, *, large: bool) -> tuple[object, ...]:
    """All that a card may differ by beside the rows that it counts."""
    place = question.unit.pk, question.own, question.map_day, question.first_year
    figure = question.indicator.key, question.period, question.actor.key
    return "card", *figure, *place, language(), large


def _markup(question: Question, *, large: bool) -> str:
    return get_template(CARD).render({"card": cards.card_of_read(question), "large": large})
