"""Groups, topics and copies in words, for the pages of a consultation."""

from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from danchu.consultation.models import Consultation, Findings, Opinion
from danchu.consultation.proposition_life import PropositionState

TEXTS_SHOWN = 3


@dataclass(frozen=True)
class Held:
    """Of ten people in a group `agree` agree with the statement, of ten others `elsewhere`."""

    text: str
    agree: int
    elsewhere: int


@dataclass(frozen=True)
class GroupShown:
    """A group by its letter, how many people it has (None where that is not told)."""

    letter: str
    people: int | None
    stands: tuple[Held, ...]


@dataclass(frozen=True)
class TopicShown:
    """What some opinions speak of: the commonest words, how many, and the most typical ones."""

    words: str
    count: int
    opinions: tuple[Opinion, ...]
    others: tuple[Opinion, ...]


def findings_of(consultation: Consultation) -> dict[str, Any]:
    """The context of the parts of a page that show groups, topics and copies."""
    findings = Findings.objects.defer("groups_kept", "results").filter(pk=consultation.pk).first()
    if findings is None:
        return {}
    return {
        "findings": findings,
        **_groups(consultation, findings.groups),
        **_topics(consultation, findings),
    }


def _groups(consultation, found_groups):
    if not found_groups:
        return {}
    counted = consultation.propositions.filter(state=PropositionState.COUNTED)
    text_of = dict(counted.values_list("number", "text"))
    letters = ascii_uppercase[: len(found_groups["groups"])]
    return {
        "group_letters": letters,
        "opinion_groups": [
            GroupShown(
                letter,
                group["people"],
                tuple(
                    Held(text_of[one], agree, elsewhere)
                    for one, agree, elsewhere in group["stands"]
                    if one in text_of
                ),
            )
            for letter, group in zip(letters, found_groups["groups"], strict=True)
        ],
        "shared": [text_of[one] for one in found_groups["shared"] if one in text_of],
        "group_shares": [
            (text_of[one], shares) for one, shares in found_groups["shares"] if one in text_of
        ],
    }


def _topics(consultation, findings):
    numbers = {one for topic in findings.topics for one in topic["opinions"]}
    numbers |= {one for copies in findings.copies for one in copies}
    public = Opinion.objects.public().filter(consultation=consultation, number__in=numbers)
    opinion_of = {one.number: one for one in public}
    topics = []
    for topic in findings.topics:
        opinions = tuple(opinion_of[one] for one in topic["opinions"] if one in opinion_of)
        words = ", ".join(topic["words"])
        topics.append(
            TopicShown(words, topic["count"], opinions[:TEXTS_SHOWN], opinions[TEXTS_SHOWN:])
        )
    copies = [
        [opinion_of[one] for one in numbers if one in opinion_of] for numbers in findings.copies
    ]
    return {"topics": topics, "copies": [one for one in copies if len(one) > 1]}
