"""Village conventions: drafted in versions, posted, put to the households, filed, forwarded; and
suspended or annulled by the commune.
"""

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.decision.actions import annul_decision
from danchu.decision.input.household_fields import check_village
from danchu.decision.latest import names_in
from danchu.decision.models.decisions import Proposer
from danchu.decision.writes.proposals import put_forward
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now, today
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import line_of, reason_of, text_of
from danchu.subjects.writes import move_on
from danchu.units.models import Unit
from danchu.village import stored
from danchu.village.lives import CONVENTION, CONVENTION_LIFE
from danchu.village.models import Convention
from danchu.village.models.conventions import LONGEST_TITLE, ConventionProposer, Flag
from danchu.village.rules.days import check_asking, check_lasted
from danchu.village.writes.conventions import FORWARD, keep_suspension, write_text
from danchu.village.writes.owing import excuse_owed, meet_owed, owe_by_committee, owe_by_village

LONGEST_NUMBER = 60
LONGEST_CONVENTION = 100_000
ITEM = 3
POSTING = "convention.posting"
FLAGS = {Flag.SUSPEND: "convention.suspend", Flag.ANNUL: "convention.annul"}


@transaction.atomic
def draft_convention(
    *,
    by: Acting,
    unit: Unit,
    title: str,
    proposer: str,
    drafters: str,
    text: str,
    proposed_on: date,
    asking: int = 0,
    uid: UUID | None = None,
) -> Convention:
    """A convention of the village is proposed, with the people who draft it and the first version
    of its text. Refused, by field, where too few households propose it; Denied without the right.
    """
    require(by.may("draft", CONVENTION, unit), CONVENTION_LIFE.no_right)
    households = 0
    with all_refusals() as rule:
        with rule():
            check_village(unit, proposed_on, day_field="proposed_on")
            if proposer == ConventionProposer.HOUSEHOLDS:
                households = check_asking(
                    "convention.propose", asking, unit.pk, proposed_on, "asking"
                )
        with rule():
            title = line_of(title, "title", LONGEST_TITLE, _("Hãy ghi tên hương ước, quy ước."))
        with rule():
            if proposer not in ConventionProposer.values:
                raise Refused(_("Hãy chọn trong danh sách."), "proposer")
        with rule():
            people = names_in(drafters, "drafters")
            if not people:
                raise Refused(_("Hãy ghi tên từng người, mỗi người một dòng."), "drafters")
        with rule():
            text = _text(text)
    check_unsent(Convention, uid)
    convention = Convention.objects.create(
        uid=uid or uuid4(),
        unit=unit,
        title=title,
        proposer=proposer,
        asking=asking if households else 0,
        households_then=households,
        drafters="\n".join(people),
        proposed_on=proposed_on,
        made_by=by.key,
        made_at=now(),
    )
    write_text(convention, text, proposed_on, by)
    record(by, "convention.drafted", convention, unit=unit)
    return convention


@transaction.atomic
def revise_convention(
    convention: Convention, *, by: Acting, text: str, on: date | None = None
) -> Convention:
    """Write the next version of the text, of a day (today by default) that is not before that of
    the last one. After a vote that failed, or a refusal, it is posted and put to the households
    anew.
    """
    CONVENTION_LIFE.require(by, "revise", convention)
    convention = CONVENTION_LIFE.hold(convention, "revise")
    on = on or today()
    last = convention.texts.order_by("-number").first()
    with all_refusals() as rule:
        with rule():
            check_day(on, min(last.written_on, today()), "on")
        with rule():
            text = _text(text)
            if last.text == text:
                raise Refused(_("Bản này giống hệt bản trước."), "text")
    fresh = {}
    if convention.state not in ("draft", "posted"):
        fresh = {"decision": None, "posted_on": None, "filed_on": None, "file_number": ""}
    write_text(convention, text, on, by)
    move_on(convention, CONVENTION_LIFE, "revise", **fresh)
    record(by, "convention.revised", convention, unit=convention.unit_id)
    return convention


@transaction.atomic
def post_convention(convention: Convention, *, by: Acting, on: date) -> Convention:
    """The draft is posted for comment from a day on, for as long as the law asks."""
    CONVENTION_LIFE.require(by, "post", convention)
    convention = CONVENTION_LIFE.hold(convention, "post", "unit")
    check_day(on, convention.proposed_on, "on")
    move_on(convention, CONVENTION_LIFE, "post", posted_on=on)
    record(by, "convention.posted", convention, unit=convention.unit_id)
    owe_by_village(convention, POSTING, on, stored.POST_OWED.format(title=convention.title), by)
    return convention


@transaction.atomic
def put_convention(convention: Convention, *, by: Acting, on: date) -> Convention:
    """The text as it stands is put before the households. Refused before the draft was posted for
    as long as the law asks.
    """
    CONVENTION_LIFE.require(by, "put", convention)
    convention = CONVENTION_LIFE.hold(convention, "put", "unit")
    check_day(on, convention.posted_on, "on")
    check_lasted(POSTING, convention.posted_on, on, "on")
    meet_owed(convention, POSTING, on, by)
    latest = convention.texts.order_by("-number").first()
    decision = put_forward(
        by=by,
        unit=convention.unit,
        item=ITEM,
        title=stored.CONVENTION.format(title=convention.title),
        content=stored.CONVENTION_CONTENT.format(number=latest.number),
        proposer=Proposer.HEAD.value,
        proposed_on=on,
        day_field="on",
    )
    move_on(convention, CONVENTION_LIFE, "put", decision=decision)
    record(by, "convention.put", convention, unit=convention.unit_id, text=latest.number)
    return convention


