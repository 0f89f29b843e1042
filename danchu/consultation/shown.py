"""What the pages of a consultation show beside its columns, at the desk and in public."""

from dataclasses import dataclass
from typing import Any

from danchu.consultation.difference import Paragraph, difference, paragraphs_of
from danchu.consultation.group_words import findings_of
from danchu.consultation.matters import Form, Matter
from danchu.consultation.models import Consultation, Content, Opinion
from danchu.consultation.participation import missing_of
from danchu.consultation.results import first_results
from danchu.consultation.said import said_of
from danchu.law.book import book
from danchu.law.rule import unit_words


@dataclass(frozen=True)
class Version:
    """One version of the content, with what it changed of the one before."""

    content: Content
    changes: tuple[Paragraph, ...]


def versions_of(consultation: Consultation) -> list[Version]:
    """All versions, the latest first; the first one has no changes."""
    contents = list(consultation.contents.order_by("number"))
    changed = [
        Version(later, tuple(difference(earlier.text, later.text)))
        for earlier, later in zip(contents, contents[1:], strict=False)
    ]
    return [*reversed(changed), *(Version(one, ()) for one in contents[:1])]


def facts_of(consultation: Consultation, actor: Any) -> dict[str, Any]:
    """The context of the page."""
    versions = versions_of(consultation)
    rule = book().rule_if_any(
        consultation.period_rule, consultation.opened_on or consultation.planned_on
    )
    return {
        "shows_summary": bool(consultation.summary),
        "matter": Matter(consultation.matter).label,
        "way_words": [Form(way).label for way in consultation.ways],
        "groups": consultation.groups.splitlines(),
        "versions": versions,
        "paragraphs": paragraphs_of(versions[0].content.text) if versions else [],
        "period": f"{unit_words(rule)} ({rule.source})" if rule else "",
    }


def desk_facts(consultation: Consultation, actor: Any) -> dict[str, Any]:
    """The context of the page at the desk, with what was said and what waits."""
    return {
        **facts_of(consultation, actor),
        **said_of(consultation),
        **findings_of(consultation),
        "waiting": consultation.opinions.waiting().count(),
        **missing_of(consultation),
        **first_results(consultation),
        "opinion_page": "desk_opinion",
        "opinion_list": "desk_opinions",
    }


def passage_of(opinion: Opinion) -> str:
    """The paragraph that an opinion is about, as it read then; "" for the whole content."""
    return paragraphs_of(opinion.content.text)[opinion.passage - 1] if opinion.passage else ""


def title_of(opinion: Opinion) -> str:
    """What an opinion is called: its number, and the first words or the stance."""
    words = opinion.text[:100] or opinion.get_stance_display()
    return f"{opinion.number}. {words}"
