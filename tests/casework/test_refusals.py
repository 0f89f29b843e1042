"""A reception that is refused: on a ground of the law of the day, explained or told in writing
in time, in the register and in no count.
"""

from contextlib import suppress
from datetime import date

import pytest

from danchu.casework.actions import answer_visit, issue_refusal, record_visit, refuse_reception
from danchu.casework.models import Visit
from danchu.casework.papers.refusal_notice import notice_file, notice_of
from danchu.casework.rules.refusals import reason_on, reasons, refusal_text
from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.journal.models import Entry
from danchu.kernel.days import Period
from danchu.kernel.refusals import Denied, Refused
from danchu.obligations.models import Obligation
from tests.people.conftest import NOW

BEFORE, SINCE = date(2026, 6, 30), date(2026, 7, 1)
DONE = "UBND thành phố, Thông báo 12/TB-UBND"


@pytest.fixture
def refused(law, system, country, clock):
    clock.set("2026-07-10")

    def make(**more):
        given = {
            "unit": country.here,
            "reason": "answered",
            "received_on": SINCE,
            "form": "regular",
            "name": "Lê Thị Hạnh",
            "content": "Hỏi về đất",
            "nature": "feedback",
            "handled_before": DONE,
        }
        return refuse_reception(by=more.pop("by", system), **{**given, **more})

    return make


def test_each_ground_is_of_an_article_and_of_the_law_of_the_day():
    assert len(reasons()) == 13 and all(
        reason.article and reason.vi and reason.en for reason in reasons().values()
    )
    assert [
        sum(reason_on(key, day, "complaint") is not None for key in reasons())
        for day in (date(2014, 6, 30), BEFORE, SINCE)
    ] == [0, 3, 12]
    assert {key for key, reason in reasons().items() if reason.needs_notice} == {
        "settled",
        "answered",
    }, "article 4 clause 3"
    assert (
        reason_on("answered", SINCE, "complaint") is None
        and reason_on("settled", SINCE, "feedback") is None
        and reason_on("no_authority", SINCE, "denunciation") is None
    )


def test_a_refused_reception_is_a_line_of_the_register_and_no_visit_in_any_count(
    refused, system, country
):
    record_visit(
        by=system,
        unit=country.here,
        received_on=SINCE,
        form="regular",
        name="Vũ Văn Ba",
        content="Hỏi",
        nature="feedback",
        people=3,
    )
    made = refused(people=6)
    assert (made.number, made.is_group) == (2, True)
    assert Visit.objects.four_counters() == {
        "visits": 1,
        "people": 3,
        "groups": 0,
        "matters": 1,
        "refused": 1,
    }
    told = {
        key: figure(INDICATORS[key], country.province.pk, Period.year(2026), NOW).value
        for key in (
            "visit_count",
            "visit_people",
            "visit_groups",
            "visit_matters",
            "visit_refused",
            "visit_refused.noticed",
        )
    }
    assert told == {
        "visit_count": 1,
        "visit_people": 3,
        "visit_groups": 0,
        "visit_matters": 1,
        "visit_refused": 1,
        "visit_refused.noticed": 0,
    }
    assert (
        "điểm h khoản 1 Điều 4 Nghị định 154/2026/NĐ-CP" in refusal_text(made)
        and refusal_text(Visit.objects.get(number=1)) == ""
    )
    assert Entry.objects.filter(act="visit.refused", data__reason="answered").count() == 1


def test_the_notice_is_due_in_three_working_days_and_ends_with_its_number(refused, system):
    made = refused()
    owed = Obligation.objects.get(subject_kind="visit", subject=str(made.pk))
    assert (owed.due_on, owed.rule.key) == (date(2026, 7, 6), "reception.refusal"), (
        "Wednesday 1/7: Thursday, Friday, Monday"
    )
    for wrong, field in (
        ({"number": ""}, "number"),
        ({"number": "a" * 31}, "number"),
        ({"on": BEFORE}, "on"),
        ({"on": date(2026, 7, 11)}, "on"),
    ):
        with pytest.raises(Refused) as refusal:
            issue_refusal(made, by=system, **{"on": date(2026, 7, 3), "number": "7/TB", **wrong})
        assert refusal.value.field == field
    found = issue_refusal(made, by=system, on=date(2026, 7, 3), number="7/TB-UBND")
    owed.refresh_from_db()
    assert owed.state == "met" and "7/TB-UBND" in refusal_text(found)
    with pytest.raises(Refused, match="đã được ban hành"):
        issue_refusal(made, by=system, on=date(2026, 7, 3), number="8/TB")


