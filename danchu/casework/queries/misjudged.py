"""Clocks of petitions that earlier versions of this product began by a wrong rule or from a wrong
day. What was closed stays as it was judged; `obligations.misjudged` says what becomes of them.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from danchu.casework.models import Petition
from danchu.casework.natures import Complexity, Nature
from danchu.casework.querysets import SUBJECT
from danchu.casework.rules.clocks import FIRST_RULES, RESOLVING, TRANSFER, first_rule
from danchu.law.book import book
from danchu.obligations.misjudged import Misjudged
from danchu.obligations.models import Obligation, State

SUSPENSION = "complaint.suspend_send"


def misjudged_clocks() -> Iterator[Misjudged]:
    """All clocks that were begun wrongly, of every kind of mistake known so far."""
    yield from _transfers_from_classification()
    yield from _extended_twice_at_once()
    yield from _suspended_too_early()
    yield from _of_another_nature()


def _transfers_from_classification() -> Iterator[Misjudged]:
    """Clocks to hand a denunciation over that counted from its classification, not from its receipt
    (Law 25/2018 art. 24.2).
    """
    clocks = list(_clocks(Q(rule__key=TRANSFER)))
    received = dict(
        Petition.objects.filter(pk__in=[int(clock.subject) for clock in clocks]).values_list(
            "pk", "received_on"
        )
    )
    for clock in clocks:
        day = received.get(int(clock.subject))
        if day is not None and clock.event_on != day:
            yield Misjudged(
                clock,
                TRANSFER,
                day,
                _("Hạn chuyển đơn tố cáo tính từ ngày nhận đơn, không từ ngày phân loại."),
            )


def _extended_twice_at_once() -> Iterator[Misjudged]:
    """Clocks to resolve denunciations that one decision extended by two steps (art. 30.2, 30.3)."""
    petitions = Petition.objects.filter(
        nature=Nature.DENUNCIATION, complexity=Complexity.VERY_COMPLEX
    ).prefetch_related("steps")
    key = f"denunciation.resolve.{Complexity.COMPLEX}"
    wrong = f"denunciation.resolve.{Complexity.VERY_COMPLEX}"
    subjects = [
        str(petition.pk)
        for petition in petitions
        if [step.act for step in petition.steps.all()].count("extend") == 1
    ]
    for clock in _clocks(Q(rule__key=wrong, subject__in=subjects)):
        yield Misjudged(
            clock, key, clock.event_on, _("Một quyết định chỉ gia hạn một lần, không quá 30 ngày.")
        )


def _suspended_too_early() -> Iterator[Misjudged]:
    """Clocks to resolve complaints that were moved by a suspension which the law of its day did not
    know: the days of that suspension count.
    """
    law = book()
    complaints = Petition.objects.filter(
        nature=Nature.COMPLAINT, suspended_days__gt=0, accepted_on__isnull=False
    ).prefetch_related("steps")
    for petition in complaints:
        lawful_days = _lawful_days(petition, law)
        if lawful_days == petition.suspended_days:
            continue
        moved_to = petition.accepted_on + timedelta(days=petition.suspended_days)
        right = petition.accepted_on + timedelta(days=lawful_days)
        keys = Q()
        for stem in RESOLVING:
            keys |= Q(rule__key__startswith=stem)
        for clock in _clocks(keys & Q(subject=str(petition.pk), event_on=moved_to)):
            yield Misjudged(
                clock,
                clock.rule.key,
                right,
                _("Vào ngày tạm đình chỉ, luật chưa cho tạm đình chỉ khiếu nại."),
            )


def _of_another_nature() -> Iterator[Misjudged]:
    """Open clocks from the receipt by the rule of what the petition seemed to be before it was
    classified.
    """
    clocks = list(_clocks(Q(rule__key__in=FIRST_RULES, state=State.OPEN)))
    petitions = Petition.objects.in_bulk([int(clock.subject) for clock in clocks])
    for clock in clocks:
        petition = petitions.get(int(clock.subject))
        if petition is not None and clock.rule.key != first_rule(petition):
            yield Misjudged(
                clock,
                first_rule(petition),
                petition.received_on,
                _("Hạn tính theo loại đơn đã phân loại lại, từ ngày nhận."),
            )


def _lawful_days(petition, law):
    """The days of those suspensions of a complaint that began while the law knew suspension."""
    days = 0
    begun_on = None
    for step in petition.steps.all():
        if step.act == "suspend":
            begun_on = step.on
        elif step.act == "resume" and begun_on is not None:
            if law.is_in_force(SUSPENSION, begun_on):
                days += (step.on - begun_on).days
            begun_on = None
    return days


def _clocks(condition):
    return (
        Obligation.objects.filter(condition, subject_kind=SUBJECT)
        .select_related("rule")
        .order_by("pk")
    )
