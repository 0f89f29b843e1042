"""Indicators of family B: what was disclosed, in which forms, in time and long enough.

Each counts contents, versions or postings; no statement of a body gives these numbers in place of
its records, so nothing counts twice.
"""

from dataclasses import replace

from django.utils.translation import gettext_noop as _

from danchu.disclosure.lives import AGAINST, Form
from danchu.disclosure.models import Content, Contest, InformationRequest, Posting, Version
from danchu.figures.catalogue import Flow, Ratio, Source

LAW = _("Luật 10/2022 Điều 11–14")
CONTENT_MEASURE = ("nội dung", "contents")
POSTING_MEASURE = ("lượt", "postings")

CONTENTS = Source(
    "disclosure",
    lambda: Content.objects.counted(),
    "disclosed_on",
    "unit",
    visible=lambda rows, actor: rows.known(),
    face=lambda content: ("", content.title, content.uid),
    words="title",
)
POSTINGS = Source(
    "posting",
    lambda: Posting.objects.counted(),
    "since",
    "content__unit",
    visible=lambda rows, actor: rows.counted(),
    face=lambda posting: ("", posting.content.title, posting.content.uid),
    noted_along=("disclosure_content", "disclosure_contest"),
    words="content__title",
)
ENDED = replace(POSTINGS, rows=lambda: Posting.objects.ended(), when="until")
DUE = Source(
    "disclosure_due",
    lambda: Version.objects.due(),
    "obligation__due_on",
    "content__unit",
    visible=lambda rows, actor: rows.due(),
    face=lambda version: (version.document, version.content.title, version.content.uid),
    noted_along=(
        "disclosure_content",
        "disclosure_contest",
        "disclosure_item",
        "disclosure_posting",
        "obligations_obligation",
    ),
    words="content__title",
)

CONTESTS = Source(
    "disclosure_contest",
    lambda: Contest.objects.all(),
    "received_on",
    "unit",
    visible=lambda rows, actor: rows,
    face=lambda contest: ("", contest.title, contest.content.uid),
    noted_along=("disclosure_content", "disclosure_posting", "disclosure_postingplace"),
    words="content__title",
)