@transaction.atomic
def file_convention(convention: Convention, *, by: Acting, on: date, number: str) -> Convention:
    """The file is complete: the request, the minutes of the vote, the text that was adopted."""
    CONVENTION_LIFE.require(by, "file", convention)
    convention = CONVENTION_LIFE.hold(convention, "file", "decision")
    with all_refusals() as rule:
        with rule():
            check_day(on, convention.decision.settled_on, "on")
        with rule():
            number = line_of(number, "number", LONGEST_NUMBER, _("Hãy ghi số văn bản."))
    move_on(convention, CONVENTION_LIFE, "file", filed_on=on, file_number=number)
    record(by, "convention.filed", convention, unit=convention.unit_id)
    return convention


@transaction.atomic
def forward_convention(convention: Convention, *, by: Acting, on: date) -> Convention:
    """The recognised text was sent to the head of the village and to the Front."""
    CONVENTION_LIFE.require(by, "forward", convention)
    convention = CONVENTION_LIFE.hold(convention, "forward")
    check_day(on, convention.in_force_on, "on")
    meet_owed(convention, FORWARD, on, by)
    move_on(convention, CONVENTION_LIFE, "forward", sent_on=on)
    record(by, "convention.forwarded", convention, unit=convention.unit_id)
    return convention


@transaction.atomic
def flag_convention(convention: Convention, *, by: Acting, on: date, flagged: str) -> Convention:
    """The commune learned on a day that the convention breaks the law: it must suspend or annul it
    within the days of the law.
    """
    CONVENTION_LIFE.require(by, "flag", convention)
    convention = CONVENTION_LIFE.hold(convention, "flag", "unit")
    with all_refusals() as rule:
        with rule():
            check_day(on, convention.in_force_on, "on")
        with rule():
            if flagged not in Flag.values:
                raise Refused(_("Hãy chọn trong danh sách."), "flagged")
    move_on(convention, CONVENTION_LIFE, "flag", flagged=flagged, flagged_on=on)
    record(by, "convention.flagged", convention, unit=convention.unit_id, what=flagged)
    title = stored.FLAGGED[flagged].format(title=convention.title)
    owe_by_committee(convention, FLAGS[Flag(flagged)], on, title, by)
    return convention


@transaction.atomic
def suspend_convention(
    convention: Convention, *, by: Acting, on: date, document: str, reason: str
) -> Convention:
    """The People's Committee suspends the convention from a day on."""
    CONVENTION_LIFE.require(by, "suspend", convention)
    convention = CONVENTION_LIFE.hold(convention, "suspend")
    document, reason = _decided(convention, on, document, reason)
    keep_suspension(convention, on)
    meet_owed(convention, FLAGS[Flag.SUSPEND], on, by)
    move_on(
        convention,
        CONVENTION_LIFE,
        "suspend",
        suspended_on=on,
        resumed_on=None,
        document=document,
        reason=reason,
    )
    record(by, "convention.suspended", convention, unit=convention.unit_id, document=document)
    return convention


@transaction.atomic
def resume_convention(
    convention: Convention, *, by: Acting, on: date, document: str, reason: str
) -> Convention:
    """The People's Committee lets the convention be carried out again from a day on."""
    CONVENTION_LIFE.require(by, "resume", convention)
    convention = CONVENTION_LIFE.hold(convention, "resume")
    document, reason = _decided(convention, on, document, reason)
    if on < convention.suspended_on:
        raise Refused(_("Không thể trước ngày tạm ngừng."), "on")
    move_on(
        convention,
        CONVENTION_LIFE,
        "resume",
        resumed_on=on,
        flagged="",
        flagged_on=None,
        document=document,
        reason=reason,
    )
    record(by, "convention.resumed", convention, unit=convention.unit_id, document=document)
    return convention


@transaction.atomic
def annul_convention(
    convention: Convention, *, by: Acting, document: str, reason: str
) -> Convention:
    """The People's Committee annuls the convention, and with it what the households decided."""
    CONVENTION_LIFE.require(by, "annul", convention)
    convention = CONVENTION_LIFE.hold(convention, "annul", "decision")
    document, reason = _decided(convention, today(), document, reason)
    meet_owed(convention, FLAGS[Flag.ANNUL], today(), by)
    excuse_owed(convention, reason)
    annul_decision(convention.decision, by=by, document=document, reason=reason)
    convention.refresh_from_db()
    record(by, "convention.annulled", convention, unit=convention.unit_id, document=document)
    return convention


@transaction.atomic
def withdraw_convention(convention: Convention, *, by: Acting, reason: str) -> Convention:
    """Take the draft back before it was put to the households."""
    CONVENTION_LIFE.require(by, "withdraw", convention)
    convention = CONVENTION_LIFE.hold(convention, "withdraw")
    reason = reason_of(reason)
    excuse_owed(convention, reason)
    move_on(convention, CONVENTION_LIFE, "withdraw", reason=reason)
    record(by, "convention.withdrawn", convention, unit=convention.unit_id)
    return convention


def _text(text):
    return text_of(text, "text", LONGEST_CONVENTION, _("Hãy ghi nội dung."))


def _decided(convention, on, document, reason):
    """(number of the document, reason), checked; the day is not before the breach was known."""
    with all_refusals() as rule:
        with rule():
            check_day(on, convention.flagged_on or convention.in_force_on, "on")
        with rule():
            document = line_of(document, "document", LONGEST_NUMBER, _("Hãy ghi số văn bản."))
        with rule():
            reason = reason_of(reason)
    return document, reason
