"""Requests for information: received, sorted, prolonged, answered, refused."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import BinaryIO
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.casework.input.form_token import lock_token, secret_of, sent_key
from danchu.casework.input.persons import checked_persons
from danchu.disclosure.lives import REQUEST_FILE, REQUEST_LIFE
from danchu.disclosure.models import Ground, InformationRequest, Way
from danchu.disclosure.writes.versions import file_of
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.codes import digest, new_prefixed_code, new_secret
from danchu.kernel.days import check_day, now, show_day, today
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.law.book import book
from danchu.obligations.actions import owe
from danchu.obligations.clock import LAW
from danchu.obligations.writes import excuse_unless_closed, meet_unless_closed
from danchu.papers.masks import Masks
from danchu.subjects.texts import line_of, reason_of, text_of
from danchu.subjects.writes import move_on
from danchu.units.models import Unit
from danchu.units.on_day import check_unit_on

PREFIX = "TT"
SUBJECT = "information_request"
LONGEST_ASKED = 2000
LONGEST_ANSWER = 5000
MOST_FEE = 100_000_000
# {(way, is complex, is prolonged): key of the rule of the law}; a simple one is never prolonged.
RULES = {
    (Way.ONLINE, False): "information.online.simple",
    (Way.ONLINE, True): "information.online.complex",
    (Way.POST, False): "information.post.simple",
    (Way.POST, True): "information.post.complex",
    (Way.PERSON, False): "information.person.simple",
    (Way.PERSON, True): "information.person.complex",
}
PROLONGED = {
    Way.ONLINE: "information.online.prolonged",
    Way.POST: "information.post.prolonged",
    Way.PERSON: "information.person.prolonged",
}


@dataclass(frozen=True)
class Asker:
    """Who asks, as typed."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""


def _rule_of(request: InformationRequest) -> str:
    """The key of the rule by which the request is answered."""
    if request.is_prolonged:
        return PROLONGED[Way(request.way)]
    return RULES[Way(request.way), request.is_complex]


@transaction.atomic
def ask_information(
    *,
    by: Acting,
    unit: Unit,
    question: str,
    asker: Asker,
    way: str = Way.ONLINE,
    received_on: date | None = None,
    once: UUID | str | None = None,
) -> tuple[InformationRequest, str]:
    """(request, secret) of somebody who asks a unit for information; only the digest of the secret
    is stored. Anyone may ask; `received_on` (today) is the day of one on paper. Refused by field,
    on "once" when this form was received before.
    """
    require(by.is_public or by.may("draft", REQUEST_FILE, unit), REQUEST_LIFE.no_right)
    with all_refusals() as rule:
        with rule():
            required = _("Hãy ghi thông tin cần cung cấp.")
            question = text_of(question, "question", LONGEST_ASKED, required)
        with rule():
            person = _checked_asker(asker)
        with rule():
            if way not in Way.values:
                raise Refused(_("Hãy chọn trong danh sách."), "way")
        with rule():
            received_on = received_on or today()
            check_day(received_on, None, "received_on")
            _check_law(received_on)
    check_unit_on(unit, received_on, "received_on")
    if once:
        lock_token(once)
        if InformationRequest.objects.filter(sent_key=sent_key(once)).exists():
            raise Refused(_("Biểu này đã được gửi trước đó."), "once")
    secret = secret_of(once) or new_secret()
    request = InformationRequest(
        uid=uuid4(),
        code=new_prefixed_code(PREFIX),
        secret=digest(secret),
        sent_key=sent_key(once),
        unit=unit,
        way=way,
        question=question,
        **person,
        received_on=received_on,
        made_by=by.key,
        made_at=now(),
    )
    request.save()
    _owe(request)
    record(by, "information_request.received", request, unit=unit)
    return request, secret


def _check_law(day):
    """Refused, on "received_on", before the law on access to information."""
    if not book().is_in_force(RULES[Way.ONLINE, False], day):
        raise Refused(
            _("Ngày %s chưa có quy định về cung cấp thông tin trong bộ luật.") % show_day(day),
            "received_on",
        )


def _checked_asker(asker):
    """{column: text} of who asks. Refused by field, also where a telephone or address is none."""
    with all_refusals() as rule:
        with rule():
            line_of(asker.name, "name", 120, _("Hãy ghi họ tên người yêu cầu."))
        with rule():
            person = checked_persons([asdict(asker)])[0]
    return {field: person[field] for field in asdict(asker)}