DISCLOSED = Flow(
    "disclosures",
    "Số nội dung đã công khai",
    "Contents disclosed",
    CONTENTS,
    {"item__sphere": "commune"},
    measure=CONTENT_MEASURE,
    code="B01",
    law=LAW,
)
ALL_POSTINGS = Flow(
    "disclosure_postings",
    "Số lượt công khai theo hình thức",
    "Postings by form",
    POSTINGS,
    measure=POSTING_MEASURE,
    code="B03",
    law=LAW,
)
IN_ENGLISH = {
    Form.POSTING: "posted on paper",
    Form.PORTAL: "on a portal or page",
    Form.LOUDSPEAKER: "on the loudspeaker",
    Form.VILLAGE_HEAD: "through village heads",
    Form.DOCUMENT: "in a document to citizens",
    Form.CONFERENCE: "in a conference or dialogue",
    Form.RECEPTION: "at receptions, voter meetings, press conferences",
    Form.ORGANISATIONS: "through organisations",
    Form.NETWORK: "by telecom or social network",
    Form.OTHER: "in another form",
}
IN_VIETNAMESE = {
    Form.POSTING: "niêm yết",
    Form.PORTAL: "cổng, trang thông tin điện tử",
    Form.LOUDSPEAKER: "loa truyền thanh",
    Form.VILLAGE_HEAD: "qua trưởng thôn, tổ trưởng tổ dân phố",
    Form.DOCUMENT: "văn bản gửi đến công dân",
    Form.CONFERENCE: "hội nghị trao đổi, đối thoại",
    Form.RECEPTION: "tiếp công dân, tiếp xúc cử tri, họp báo",
    Form.ORGANISATIONS: "qua các tổ chức ở xã",
    Form.NETWORK: "mạng viễn thông, mạng xã hội",
    Form.OTHER: "hình thức khác",
}
BY_ITEM = tuple(
    replace(
        DISCLOSED.only(
            str(number),
            f"– khoản {number} Điều 11",
            f"– article 11 item {number}",
            item__number=number,
        ),
        code="B02",
    )
    for number in range(1, 15)
)
BY_FORM = tuple(
    ALL_POSTINGS.only(
        form.value, f"– {IN_VIETNAMESE[form]}", f"– {IN_ENGLISH[form]}", form=form.value
    )
    for form in Form
)
DUE_FLOW = Flow(
    "disclosures_due",
    "Số lần phải công khai đến hạn",
    "Disclosures due",
    DUE,
    measure=POSTING_MEASURE,
    code="B04",
    law=LAW,
)
IN_TIME = replace(
    DUE_FLOW,
    key="disclosures_in_time",
    vi="Số lần công khai đúng hạn",
    en="Disclosures in time",
    source=replace(DUE, rows=lambda: Version.objects.in_time()),
)
ENDED_FLOW = Flow(
    "postings_ended",
    "Số lượt niêm yết đã kết thúc, trừ lượt bị phản ánh đúng",
    "Postings ended, without those contested rightly",
    ENDED,
    measure=POSTING_MEASURE,
    code="B05",
    law=LAW,
)
LONG_ENOUGH = replace(
    ENDED_FLOW,
    key="postings_long_enough",
    vi="Số lượt niêm yết đủ thời gian",
    en="Postings that stayed long enough",
    source=replace(ENDED, rows=lambda: Posting.objects.long_enough()),
)
EVER = replace(
    DUE_FLOW,
    key="disclosures_ever",
    vi="Số lần phải công khai đã công khai, kể cả muộn; trừ niêm yết bị phản ánh đúng",
    en="Disclosures due that were disclosed, late ones too; not by postings contested rightly",
    source=replace(DUE, rows=lambda: Version.objects.ever()),
    code="B06",
)
CONTESTED = Flow(
    "contests",
    "Số phản ánh không thấy niêm yết",
    "Contests of postings",
    CONTESTS,
    measure=("phản ánh", "contests"),
    code="B05",
    law=LAW,
)
AGAINST_UNIT = CONTESTED.only(
    "against",
    "– phản ánh đúng hoặc quá hạn chưa trả lời (không tính vào B05, B06)",
    "– upheld or not answered in time (left out of B05 and B06)",
    state__in=AGAINST,
)
REQUESTS = Source(
    "information_request",
    lambda: InformationRequest.objects.all(),
    "received_on",
    "unit",
    visible=lambda rows, actor: rows.viewed_by(actor),
    face=lambda request: (request.code, request.title, request.uid),
    noted_along=("obligations_obligation",),
)
INFORMATION_LAW = _("Luật 104/2016 Điều 23–31")
ASKED = Flow(
    "information_requests",
    "Số yêu cầu cung cấp thông tin",
    "Requests for information",
    REQUESTS,
    measure=("yêu cầu", "requests"),
    code="B07",
    law=INFORMATION_LAW,
)
GIVEN_IN_TIME = replace(
    ASKED,
    key="information_in_time",
    vi="Số yêu cầu đã cung cấp đúng hạn",
    en="Requests answered in time",
    source=replace(
        REQUESTS,
        rows=lambda: InformationRequest.objects.answered_in_time(),
        when="answered_on",
    ),
    code="B08",
)
INDICATORS = (
    DISCLOSED,
    *BY_ITEM,
    ALL_POSTINGS,
    *BY_FORM,
    DUE_FLOW,
    IN_TIME,
    Ratio(
        "disclosures_in_time_rate",
        "Tỷ lệ công khai đúng hạn",
        "Disclosures in time (share)",
        IN_TIME,
        DUE_FLOW,
        "B04",
        LAW,
    ),
    ENDED_FLOW,
    LONG_ENOUGH,
    Ratio(
        "postings_long_enough_rate",
        "Tỷ lệ đủ thời gian niêm yết",
        "Postings that stayed long enough (share)",
        LONG_ENOUGH,
        ENDED_FLOW,
        "B05",
        LAW,
    ),
    EVER,
    Ratio(
        "disclosures_ever_rate",
        "Tỷ lệ nội dung bắt buộc đã công khai",
        "Mandatory contents disclosed (share)",
        EVER,
        DUE_FLOW,
        "B06",
        LAW,
    ),
    CONTESTED,
    AGAINST_UNIT,
    ASKED,
    GIVEN_IN_TIME,
)
