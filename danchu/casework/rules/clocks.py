"""Which clocks each act on a petition begins and meets. The time limits stand in the law book.

A clock is an obligation of the body that handles the petition, with the version of the rule that
gives its due day.
"""

from datetime import timedelta

from danchu.casework.natures import Complexity, Nature, Stage

# The rules whose clocks an act meets. An act that ends the petition excuses all other clocks.
MEETS = {
    "accept": ("complaint.accept", "denunciation.process"),
    "refuse": ("complaint.accept", "denunciation.process"),
    "guide": ("complaint.accept", "feedback.answer"),
    "return": ("complaint.accept",),
    "forward": (
        "complaint.accept",
        "denunciation.process",
        "denunciation.transfer",
        "feedback.answer",
    ),
    "urge": ("complaint.accept", "denunciation.process", "feedback.answer"),
    "file": ("complaint.accept", "denunciation.process", "feedback.answer"),
    "use": ("denunciation.process",),
    "notify": (
        "denunciation.notify",
        "denunciation.suspend_send",
        "complaint.suspend_send",
        "complaint.resume_send",
    ),
    "decide": ("complaint.resolve", "complaint.second_resolve", "denunciation.resolve"),
    "send": ("complaint.send", "complaint.second_send", "denunciation.send"),
    "publish": ("complaint.second_publish", "denunciation.publish"),
    "answer": ("feedback.answer",),
    "invite": ("complaint.dialogue_notice",),
}
# The clocks to resolve, which an extension replaces and a suspension stops.
RESOLVING = MEETS["decide"]
# The clock to hand a denunciation over, which ends when it is classified as within competence.
TRANSFER = "denunciation.transfer"


# The clocks of a petition that was not sorted yet; which of them, its nature says.
FIRST_RULES = (
    "complaint.accept",
    "denunciation.process",
    "denunciation.process.several",
    "feedback.answer",
)


def first_rule(petition):
    """The key of the rule of the clock that runs from the receipt of the petition."""
    return {
        Nature.COMPLAINT: "complaint.accept",
        Nature.DENUNCIATION: _processing(petition),
        Nature.FEEDBACK: "feedback.answer",
    }[petition.nature]


def rules_begun_by(act, petition):
    """[key of the rule] of the clocks that the act begins; `petition` is as it is after the act."""
    nature = petition.nature
    second = petition.stage != Stage.FIRST
    if act == "register":
        return [first_rule(petition)]
    if act == "classify":
        is_theirs = nature == Nature.DENUNCIATION and petition.competent is False
        return [first_rule(petition), *([TRANSFER] if is_theirs else [])]
    if act == "accept" and nature != Nature.FEEDBACK:
        return [
            resolving_rule(petition),
            *(["denunciation.notify"] if nature == Nature.DENUNCIATION else []),
        ]
    if act == "decide" and nature == Nature.DENUNCIATION:
        return ["denunciation.send", "denunciation.publish"]
    if act == "decide":
        return (
            ["complaint.second_send", "complaint.second_publish"] if second else ["complaint.send"]
        )
    if act == "reopen":
        return ["feedback.answer"]
    if act == "invite":
        return ["complaint.dialogue_notice"]
    if act == "extend":
        return [resolving_rule(petition)]
    if act == "resume":
        is_complaint = nature == Nature.COMPLAINT
        return [resolving_rule(petition), *(["complaint.resume_send"] if is_complaint else [])]
    if nature != Nature.FEEDBACK and (
        act in ("suspend", "stop") or act == "withdraw" and petition.accepted_on
    ):
        return [suspension_rule(petition)]
    return []


def event_of(key, act, petition, on):
    """The day from which a clock of the rule `key`, begun by the act, counts: for an invitation the
    day of the dialogue, to resolve the day of acceptance, for what a classification begins the day
    of receipt (also to hand a denunciation over, Law 25/2018 art. 24.2), else the day of the act.

    Days of suspension do not count: the day of acceptance is moved by as many.
    """
    if act == "invite":
        return petition.dialogue_on
    if act == "classify":
        return petition.received_on
    if act in ("extend", "resume") and key == resolving_rule(petition):
        return petition.accepted_on + timedelta(days=petition.suspended_days)
    return on


def suspension_rule(petition):
    """The key of the rule by which a decision to suspend or stop is sent. Before it was in force,
    the law of the nature had no suspension.
    """
    return f"{petition.nature}.suspend_send"


def resolving_rule(petition):
    """The key of the rule with the time limit to resolve, by stage, remoteness and complexity."""
    if petition.nature == Nature.DENUNCIATION:
        return ".".join(filter(None, ("denunciation.resolve", petition.complexity)))
    stem = "complaint.resolve" if petition.stage == Stage.FIRST else "complaint.second_resolve"
    conditions = []
    if petition.is_remote:
        conditions.append("remote")
    if petition.complexity != Complexity.PLAIN:
        conditions.append("complex")
    return f"{stem}.{'_'.join(conditions)}" if conditions else stem


def _processing(petition):
    return "denunciation.process.several" if petition.several_places else "denunciation.process"