def _refuse_overdue(request, sentence):
    """What is late stays late: no longer time begins after the due day."""
    if request.obligation and request.obligation.due_on < today():
        raise Refused(sentence, "reason")


def _owe(request):
    """The duty to answer by the rule of the request; an earlier one need not be done any more."""
    earlier = request.obligation
    if earlier is not None:
        excuse_unless_closed(earlier, by=LAW, reason=_("Áp dụng thời hạn khác."))
    request.obligation = owe(
        by=LAW,
        unit=request.unit,
        rule_key=_rule_of(request),
        event_on=request.received_on,
        title=_("Trả lời yêu cầu cung cấp thông tin %s") % request.code,
        subject_kind=SUBJECT,
        subject=request.pk,
    )
    request.save(update_fields=["obligation"])


@transaction.atomic
def sort_request(request: InformationRequest, *, by: Acting, reason: str) -> InformationRequest:
    """Write down that the information is complex, and why: it has the longer time. Denied without
    the right.
    """
    REQUEST_LIFE.require(by, "sort", request)
    request = REQUEST_LIFE.hold(request, "sort", "unit")
    _refuse_overdue(request, _("Đã quá hạn thì không chuyển sang thời hạn dài hơn được."))
    move_on(request, REQUEST_LIFE, "sort", is_complex=True, reason=reason_of(reason))
    _owe(request)
    record(by, "information_request.sorted", request, unit=request.unit_id)
    return request


@transaction.atomic
def prolong_request(request: InformationRequest, *, by: Acting, reason: str) -> InformationRequest:
    """Prolong the time of a complex request once, with the reason that who asks reads. Denied
    without the right.
    """
    REQUEST_LIFE.require(by, "prolong", request)
    request = REQUEST_LIFE.hold(request, "prolong", "unit")
    _refuse_overdue(request, _("Đã quá hạn thì không gia hạn được."))
    move_on(request, REQUEST_LIFE, "prolong", is_prolonged=True, reason=reason_of(reason))
    _owe(request)
    record(by, "information_request.prolonged", request, unit=request.unit_id)
    return request


@transaction.atomic
def answer_request(
    request: InformationRequest,
    *,
    by: Acting,
    answer: str,
    fee: int = 0,
    file: BinaryIO | None = None,
    file_name: str = "",
    masks: Masks | None = None,
) -> InformationRequest:
    """Give the information, with its file (masked where `masks` say so) and what it costs. Refused
    by field; Denied without the right.
    """
    REQUEST_LIFE.require(by, "answer", request)
    request = REQUEST_LIFE.hold(request, "answer")
    with all_refusals() as rule:
        with rule():
            answer = text_of(answer, "answer", LONGEST_ANSWER, _("Hãy ghi câu trả lời."))
        with rule():
            if not isinstance(fee, int) or not 0 <= fee <= MOST_FEE:
                raise Refused(_("Hãy ghi chi phí bằng đồng."), "fee")
    paper, paper_name = file_of(file, file_name, by, masks)
    _close(request, "answer", answer=answer, fee=fee, paper=paper, paper_name=paper_name)
    record(by, "information_request.answered", request, unit=request.unit_id)
    return request


@transaction.atomic
def refuse_request(
    request: InformationRequest, *, by: Acting, ground: str, answer: str
) -> InformationRequest:
    """Refuse the information in writing, on a ground of the law. Denied without the right."""
    REQUEST_LIFE.require(by, "refuse", request)
    request = REQUEST_LIFE.hold(request, "refuse")
    with all_refusals() as rule:
        with rule():
            if ground not in Ground.values:
                raise Refused(_("Hãy chọn căn cứ từ chối."), "ground")
        with rule():
            answer = text_of(answer, "answer", LONGEST_ANSWER, _("Hãy ghi lý do."))
    _close(request, "refuse", ground=ground, answer=answer)
    record(by, "information_request.refused", request, unit=request.unit_id, ground=ground)
    return request


def _close(request, act, **fields):
    move_on(request, REQUEST_LIFE, act, answered_on=today(), **fields)
    duty = request.obligation
    if duty is not None:
        meet_unless_closed(duty, by=LAW, on=request.answered_on)
