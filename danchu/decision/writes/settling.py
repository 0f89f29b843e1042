"""What a vote leads to: its outcome, and what is owed because of it."""

from danchu.decision import stored
from danchu.decision.led import Step, own_rule, tell_leaders
from danchu.decision.rules.outcomes import judged
from danchu.kernel.days import today
from danchu.law.book import book
from danchu.law.decision import Next, Outcome
from danchu.obligations.actions import excuse_obligation, meet_obligation, owe
from danchu.obligations.clock import LAW
from danchu.obligations.models import Obligation

SEND = "decision.send"
RECOGNISE = "decision.recognise"
PLAN = "ballot.plan"
SUBJECT = "household_decision"
RECOGNISERS = {Next.RECOGNISED_BY_COMMITTEE: "committee", Next.RECOGNISED_BY_FRONT: "front"}


def settle_vote(decision, vote, by, **counts):
    """Write the counts and the outcome of the vote; returns what changes in the decision."""
    for name, value in counts.items():
        setattr(vote, name, value)
    outcome = judged(decision, vote)
    vote.outcome = outcome.outcome.value
    vote.counted_on = today()
    tell_leaders(Step.SETTLING, decision, vote, by)
    vote.save(update_fields=[*counts, "outcome", "counted_on"])
    if outcome.outcome in (Outcome.TOO_FEW_PRESENT, Outcome.FORM_NOT_AGREED):
        return {"outcome": vote.outcome}
    settled_on = vote.until or vote.held_on
    if outcome.outcome == Outcome.PASSED:
        owe_sending(decision, settled_on, by)
    return {
        "outcome": vote.outcome,
        "settled_on": settled_on,
        "settled_by": vote.form,
        "households": vote.households,
        "yes": vote.yes,
        "recogniser": RECOGNISERS.get(outcome.next, ""),
    }


def owe_sending(decision, settled_on, by):
    """The obligation to send what was passed to the commune."""
    owe_of_village(decision, SEND, settled_on, by)


def owe_of_village(decision, rule_key, event_on, by):
    """An obligation of the village about the decision, where the rule was in force on the day."""
    key = key_of(decision, rule_key, event_on)
    if not book().is_in_force(key, event_on):
        return
    owe(
        by=by,
        unit=decision.unit,
        rule_key=key,
        event_on=event_on,
        title=decision.title,
        subject_kind=SUBJECT,
        subject=decision.pk,
    )


def owe_plan_again(decision, on, by):
    """A copy of another plan of the ballots is owed from the day on, in place of the one before."""
    if owed := open_obligation(decision, PLAN):
        excuse_obligation(owed, by=LAW, reason=stored.PLANNED_AGAIN)
    owe_of_village(decision, PLAN, on, by)


def key_of(decision, rule_key, event_on):
    """The key of the rule that judges the decision: its own where a special text was in force on
    the day, as for the election of a head, otherwise that of all decisions.
    """
    own = own_rule(decision, rule_key)
    return own if book().is_in_force(own, event_on) else rule_key


def open_obligation(decision, rule_key):
    """The open obligation about the decision under a rule, or its own rule in the place of that;
    None without one.
    """
    rows = Obligation.objects.open().filter(
        subject_kind=SUBJECT,
        subject=str(decision.pk),
        rule__key__in=(rule_key, own_rule(decision, rule_key)),
    )
    return rows.order_by("pk").first()


def excuse_open(decision, by, reason):
    """Close what is owed about the decision because its result has no force any more."""
    for key in (SEND, RECOGNISE, PLAN):
        obligation = open_obligation(decision, key)
        if obligation is not None:
            excuse_obligation(obligation, by=by, reason=reason)


def meet(decision, rule_key, on, by):
    """Close the obligation about the decision as done on the day, where there is one."""
    obligation = open_obligation(decision, rule_key)
    if obligation is not None:
        meet_obligation(obligation, by=by, on=on)