def test_a_ground_that_is_explained_on_the_spot_needs_its_explanation_and_no_notice(
    refused, system
):
    with pytest.raises(Refused) as refusal:
        refused(reason="weapon")
    assert refusal.value.field == "guidance"
    made = refused(reason="weapon", name="", guidance="Mời gửi dao ở phòng bảo vệ rồi vào")
    assert (
        made.name == "Không cho biết họ tên"
        and not Obligation.objects.filter(subject_kind="visit").exists()
        and notice_file(made, "pdf") is None
    )
    for act in (
        lambda: issue_refusal(made, by=system, on=SINCE, number="1"),
        lambda: answer_visit(made, by=system, on=SINCE, text="x"),
    ):
        with pytest.raises(Refused):
            act()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"reason": "x"}, "reason"),
        ({"reason": ""}, "reason"),
        ({"received_on": BEFORE}, "reason"),
        ({"nature": "complaint"}, "reason"),
        ({"nature": "x"}, "reason"),
        ({"handled_before": " "}, "handled_before"),
        ({"name": ""}, "name"),
        ({"received_on": None}, "received_on"),
        ({"received_on": date(2030, 1, 1)}, "received_on"),
        ({"content": ""}, "content"),
        ({"people": 0}, "people"),
    ],
)
def test_what_cannot_be_is_refused_by_field_and_leaves_no_line(refused, more, field):
    with pytest.raises(Refused) as refusal:
        refused(**more)
    assert (
        refusal.value.field == field
        and not Visit.objects.exists()
        and not Obligation.objects.filter(subject_kind="visit").exists()
    )


def test_before_the_decree_there_is_a_notice_and_no_clock(refused):
    made = refused(received_on=BEFORE, reason="settled", nature="complaint")
    paper = notice_of(made)
    assert (
        not Obligation.objects.filter(subject_kind="visit").exists()
        and "Luật Tiếp công dân 42/2013/QH13 Điều 9" in paper.lines[0].text
    )


def test_the_notice_is_form_01_with_the_ground_and_never_names_a_denouncer(refused):
    text = "\n".join(line.text for line in notice_of(refused()).lines)
    assert all(
        word in text
        for word in (
            "Mẫu số 01/TCD",
            "Lê Thị Hạnh",
            "01/07/2026",
            "điểm h khoản 1 Điều 4",
            DONE,
            "phường Đống Đa",
        )
    )
    hidden = refused(
        nature="denunciation",
        reason="settled",
        name="Trần Văn Ẩn",
        address="9 ngõ Lặng",
        identity="012345678901",
        content="Thu sai",
    )
    text = "\n".join(line.text for line in notice_of(hidden).lines)
    assert (
        "Trần Văn Ẩn" not in text
        and "Lặng" not in text
        and "012345678901" not in text
        and "……" in text
    )
    assert notice_file(hidden, "pdf").startswith(b"%PDF") and notice_file(
        hidden, "docx"
    ).startswith(b"PK")


def test_who_writes_the_line_and_who_issues_the_notice(refused, country, at, offices):
    waiting, may = [refused() for _office in offices], {}
    for office, visit in zip(offices, waiting, strict=True):
        by, may[office] = at(office), set()
        for name, act in {
            "refuse": lambda by=by: refused(by=by),
            "issue": lambda by=by, visit=visit: issue_refusal(
                visit, by=by, on=SINCE, number="1/TB"
            ),
        }.items():
            with suppress(Denied):
                act()
                may[office].add(name)
    assert {office: acts for office, acts in may.items() if acts} == {
        "commune_clerk": {"refuse"},
        "petition_officer": {"refuse"},
        "committee_chair": {"refuse", "issue"},
    }
    with pytest.raises(Denied):
        refused(by=at("petition_officer", "next_door"))
