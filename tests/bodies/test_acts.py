"""Bodies are opened, renamed, merged and closed by decision, with their members; what cannot stand
is refused on its field and leaves nothing.
"""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from danchu.bodies.actions import (
    change_role,
    end_body,
    join_body,
    leave_body,
    merge_body,
    open_usual_bodies,
)
from danchu.bodies.models import BodyMember
from danchu.bodies.usual import proposed_bodies, usual_bodies
from danchu.inspection.actions import open_term
from danchu.inspection.models import BoardTerm
from danchu.journal.digest_form import forms
from danchu.journal.models import Entry
from danchu.journal.verify_rows import record_problems
from danchu.kernel.refusals import Denied, Refused
from danchu.units.actions import close_body, code_body, open_body, rename_body
from danchu.units.bodies_at import overlap
from danchu.units.models import Body, BodyGround, BodyStanding
from danchu.units.soundness import map_problems
from tests.bodies.conftest import AUGUST
from tests.people.conftest import REFORM

pytestmark = pytest.mark.digested
SEPTEMBER = date(2025, 9, 1)
DAYS = st.dates(date(2025, 1, 1), date(2025, 1, 12))
ENDS = st.none() | st.dates(date(2025, 1, 2), date(2025, 1, 13))


def refused(act, *rows, **values):
    """The field on which an act is refused; nothing is written."""
    entries = Entry.objects.count()
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act(*rows, **values)
    assert Entry.objects.count() == entries
    return refusal.value.field


@given(DAYS, ENDS, DAYS, ENDS)
def test_two_spans_overlap_where_they_share_a_day(since, until, other, other_until):
    def days(first, end):
        last = end or date(2025, 2, 1)
        return {first + timedelta(n) for n in range(max(0, (last - first).days))}

    if (until is None or until > since) and (other_until is None or other_until > other):
        assert overlap(since, until, other, other_until) == bool(
            days(since, until) & days(other, other_until)
        )


def test_each_change_keeps_its_day_and_decision(committee, system):
    rename_body(
        committee,
        by=system,
        name="Ủy ban nhân dân phường Đống Đa",
        on=AUGUST,
        decision="12/QĐ-UBND",
        decided_on=date(2025, 7, 20),
    )
    code_body(committee, by=system, code="h26.15", on=REFORM)
    code_body(committee, by=system, code="H26.16", on=AUGUST, decision="13/QĐ")
    end_body(committee, by=system, on=SEPTEMBER, decision="14/NQ")
    assert list(BodyStanding.objects.values_list("name", "since", "until").order_by("since")) == [
        ("UBND Đống Đa", REFORM, AUGUST),
        ("Ủy ban nhân dân phường Đống Đa", AUGUST, SEPTEMBER),
    ]
    assert list(committee.codes.values_list("code", "since", "until").order_by("since")) == [
        ("H26.15", REFORM, AUGUST),
        ("H26.16", AUGUST, SEPTEMBER),
    ]
    grounds = BodyGround.objects.order_by("on", "pk")
    assert list(grounds.values_list("change", "on", "decision", "decided_on")) == [
        ("renamed", AUGUST, "12/QĐ-UBND", date(2025, 7, 20)),
        ("coded", AUGUST, "13/QĐ", None),
        ("closed", SEPTEMBER, "14/NQ", None),
    ]
    assert list(map_problems()) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "club"}, "kind"),
        ({"kind": "peoples_committee", "name": "Ủy ban thứ hai"}, "kind"),
        ({"name": "ubnd  đống đa"}, "name"),
        ({"name": " "}, "name"),
        ({"since": REFORM - timedelta(days=1)}, "since"),
        ({"code": "H26/15"}, "code"),
        ({"code": "G09"}, "code"),
        ({"decided_on": REFORM}, "decision"),
        ({"decision": "1/QĐ", "decided_on": date(2999, 1, 1)}, "decided_on"),
        ({"decision": "x" * 101}, "decision"),
    ],
)
def test_what_cannot_stand_beside_another_is_refused_on_its_field(
    committee, country, system, values, field
):
    open_body(country.far, by=system, kind="agency", name="Chi cục", since=REFORM, code="G09")
    given = {"kind": "agency", "name": "Phòng mới", "since": AUGUST, **values}
    assert refused(open_body, country.here, by=system, **given) == field


def test_names_differ_by_their_marks_and_are_free_once_their_body_has_gone(country, system):
    def opened(name, since):
        return open_body(country.here, by=system, kind="school", name=name, since=since)

    first = opened("Trường Dũng", REFORM)
    opened("Trường Dụng", REFORM)
    close_body(first, by=system, on=AUGUST)
    assert refused(opened, "Trường Dũng", REFORM) == "name"
    opened("Trường Dũng", AUGUST)


