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
    "notify": ("denunciation.notify", "complaint.suspend_send"),
    "decide": ("complaint.resolve", "complaint.second_resolve", "denunciation.resolve"),
    "send": ("complaint.send", "complaint.second_send", "denunciation.send"),
    "publish": ("complaint.second_publish", "denunciation.publish"),
    "answer": ("feedback.answer",),
    "invite": ("complaint.dialogue_notice",),
}
# The clocks to resolve, which an extension replaces and a suspension stops.
RESOLVING = MEETS["decide"]


def rules_begun_by(act, petition):
    """[key of the rule] of the clocks that the act begins; `petition` is as it is after the act."""
    nature = petition.nature
    second = petition.stage != Stage.FIRST
    if act == "register":
        return [
            {
                Nature.COMPLAINT: "complaint.accept",
                Nature.DENUNCIATION: _processing(petition),
                Nature.FEEDBACK: "feedback.answer",
            }[nature]
        ]
    if act == "classify":
        return (
            ["denunciation.transfer"]
            if nature == Nature.DENUNCIATION and petition.competent is False
            else []
        )
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
    if act in ("extend", "resume"):
        return [resolving_rule(petition)]
    if nature == Nature.COMPLAINT and (
        act in ("suspend", "stop") or act == "withdraw" and petition.accepted_on
    ):
        return ["complaint.suspend_send"]
    return []


def event_of(act, petition, on):
    """The day from which a clock begun by the act counts: for an invitation the day of the
    dialogue, for an extension the day of acceptance, else the day of the act.

    Days of suspension do not count: the day of acceptance is moved by as many.
    """
    if act == "invite":
        return petition.dialogue_on
    if act in ("extend", "resume"):
        return petition.accepted_on + timedelta(days=petition.suspended_days)
    return on


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
