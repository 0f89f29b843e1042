"""What came of a consultation: a signed summary, its publication, the explanation of a superior who
decided otherwise than the people said.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.consultation.lives import CONSULTATION_LIFE
from danchu.consultation.models import Consultation
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day
from danchu.kernel.refusals import all_refusals
from danchu.obligations.actions import owe
from danchu.obligations.clock import LAW
from danchu.obligations.writes import meet_unless_closed
from danchu.subjects.texts import content_of, line_of
from danchu.subjects.writes import move_on
from danchu.units.names import name_of
from danchu.units.on_day import unit_above

# A superior that decides against the majority explains it (article 28); the law names no days.
EXPLAIN_RULE = "consultation.explain"
# A summary is disclosed as any document of a commune is (article 11, item 11; article 12).
PUBLISH_RULE = "disclosure.publish"


@transaction.atomic
def summarise_consultation(
    consultation: Consultation, *, by: Acting, on: date, summary: str
) -> Consultation:
    """The summary was signed on `on`: who was asked, how many answered, what was accepted, what not
    and why. From then it must be published within the time of the law.
    """
    CONSULTATION_LIFE.require(by, "summarise", consultation)
    consultation = CONSULTATION_LIFE.hold(consultation, "summarise", "unit")
    with all_refusals() as rule:
        with rule():
            check_day(on, consultation.closed_on, "on")
        with rule():
            summary = content_of(summary, "summary")
    publication = None
    if not consultation.is_individual:
        publication = owe(
            by=LAW,
            unit=consultation.unit,
            rule_key=PUBLISH_RULE,
            event_on=on,
            title=_("Công bố tổng hợp, giải trình: %s") % consultation.title[:140],
            subject_kind="consultation",
            subject=consultation.pk,
        )
    move_on(
        consultation,
        CONSULTATION_LIFE,
        "summarise",
        summary=summary,
        summarised_on=on,
        publication=publication,
    )
    record(
        by,
        "consultation.summarised",
        consultation,
        unit=consultation.unit_id,
        on=on.isoformat(),
        due=publication.due_on.isoformat() if publication else None,
    )
    return consultation


@transaction.atomic
def publish_summary(consultation: Consultation, *, by: Acting, on: date) -> Consultation:
    """The summary is published, in time or late by the rule of the day. Of an individual decision
    it is sent to the addressees.
    """
    CONSULTATION_LIFE.require(by, "publish", consultation)
    consultation = CONSULTATION_LIFE.hold(consultation, "publish")
    check_day(on, consultation.summarised_on, "on")
    if consultation.publication is not None:
        consultation.publication = meet_unless_closed(consultation.publication, by=LAW, on=on)
    move_on(consultation, CONSULTATION_LIFE, "publish", published_on=on)
    record(by, "consultation.published", consultation, unit=consultation.unit_id, on=on.isoformat())
    return consultation


@transaction.atomic
def overrule_opinions(
    consultation: Consultation, *, by: Acting, on: date, overruled_by: str
) -> Consultation:
    """A superior decided on `on` against the opinion of the majority; `overruled_by` is its name
    and the number of its decision. The unit above the consultation's owes an explanation in
    writing (Law 10/2022, article 28).
    """
    CONSULTATION_LIFE.require(by, "overrule", consultation)
    consultation = CONSULTATION_LIFE.hold(consultation, "overrule", "unit")
    with all_refusals() as rule:
        with rule():
            check_day(on, consultation.closed_on, "on")
        with rule():
            overruled_by = line_of(
                overruled_by, "overruled_by", 200, _("Hãy ghi cơ quan, số văn bản quyết định.")
            )
    consultation.explanation_owed = owe(
        by=LAW,
        unit=unit_above(consultation.unit, on) or consultation.unit,
        rule_key=EXPLAIN_RULE,
        event_on=on,
        title=_("Giải trình vì sao quyết định khác ý kiến đa số: %s") % consultation.title[:120],
        owed_to=(name_of(consultation.unit_id, on) or "")[:120],
        subject_kind="consultation",
        subject=consultation.pk,
    )
    consultation.overruled_on = on
    consultation.overruled_by = overruled_by
    consultation.save(update_fields=["overruled_on", "overruled_by", "explanation_owed"])
    record(by, "consultation.overruled", consultation, unit=consultation.unit_id, on=on.isoformat())
    return consultation


@transaction.atomic
def explain_decision(
    consultation: Consultation, *, by: Acting, on: date, explained_by: str, explanation: str
) -> Consultation:
    """The superior that decided against the opinion of the majority explained why in writing, which
    came back on `on`, in time or late, and is public from then.
    """
    CONSULTATION_LIFE.require(by, "explain", consultation)
    consultation = CONSULTATION_LIFE.hold(consultation, "explain")
    with all_refusals() as rule:
        with rule():
            check_day(on, consultation.overruled_on, "on")
        with rule():
            explained_by = line_of(
                explained_by, "explained_by", 200, _("Hãy ghi cơ quan, số văn bản giải trình.")
            )
        with rule():
            explanation = content_of(explanation, "explanation")
    consultation.explanation_owed = meet_unless_closed(consultation.explanation_owed, by=LAW, on=on)
    consultation.explained_on = on
    consultation.explained_by = explained_by
    consultation.explanation = explanation
    consultation.save(update_fields=["explained_on", "explained_by", "explanation"])
    record(by, "consultation.explained", consultation, unit=consultation.unit_id, on=on.isoformat())
    return consultation