def test_another_committee_opens_on_the_day_on_which_the_first_ends(committee, country, system):
    end_body(committee, by=system, on=AUGUST)
    heir = open_body(
        country.here, by=system, kind="peoples_committee", name="UBND mới", since=AUGUST
    )
    merge_body(committee, by=system, after=heir, on=AUGUST, decision="9/NQ")
    assert committee.became.get().after == heir
    assert list(Body.objects.on(AUGUST)) == [heir]
    assert refused(merge_body, committee, by=system, after=heir, on=AUGUST) == "after"


def test_an_end_comes_after_the_beginning_and_after_what_is_written(committee, country, system):
    for on in (REFORM - timedelta(days=1), REFORM):
        assert refused(end_body, committee, by=system, on=on) == "on"
    join_body(committee, by=system, name="Lê An", role="Chủ tịch", since=SEPTEMBER)
    assert refused(end_body, committee, by=system, on=AUGUST) == "on"
    assert refused(merge_body, committee, by=system, after=committee, on=SEPTEMBER) == "after"
    assert refused(code_body, committee, by=system, code="", on=AUGUST) == "code"
    assert refused(rename_body, committee, by=system, name="UBND Đống Đa", on=AUGUST) == "name"


def test_a_board_ends_with_its_term_and_a_committee_with_its_members(committee, country, system):
    board = open_body(
        country.here, by=system, kind="pib_agency", name="Ban TTND Trường", since=REFORM
    )
    term = BoardTerm.objects.create(
        uid="5f0f9e4e-2a55-4f39-9d3c-0d4f7f8f1a12",
        board=board,
        unit=country.here,
        since=REFORM,
        until=date(2027, 7, 1),
        made_by="x",
        made_at="2025-07-01T00:00:00Z",
    )
    join_body(committee, by=system, name="Lê An", role="Chủ tịch", since=REFORM)
    assert refused(join_body, board, by=system, name="Lê An", role="Trưởng ban", since=REFORM) == ""
    end_body(board, by=system, on=AUGUST)
    end_body(committee, by=system, on=AUGUST)
    term.refresh_from_db()
    assert (term.until, BodyMember.objects.get().until) == (AUGUST, AUGUST)


def test_a_member_joins_changes_role_and_leaves(committee, system):
    member = join_body(
        committee,
        by=system,
        name="Lê  Thị An",
        role="Phó Chủ tịch",
        since=REFORM,
        term_ends_on=date(2026, 6, 30),
        decision="7/NQ-HĐND",
    )
    chair = change_role(member, by=system, role="Chủ tịch", on=AUGUST)
    assert (chair.person, chair.term_ends_on) == (member.person, date(2026, 6, 30))
    leave_body(chair, by=system, on=SEPTEMBER, reason="Nghỉ hưu")
    rows = BodyMember.objects.order_by("since")
    assert list(rows.values_list("name", "role", "since", "until", "reason")) == [
        ("Lê Thị An", "Phó Chủ tịch", REFORM, AUGUST, ""),
        ("Lê Thị An", "Chủ tịch", AUGUST, SEPTEMBER, "Nghỉ hưu"),
    ]
    join_body(committee, by=system, name="Lê Thị An", role="Ủy viên", since=SEPTEMBER)
    acts = Entry.objects.about(committee).order_by("number").values_list("act", flat=True)
    assert list(acts) == [
        "body.opened",
        "body.joined",
        "body.role_changed",
        "body.left",
        "body.joined",
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "LÊ AN"}, "name"),
        ({"role": ""}, "role"),
        ({"since": REFORM - timedelta(days=1)}, "since"),
        ({"since": date(2999, 1, 1)}, "since"),
        ({"term_ends_on": AUGUST}, "term_ends_on"),
    ],
)
def test_a_member_wrongly_described_is_refused_on_the_field(committee, system, values, field):
    join_body(committee, by=system, name="Lê An", role="Ủy viên", since=REFORM)
    given = {"name": "Lê Bình", "role": "Ủy viên", "since": AUGUST, **values}
    assert refused(join_body, committee, by=system, **given) == field


def test_a_role_changes_after_it_began_and_to_another(committee, system):
    member = join_body(committee, by=system, name="Lê An", role="Ủy viên", since=AUGUST)
    assert refused(change_role, member, by=system, role="Chủ tịch", on=AUGUST) == "on"
    assert refused(change_role, member, by=system, role="Ủy viên", on=SEPTEMBER) == "role"
    assert refused(leave_body, member, by=system, on=SEPTEMBER, reason=" ") == "reason"
    leave_body(member, by=system, on=SEPTEMBER, reason="Chuyển công tác")
    assert refused(leave_body, member, by=system, on=SEPTEMBER, reason="Lại") == "member"


def test_the_usual_bodies_are_opened_once_however_often_it_is_pressed(country, system):
    proposals = proposed_bodies(country.here, REFORM)
    rows = {proposal.key: (proposal.kind, proposal.name) for proposal in proposals}
    assert len(rows) == 10
    assert ("peoples_committee", "Ủy ban nhân dân đống Đa") in rows.values()
    assert len(open_usual_bodies(country.here, by=system, since=REFORM, rows=rows)) == 10
    entries = Entry.objects.count()
    assert open_usual_bodies(country.here, by=system, since=REFORM, rows=rows) == []
    assert (Entry.objects.count(), Body.objects.count()) == (entries, 10)
    assert proposed_bodies(country.here, REFORM) == []


