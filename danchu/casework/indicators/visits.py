"""Visits of citizens, by the register of receptions (form 03/TCD)."""

from dataclasses import replace

from django.utils.translation import gettext_noop as _

from danchu.casework.indicators.natures import by_nature
from danchu.casework.models import Visit
from danchu.casework.models.reception import Form
from danchu.figures.catalogue import Flow, Source

RECEPTION_LAW = _("Luật Tiếp công dân 42/2013/QH13")
VISITS = ("lượt", "visits")
BOOK = Source(
    "visit",
    lambda: Visit.objects.received(),
    "received_on",
    "unit",
    visible=lambda rows, actor: rows.viewed_by(actor),
    face=lambda row: (str(row), str(row), None),
    viewed_as="reception_book",
)
REFUSED = replace(BOOK, rows=lambda: Visit.objects.refused())


def visits(key, code, vi, en, amount="1", measure=VISITS, **where):
    """A flow over visits."""
    return Flow(key, vi, en, BOOK, where, amount, measure, code, RECEPTION_LAW, sensitive=True)


# Who received, in the groups of form 01/TCD: heads receive on periodic days and when they must.
RECEIVED_BY = (
    ("regular", "– thường xuyên", "– regular", {"form": Form.REGULAR.value}),
    (
        "head",
        "– thủ trưởng tiếp",
        "– by the head",
        {"form__in": [Form.PERIODIC.value, Form.AD_HOC.value]},
    ),
    ("delegated", "– ủy quyền tiếp", "– delegated", {"form": Form.DELEGATED.value}),
)


def by_receiver(*flows):
    """The breakdowns of each flow by who received."""
    return [
        flow.only(f"by_{key}", vi, en, **where)
        for flow in flows
        for key, vi, en, where in RECEIVED_BY
    ]


VISITED = visits(
    "visit_count", "G01", "Lượt tiếp công dân, có sổ từng lượt", "Visits, line by line"
)

MATTERS = ("vụ", "matters")
PEOPLE = ("người", "people")
GROUPS = ("đoàn", "groups")
VISIT_PEOPLE = visits(
    "visit_people",
    "G02",
    "Số người được tiếp, theo sổ",
    "People received, by the register",
    "people",
    PEOPLE,
)
VISIT_FIRST = visits(
    "visit_first",
    "G03",
    "Vụ việc tiếp lần đầu, theo sổ",
    "Matters heard for the first time, by the register",
    measure=MATTERS,
    is_first=True,
)
VISIT_REPEAT = visits(
    "visit_repeat",
    "G03",
    "Vụ việc tiếp nhiều lần, theo sổ",
    "Matters heard again, by the register",
    measure=MATTERS,
    is_first=False,
)
VISIT_GROUPS = visits(
    "visit_groups",
    "G04",
    "Đoàn đông người, theo sổ",
    "Large groups, by the register",
    measure=GROUPS,
    is_group=True,
)
GROUP_PEOPLE = visits(
    "visit_group_people",
    "G04",
    "Số người trong đoàn đông người, theo sổ",
    "People in large groups, by the register",
    "people",
    PEOPLE,
    is_group=True,
)
GROUP_FIRST = visits(
    "visit_group_first",
    "G04",
    "Vụ việc lần đầu của đoàn đông người, theo sổ",
    "Matters of large groups, first time, by the register",
    measure=MATTERS,
    is_group=True,
    is_first=True,
)
GROUP_REPEAT = visits(
    "visit_group_repeat",
    "G04",
    "Vụ việc nhiều lần của đoàn đông người, theo sổ",
    "Matters of large groups, again, by the register",
    measure=MATTERS,
    is_group=True,
    is_first=False,
)
VISIT_MATTERS = visits(
    "visit_matters",
    "G03",
    "Vụ việc tiếp, theo sổ",
    "Matters heard, by the register",
    measure=MATTERS,
)
NOT_OURS = VISIT_MATTERS.only(
    "not_ours", "– không thuộc thẩm quyền", "– of others' competence", competent=False
)
REFUSALS = Flow(
    "visit_refused",
    "Lượt từ chối tiếp công dân, theo sổ",
    "Receptions refused, by the register",
    REFUSED,
    {},
    "1",
    VISITS,
    "",
    RECEPTION_LAW,
    sensitive=True,
)
# The columns of form 01/TCD beside the number of visits.
TABLE_COLUMNS = (
    VISIT_PEOPLE,
    VISIT_FIRST,
    VISIT_REPEAT,
    VISIT_GROUPS,
    GROUP_PEOPLE,
    GROUP_FIRST,
    GROUP_REPEAT,
)
FIGURES = (
    REFUSALS,
    REFUSALS.only("noticed", "– đã ra thông báo", "– with a notice", noticed_on__isnull=False),
    *TABLE_COLUMNS,
    VISIT_MATTERS,
    *by_receiver(VISITED, *TABLE_COLUMNS),
    *by_nature(VISIT_MATTERS),
    VISIT_MATTERS.only("ours", "– thuộc thẩm quyền", "– within competence", competent=True),
    NOT_OURS,
    NOT_OURS.only("guided", "– hướng dẫn", "– guided", handler=""),
    NOT_OURS.only("forwarded", "– chuyển đơn", "– forwarded", handler__gt=""),
    NOT_OURS.only(
        "replied", "– đã có phúc đáp", "– with a reply", handler__gt="", follow_up__gt=""
    ),
)
BY_FORM = (
    VISITED,
    *[
        VISITED.only(str(f.value), vi, en, form=f.value)
        for f, vi, en in (
            (Form.REGULAR, "– thường xuyên", "– regular"),
            (Form.PERIODIC, "– định kỳ của người đứng đầu", "– periodic, by the head"),
            (Form.AD_HOC, "– đột xuất", "– ad hoc"),
            (Form.DELEGATED, "– ủy quyền tiếp", "– delegated"),
        )
    ],
)
