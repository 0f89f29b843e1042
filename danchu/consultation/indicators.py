"""Consultations that were closed and what was said in them, by the day on which they ended."""

from django.utils.translation import gettext_noop as _

from danchu.consultation.models import Consultation, Opinion, Voter
from danchu.consultation.voices import Result
from danchu.figures.catalogue import Flow, Ratio, Source

LAW = _("Luật 10/2022 Điều 25–28")

CLOSED = Source(
    "consultation",
    lambda: Consultation.objects.counted(),
    "closed_on",
    "unit",
    visible=lambda rows, actor: rows.visible_to(actor),
    face=lambda row: ("", row.title, row.uid),
)
CONSULTATIONS = Flow(
    "consultations",
    "Nội dung lấy ý kiến Nhân dân",
    "Consultations of the people",
    CLOSED,
    measure=("nội dung", "matters"),
    code="D01",
    law=LAW,
)
LONG_ENOUGH = CONSULTATIONS.only(
    "long_enough",
    "Nội dung lấy ý kiến đủ thời gian",
    "Consultations that were long enough",
    is_long_enough=True,
)
# Opinions count with their consultation, on the day on which that ended, so that all figures of
# one period are of the same consultations. Conferences count theirs by themselves (D12, F05, F07).
SAID = Source(
    "opinion",
    lambda: Opinion.objects.counted(),
    "consultation__closed_on",
    "unit",
    visible=lambda rows, actor: rows.visible_to(actor),
    face=lambda row: (str(row.number), None, row.uid),
    noted_along=("consultation_consultation",),
)
MEASURE = ("ý kiến", "opinions")
PARTICIPANTS = Flow(
    "consultation_people",
    "Lượt người tham gia ý kiến",
    "People who gave opinions",
    SAID,
    amount="people",
    measure=("lượt người", "attendances"),
    code="D02",
    law=LAW,
)
# Whoever voted with a key, or on paper under their name, took part once, however often they voted.
VOTERS = Flow(
    "consultation_voters",
    "Người biểu quyết các câu",
    "People who voted on statements",
    Source(
        "consultation_voter",
        lambda: Voter.objects.counted(),
        "consultation__closed_on",
        "unit",
        visible=lambda rows, actor: rows.visible_to(actor),
        face=lambda row: (str(row.number), "", None),
        noted_along=("consultation_consultation",),
    ),
    measure=("lượt người", "attendances"),
    code="D02",
    law=LAW,
)
OPINIONS = Flow(
    "consultation_opinions",
    "Ý kiến tham gia của Nhân dân",
    "Opinions of the people",
    SAID,
    measure=MEASURE,
    code="D03",
    law=LAW,
)
ACCEPTED = Flow(
    "consultation_accepted",
    "Ý kiến được tiếp thu toàn bộ hoặc một phần",
    "Opinions accepted, wholly or partly",
    SAID,
    {"result__in": (Result.ACCEPTED.value, Result.PARTLY.value)},
    measure=MEASURE,
    code="D04",
    law=LAW,
)
EXPLAINED = Flow(
    "consultation_explained",
    "Ý kiến không tiếp thu, đã giải trình",
    "Opinions not accepted, with the reason",
    SAID,
    {"result": Result.DECLINED.value},
    measure=MEASURE,
    code="D05",
    law=LAW,
)
ANSWERED = Flow(
    "consultation_answered",
    "Ý kiến được tiếp thu hoặc giải trình",
    "Opinions accepted or explained",
    SAID,
    {"answer__isnull": False},
    measure=MEASURE,
    code="D06",
    law=LAW,
)
INDICATORS = (
    CONSULTATIONS,
    PARTICIPANTS,
    OPINIONS,
    ACCEPTED,
    EXPLAINED,
    ANSWERED,
    Ratio(
        "consultation_answered_share",
        "Tỷ lệ tiếp thu, giải trình",
        "Share of opinions accepted or explained",
        over=ANSWERED,
        under=OPINIONS,
        code="D06",
        law=LAW,
    ),
    LONG_ENOUGH,
    Ratio(
        "consultations_long_enough",
        "Tỷ lệ lấy ý kiến đủ thời gian",
        "Share of consultations that were long enough",
        over=LONG_ENOUGH,
        under=CONSULTATIONS,
        code="D07",
        law=_("Luật 10/2022 Điều 28 khoản 2"),
    ),
)