def test_a_name_that_is_refused_stands_on_its_line_and_nothing_is_opened(country, system):
    rows = {"3": ("agency", "Phòng"), "4": ("agency", "x" * 251)}
    act = open_usual_bodies
    assert refused(act, country.here, by=system, since=REFORM, rows=rows) == "name_4"
    assert not Body.objects.exists()


def test_the_usual_bodies_are_those_of_the_level_on_the_day(country):
    kinds = {proposal.kind for proposal in proposed_bodies(country.province, REFORM)}
    assert "trade_union" in kinds and "peoples_inspection_board" not in kinds
    assert proposed_bodies(country.village, REFORM) == []
    day = date(2020, 1, 1)
    sources = {
        proposal.kind: proposal.source for proposal in proposed_bodies(country.old_whole, day)
    }
    assert sources["peoples_council"] == "Luật 77/2015/QH13, Điều 4"
    assert "peoples_inspection_board" not in sources


def test_no_two_rows_of_the_usual_bodies_are_valid_at_once_for_one_name():
    rows = usual_bodies()
    for first in rows:
        for second in rows[rows.index(first) + 1 :]:
            same = (first.level, first.kind, first.name) == (
                second.level,
                second.kind,
                second.name,
            )
            assert not (same and overlap(first.since, first.until, second.since, second.until))


def test_a_body_of_a_place_that_has_ended_ends_with_it(country, system):
    body = open_body(
        country.old_whole, by=system, kind="agency", name="Trạm", since=date(2020, 1, 1), code="A1"
    )
    assert (body.until, body.standings.get().until, body.codes.get().until) == (REFORM,) * 3
    assert list(map_problems()) == []


def test_who_may_change_the_bodies_of_a_place(committee, country, offices_at_here, system):
    """Written out apart from office_kinds.toml: boards are the Front's, other bodies the
    committee's.
    """
    board = open_body(country.here, by=system, kind="investment_board", name="Ban", since=REFORM)
    member = join_body(committee, by=system, name="Lê An", role="Ủy viên", since=REFORM)
    heir = open_body(country.here, by=system, kind="agency", name="Phòng", since=REFORM)
    rows = {"1": ("agency", "Phòng khác")}
    of_committee = {"committee_chair", "steering_officer", "operator"}
    acts = {
        "join": lambda by: join_body(committee, by=by, name="B", role="Ủy viên", since=AUGUST),
        "role": lambda by: change_role(member, by=by, role="Chủ tịch", on=AUGUST),
        "leave": lambda by: leave_body(member, by=by, on=AUGUST, reason="Nghỉ"),
        "end": lambda by: end_body(committee, by=by, on=AUGUST),
        "merge": lambda by: merge_body(committee, by=by, after=heir, on=AUGUST),
        "usual": lambda by: open_usual_bodies(country.here, by=by, since=AUGUST, rows=rows),
        "end board": lambda by: end_body(board, by=by, on=AUGUST),
    }
    for name, act in acts.items():
        able = {office for office, by in offices_at_here.items() if _done(act, by)}
        assert able == ({"front_chair", "operator"} if "board" in name else of_committee), name


def _done(act, by):
    with transaction.atomic():
        try:
            act(by)
            return True
        except Denied:
            return False
        finally:
            transaction.set_rollback(True)


def test_the_journal_proves_names_codes_decisions_and_members(committee, system):
    code_body(committee, by=system, code="H26.15", on=REFORM, decision="1/QĐ")
    join_body(committee, by=system, name="Lê An", role="Ủy viên", since=REFORM)
    kinds = [forms()["body"], forms()["body_member"]]
    assert [list(record_problems(form)) for form in kinds] == [[], []]
    BodyGround.objects.update(decision="2/QĐ")
    BodyMember.objects.update(role="Chủ tịch")
    assert [len(list(record_problems(form))) for form in kinds] == [1, 1]


def test_digests_of_before_codes_and_decisions_stay_what_they_were():
    body = forms()["body"]
    assert "units_bodycode" in body.canonical(2, "salt") and "units_bodyground" in body.canonical(
        2, "salt"
    )
    assert "units_bodycode" not in body.canonical(
        1, "salt"
    ) and "units_bodystanding" in body.canonical(1, "salt")


def test_a_term_does_not_outlast_its_board(country, system):
    board = open_body(
        country.here, by=system, kind="peoples_inspection_board", name="Ban TTND", since=REFORM
    )
    end_body(board, by=system, on=SEPTEMBER)
    board.refresh_from_db()
    given = {"by": system, "board": board, "until": date(2028, 7, 1)}
    assert refused(open_term, since=SEPTEMBER, **given) == "since"
    assert open_term(since=REFORM, **given).until == SEPTEMBER
