"""Postings: something is posted in one form at one place, with its proof, and taken down."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import BinaryIO
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.disclosure.lives import CONTENT_LIFE, LASTING, PLACES_OF, PROOFS_OF, Form, Proof
from danchu.disclosure.models import Content, Posting, PostingPlace
from danchu.disclosure.writes.versions import file_of
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, day_of, now, show_day
from danchu.kernel.refusals import Refused, all_refusals
from danchu.law.book import book
from danchu.obligations.clock import LAW
from danchu.obligations.writes import meet_unless_closed
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import line_of
from danchu.subjects.writes import move_on

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Evidence:
    """The proof of a posting as it was typed; `file` is a photo or a signed sheet."""

    proof: str
    text: str = ""
    taken_at: datetime | None = None
    witness: str = ""
    second_witness: str = ""
    file: BinaryIO | None = None
    file_name: str = ""


@transaction.atomic
def post_content(
    content: Content,
    *,
    by: Acting,
    form: str,
    since: date,
    evidence: Evidence,
    place: PostingPlace | None = None,
    where: str = "",
    until: date | None = None,
    uid: UUID | None = None,
) -> Content:
    """Write down that the latest version was posted in a form at a place since a day, with its
    proof. `until` is the last day it was there, where it is over. Refused by field; Denied without
    the right.
    """
    CONTENT_LIFE.require(by, "post", content)
    content = CONTENT_LIFE.hold(content, "post", "item", "unit")
    version = content.versions.select_related("obligation").order_by("-number").first()
    with all_refusals() as rule:
        with rule():
            where = _checked_place(content, form, place, where, since)
        with rule():
            check_day(since, version.decided_on, "since")
        with rule():
            if until is not None:
                check_day(until, since if isinstance(since, date) else None, "until")
        with rule():
            proved = _checked_evidence(form, evidence, since)
    check_unsent(Posting, uid)
    end = _first_day_without(form, since, until)
    posting = Posting.objects.create(
        uid=uid or uuid4(),
        content=content,
        version=version,
        form=form,
        place=place,
        where=where,
        since=since,
        until=end,
        length=(end - since).days if end else None,
        needed=content.terms.days_to_stay(form, version.decided_on, book()),
        paper=file_of(evidence.file, evidence.file_name, by)[0],
        made_by=by.key,
        made_at=now(),
        **proved,
    )
    _note_first_day(content, version, posting)
    record(by, "disclosure.posted", content, unit=content.unit_id, form=form)
    return content


def _first_day_without(form, since, until):
    """The first day on which it is no longer there; what happens on a day is over after it."""
    if until is not None:
        return until + A_DAY
    return None if form in LASTING else since + A_DAY


def _note_first_day(content, version, posting):
    """The first days of the content and its version; the duty is met by a form that is owed."""
    fields = {"disclosed_on": min(posting.since, content.disclosed_on or posting.since)}
    if posting.form in content.terms.forms or not content.terms.forms:
        version.disclosed_on = min(posting.since, version.disclosed_on or posting.since)
        version.save(update_fields=["disclosed_on"])
        if version.obligation:
            meet_unless_closed(version.obligation, by=LAW, on=posting.since)
    move_on(content, CONTENT_LIFE, "post", **fields)


def _checked_place(content, form, place, where, since):
    """Where something without a place of its own was; Refused by field where it does not fit."""
    if form not in Form.values:
        raise Refused(_("Hãy chọn trong danh sách."), "form")
    kinds = PLACES_OF.get(Form(form))
    if kinds is None:
        return line_of(where, "where", 200, _("Hãy ghi ở đâu, bằng cách nào."))
    if place is None or place.unit_id != content.unit_id or place.kind not in kinds:
        raise Refused(_("Hãy chọn nơi công khai hợp với hình thức này."), "place")
    if isinstance(since, date) and (since < place.since or (place.until and since >= place.until)):
        raise Refused(_("Nơi này không được dùng vào ngày đó."), "place")
    return ""


def _checked_evidence(form, evidence, since):
    """The columns of the proof; Refused by field where it is not complete."""
    allowed = PROOFS_OF.get(form, (Proof.ADDRESS,))
    if evidence.proof not in allowed:
        words = ", ".join(str(proof.label) for proof in allowed)
        raise Refused(_("Hình thức này được chứng minh bằng: %s.") % words, "proof")
    with all_refusals() as rule:
        columns = {"proof": evidence.proof}
        if evidence.proof in (Proof.PHOTO, Proof.SHEET) and evidence.file is None:
            with rule():
                raise Refused(_("Hãy chọn ảnh, hoặc bản chụp giấy ký nhận."), "file")
        if evidence.proof == Proof.PHOTO:
            with rule():
                columns["taken_at"] = _checked_instant(evidence.taken_at, since)
        if evidence.proof in (Proof.LOG, Proof.ADDRESS):
            with rule():
                columns["proof_text"] = line_of(
                    evidence.text, "text", 300, _("Hãy ghi số nhật ký, địa chỉ hoặc số văn bản.")
                )
        if evidence.proof == Proof.WITNESSES:
            for name in ("witness", "second_witness"):
                with rule():
                    columns[name] = line_of(
                        getattr(evidence, name), name, 120, _("Hãy ghi họ tên người chứng kiến.")
                    )
            if columns.get("witness") and columns["witness"] == columns.get("second_witness"):
                with rule():
                    raise Refused(_("Cần hai người chứng kiến khác nhau."), "second_witness")
    return columns


def _checked_instant(taken_at, since):
    if taken_at is None:
        raise Refused(_("Hãy ghi ngày, giờ chụp."), "taken_at")
    if taken_at > now():
        raise Refused(_("Giờ chụp ở tương lai."), "taken_at")
    if isinstance(since, date) and day_of(taken_at) < since:
        raise Refused(_("Ảnh chụp trước ngày niêm yết %s.") % show_day(since), "taken_at")
    return taken_at


@transaction.atomic
def take_down(content: Content, *, by: Acting, posting: Posting, on: date) -> Content:
    """Write down the first day on which a posting is no longer there. Refused by field; Denied
    without the right.
    """
    CONTENT_LIFE.require(by, "take_down", content)
    content = CONTENT_LIFE.hold(content, "take_down")
    posting = Posting.objects.select_for_update().get(pk=posting.pk)
    if posting.content_id != content.pk or posting.until is not None:
        raise Refused(_("Chỗ này đã được gỡ trước đó."), "posting")
    check_day(on, posting.since + A_DAY, "on")
    posting.until = on
    posting.length = (on - posting.since).days
    posting.save(update_fields=["until", "length"])
    record(by, "disclosure.taken_down", content, unit=content.unit_id, on=on.isoformat())
    return content
