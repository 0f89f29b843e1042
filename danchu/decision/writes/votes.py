"""The next vote on a decision."""

from danchu.decision.models import Conduct, HouseholdDecision, HouseholdVote
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.law.decision import Form
from danchu.subjects.writes import next_number


def begin_vote(
    decision: HouseholdDecision, form: Form, by: Acting, **values: object
) -> HouseholdVote:
    """Write the next vote on the decision, which is locked."""
    return HouseholdVote.objects.create(
        decision=decision,
        unit_id=decision.unit_id,
        number=next_number(HouseholdVote.objects.filter(decision=decision)),
        form=form.value,
        made_by=by.key,
        made_at=now(),
        **values,
    )


def change_vote(vote: HouseholdVote, leader: str, plan: dict[str, object]) -> None:
    """Another plan of the vote, whose roll is not frozen; no copy of it went to the commune yet."""
    for name, value in plan.items():
        setattr(vote, name, value)
    vote.save(update_fields=list(plan))
    Conduct.objects.update_or_create(vote=vote, defaults={"leader": leader, "copied_on": None})
