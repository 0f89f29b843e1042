"""Open obligations about elections and conventions that earlier versions judged by the rules of all
decisions: the same number of days, by another article.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from danchu.decision.writes.settling import SUBJECT
from danchu.law.book import book
from danchu.obligations.misjudged import Misjudged
from danchu.obligations.models import Obligation
from danchu.village.models import Convention, HeadElection
from danchu.village.writes.led import OF_CONVENTIONS, OF_ELECTIONS


def judged_as_all_decisions() -> Iterator[Misjudged]:
    """What is open under a general rule where the matter has a rule of its own."""
    for model, rules in ((HeadElection, OF_ELECTIONS), (Convention, OF_CONVENTIONS)):
        matters = model.objects.exclude(decision=None).values_list("decision", flat=True)
        rows = Obligation.objects.open().filter(
            subject_kind=SUBJECT, subject__in=list(map(str, matters)), rule__key__in=list(rules)
        )
        for obligation in rows.select_related("rule").order_by("pk"):
            key = rules[obligation.rule.key]
            if book().is_in_force(key, obligation.event_on):
                yield Misjudged(
                    obligation,
                    key,
                    obligation.event_on,
                    _("Việc bầu trưởng thôn, hương ước theo nghị định riêng."),
                )
