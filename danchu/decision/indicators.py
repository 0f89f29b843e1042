"""Family C: what households decided, their meetings, what came of it, what the people gave."""

from django.utils.translation import gettext_noop as _

from danchu.decision.models import HouseholdDecision, HouseholdVote, Works
from danchu.figures.catalogue import Flow, Ratio, Source

LAW = _("Luật 10/2022 Điều 15–24")
MATTERS = ("nội dung", "matters")
HOUSEHOLDS = ("hộ", "households")
MONEY = ("đồng", "VND")


def _source(when):
    return Source(
        "household_decision",
        lambda: HouseholdDecision.objects.counted(),
        when,
        "unit",
        visible=lambda rows, actor: rows.visible_to(actor),
        face=lambda row: ("", row.title, row.uid),
        words="title",
    )


SETTLED = _source("settled_on")
ANSWERED = _source("answered_on")
DUE = _source("recognise_due")
MEETINGS = Source(
    "household_vote",
    lambda: HouseholdVote.objects.meetings(),
    "held_on",
    "unit",
    visible=lambda rows, actor: rows,
    face=lambda row: ("", "", None),
)


def _flow(key, code, vi, en, amount="1", measure=MATTERS, source=SETTLED, **where):
    return Flow(key, vi, en, source, where, amount, measure, code, LAW)


MATTERS_SETTLED = _flow(
    "decisions_settled",
    "C01",
    "Nội dung Nhân dân bàn và quyết định",
    "Matters that the people discussed and decided",
)
ITEMS = tuple(
    MATTERS_SETTLED.only(
        f"item_{item}", f"– việc số {item} của Điều 15", f"– matter {item} of article 15", item=item
    )
    for item in range(1, 7)
)
FORMS = (
    MATTERS_SETTLED.only("meeting", "– bằng họp", "– by meeting", settled_by="meeting"),
    MATTERS_SETTLED.only(
        "ballot", "– bằng phát phiếu", "– by ballots", settled_by="household_ballot"
    ),
)
PASSED = _flow(
    "decisions_passed", "C06", "Nội dung được thông qua", "Matters passed", outcome="passed"
)
YES = _flow(
    "decisions_yes",
    "C08",
    "Hộ tán thành tại các cuộc biểu quyết",
    "Households in favour",
    "yes",
    HOUSEHOLDS,
)
ALL = _flow(
    "decisions_households",
    "C08",
    "Tổng số hộ tại các cuộc biểu quyết",
    "All households of the votes",
    "households",
    HOUSEHOLDS,
)
HELD = _flow(
    "village_meetings",
    "C04",
    "Cuộc họp cộng đồng dân cư",
    "Community meetings",
    measure=("cuộc", "meetings"),
    source=MEETINGS,
)
ATTENDING = _flow(
    "village_meetings_attending",
    "C05",
    "Đại diện hộ dự họp",
    "Representatives of households at meetings",
    "attending",
    HOUSEHOLDS,
    MEETINGS,
)
OF_MEETINGS = _flow(
    "village_meetings_households",
    "C05",
    "Tổng số hộ tại các cuộc họp",
    "All households of the meetings",
    "households",
    HOUSEHOLDS,
    MEETINGS,
)
RECOGNISED = _flow(
    "decisions_recognised",
    "C09",
    "Quyết định được công nhận",
    "Decisions recognised",
    measure=("quyết định", "decisions"),
    source=ANSWERED,
    in_force_on__isnull=False,
)
NOT_RECOGNISED = _flow(
    "decisions_not_recognised",
    "C09",
    "Quyết định không được công nhận",
    "Decisions not recognised",
    measure=("quyết định", "decisions"),
    source=ANSWERED,
    in_force_on__isnull=True,
)
IN_TIME = _flow(
    "decisions_answered_in_time",
    "C10",
    "Quyết định được trả lời công nhận đúng hạn",
    "Decisions answered in time",
    measure=("quyết định", "decisions"),
    source=DUE,
    in_time=True,
)
OWED = _flow(
    "decisions_to_answer",
    "C10",
    "Quyết định đến hạn công nhận",
    "Decisions due to be recognised",
    measure=("quyết định", "decisions"),
    source=DUE,
)
# Works of what was passed and neither refused nor annulled.
GIVEN_STATES = ("passed", "sent", "in_force", "done")
_GIVEN = {"is_contributed": True, "state__in": GIVEN_STATES}
INDICATORS = (
    MATTERS_SETTLED,
    *ITEMS,
    *FORMS,
    HELD,
    ATTENDING,
    OF_MEETINGS,
    Ratio(
        "village_meetings_attendance",
        "Tỷ lệ hộ dự họp bình quân",
        "Households attending meetings",
        ATTENDING,
        OF_MEETINGS,
        "C05",
        LAW,
    ),
    PASSED,
    Ratio(
        "decisions_passed_share",
        "Tỷ lệ thông qua",
        "Share of matters passed",
        PASSED,
        MATTERS_SETTLED,
        "C07",
        LAW,
    ),
    YES,
    ALL,
    Ratio(
        "decisions_yes_share",
        "Tỷ lệ tán thành bình quân",
        "Households in favour, of all",
        YES,
        ALL,
        "C08",
        LAW,
    ),
    RECOGNISED,
    NOT_RECOGNISED,
    IN_TIME,
    OWED,
    Ratio(
        "decisions_in_time_share",
        "Tỷ lệ công nhận đúng hạn",
        "Decisions answered in time, of those due",
        IN_TIME,
        OWED,
        "C10",
        LAW,
    ),
    _flow(
        "works_with_contributions",
        "C11",
        "Công trình Nhân dân đóng góp",
        "Works with the people's contributions",
        measure=("công trình", "works"),
        **_GIVEN,
    ),
    _flow(
        "works_value", "C12", "Tổng giá trị công trình", "Value of works", "value", MONEY, **_GIVEN
    ),
    _flow(
        "works_money",
        "C13",
        "Nhân dân đóng góp bằng tiền",
        "Money given by the people",
        "money",
        MONEY,
        **_GIVEN,
    ),
    _flow(
        "works_labour",
        "C14",
        "Nhân dân đóng góp ngày công",
        "Days of labour given by the people",
        "labour_days",
        ("ngày", "days"),
        **_GIVEN,
    ),
    _flow(
        "works_land",
        "C15",
        "Nhân dân hiến đất",
        "Land given by the people",
        "land",
        ("m²", "m²"),
        **_GIVEN,
    ),
    _flow(
        "works_budget",
        "C12",
        "– trong đó ngân sách nhà nước",
        "– of it state budget",
        "budget",
        MONEY,
        **_GIVEN,
    ),
    _flow("works_other", "C12", "– trong đó nguồn khác", "– of it other", "other", MONEY, **_GIVEN),
    _flow(
        "decisions_options",
        "C01",
        "Số phương án đã chuẩn bị",
        "Options that were prepared",
        "options",
        ("phương án", "options"),
    ),
)

WORKS = Source(
    "works",
    lambda: Works.objects.counted(),
    "finished_on",
    "unit",
    visible=lambda rows, actor: rows.visible_to(actor),
    face=lambda row: ("", row.title, row.uid),
    words="title",
)
# {key of the indicator: name of the sum}
SUMS = {
    "works_value": "value",
    "works_money": "money",
    "works_labour": "labour_days",
    "works_land": "land",
    "works_budget": "budget",
    "works_other": "other",
}
# Works without a decision of households count beside those that were decided.
COUNTS_ALSO = tuple(
    (key, _flow(key, "", "", "", amount, source=WORKS))
    for key, amount in {"works_with_contributions": "1", **SUMS}.items()
)
