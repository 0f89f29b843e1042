"""Bodies and villages have dates, names and successors of their own."""

from datetime import date

import pytest

from danchu.journal.models import Entry
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from danchu.units.actions import (
    close_body,
    close_village,
    open_bodies,
    open_body,
    open_village,
    rename_body,
    rename_village,
    succeed_body,
)
from danchu.units.maps import boundaries
from danchu.units.models import Body, Standing, Unit
from danchu.units.names import name_of
from danchu.units.soundness import map_problems

JAN, FEB, MAR = date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)
YEAR_END = date(2023, 12, 31)


def test_a_body_is_renamed_closed_and_succeeded_and_each_day_knows_its_name(small, system):
    board = open_body(
        small.a, by=system, kind="peoples_inspection_board", name="Ban  TTND\u00a0xã A ", since=JAN
    )
    rename_body(board, by=system, name="Ban Thanh tra nhân dân xã A", on=FEB)
    assert [board.name_on(day) for day in (YEAR_END, JAN, FEB)] == [
        "Ban TTND xã A",
        "Ban TTND xã A",
        "Ban Thanh tra nhân dân xã A",
    ]
    heir = open_body(small.b, by=system, kind="peoples_inspection_board", name="Ban mới", since=MAR)
    with pytest.raises(Refused, match="phải hoạt động trong ngày"):
        succeed_body(board, heir, by=system, on=FEB)
    succeed_body(board, heir, by=system, on=MAR)
    assert list(Body.objects.on(date(2024, 2, 29))) == [board]
    assert list(Body.objects.on(MAR)) == [heir]
    with pytest.raises(Refused, match="đã được ghi"):
        succeed_body(board, heir, by=system, on=MAR)
    for again in (
        lambda: rename_body(board, by=system, name="X", on=MAR),
        lambda: close_body(board, by=system, on=MAR),
    ):
        with pytest.raises(Refused, match="đã kết thúc từ ngày 01/03/2024"):
            again()
    acts = Entry.objects.order_by("number").values_list("act", flat=True)
    assert list(acts) == ["body.opened", "body.renamed", "body.opened", "body.succeeded"]
    assert list(map_problems()) == []


def test_many_bodies_are_opened_at_once(small, system):
    rows = [
        (unit, "peoples_committee", f"UBND {unit}", JAN) for unit in (small.a, small.b, small.c)
    ]
    bodies = open_bodies(rows, by=system)
    assert [body.unit for body in bodies] == [small.a, small.b, small.c]
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 251}, "name"),
        ({"kind": "club"}, "kind"),
        ({"since": date(2030, 1, 1)}, "since"),
    ],
)
def test_a_body_wrongly_described_is_refused(small, system, values, field):
    Unit.objects.filter(pk=small.a.pk).update(until=date(2030, 1, 1))
    small.a.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        open_body(small.a, by=system, **{"kind": "school", "name": "Trường", **values})
    assert refusal.value.field == field and not Body.objects.exists()


def test_a_village_is_at_home_in_its_commune_from_its_day(small, system):
    village = open_village(
        small.c, by=system, name="Thôn Đông", kind="thon", since=JAN, decree="9/QĐ"
    )
    assert boundaries(JAN).parent(village.pk) == small.c.pk
    assert village.pk not in boundaries(YEAR_END)
    # Recorded there, it counts for its commune even on a map from before it was.
    assert boundaries(YEAR_END).place(village.pk, "commune") == {small.c.pk: 1}
    rename_village(village, by=system, name="Tổ dân phố Đông", kind="to_dan_pho", on=FEB)
    assert [name_of(village, day) for day in (JAN, FEB)] == ["Thôn Đông", "Tổ dân phố Đông"]
    close_village(village, by=system, on=MAR)
    assert boundaries(MAR).place(village.pk, "commune") == {small.c.pk: 1}
    assert village.pk not in boundaries(MAR)
    assert list(map_problems()) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Thôn 1"}, "name"),
        ({"kind": "xa"}, "kind"),
        ({"code": "00002"}, "code"),
        ({"code": "1" * 13}, "code"),
        ({"decree": "1" * 61}, "decree"),
        ({"name": "x" * 201}, "name"),
        ({"since": YEAR_END}, "since"),
    ],
)
def test_a_village_wrongly_described_is_refused(small, system, values, field):
    Unit.objects.filter(pk=small.a.pk).update(since=JAN)
    with pytest.raises(Refused) as refusal:
        open_village(small.a, by=system, **{"name": "Thôn 9", "kind": "thon", **values})
    assert refusal.value.field == field


def test_a_village_hangs_on_a_commune_only(small, system):
    for unit in (small.north, small.v1):
        with pytest.raises(Refused):
            open_village(unit, by=system, name="Thôn 9", kind="thon")
    with pytest.raises(Refused):
        close_village(small.a, by=system, on=JAN)


def test_nobody_without_the_right_changes_bodies_or_villages(small, system):
    body = open_body(small.a, by=system, kind="school", name="Trường", since=JAN)
    public = Actor.public()
    for act in (
        lambda: open_body(small.a, by=public, kind="school", name="Trường"),
        lambda: open_bodies([(small.a, "school", "Trường", JAN)], by=public),
        lambda: rename_body(body, by=public, name="X", on=FEB),
        lambda: close_body(body, by=public, on=FEB),
        lambda: succeed_body(body, body, by=public, on=FEB),
        lambda: open_village(small.a, by=public, name="Thôn 9", kind="thon"),
        lambda: rename_village(small.v1, by=public, name="Thôn 9", kind="thon", on=FEB),
        lambda: close_village(small.v1, by=public, on=FEB),
    ):
        with pytest.raises(Denied):
            act()


def test_a_change_comes_after_the_last_one_and_never_after_the_end(small, system):
    body = open_body(small.a, by=system, kind="school", name="Trường", since=FEB)
    village = open_village(small.a, by=system, name="Thôn 9", kind="thon", since=FEB)
    for on in (JAN, FEB):
        for change in (
            lambda on=on: rename_body(body, by=system, name="Trường B", on=on),
            lambda on=on: rename_village(village, by=system, name="Thôn 8", kind="thon", on=on),
            lambda on=on: close_village(village, by=system, on=on),
        ):
            with pytest.raises(Refused, match="Ngày phải sau ngày 01/02/2024") as refusal:
                change()
            assert refusal.value.field == "on"
    closed = close_body(body, by=system, on=MAR)
    assert (closed.until, body.standings.get().until) == (MAR, MAR)
    close_village(village, by=system, on=MAR)
    with pytest.raises(Refused, match="đã kết thúc từ ngày 01/03/2024"):
        rename_village(village, by=system, name="Thôn 8", kind="thon", on=date(2024, 4, 1))


def test_rows_name_themselves_and_a_body_without_a_name_is_called_by_its_kind(small):
    body = Body.objects.create(unit=small.a, kind="school")
    assert (str(body), body.name_on(JAN)) == (f"school {body.pk}", "Trường học")
    assert str(small.a) == f"commune {small.a.pk}"
    assert str(Standing.objects.get(unit=small.a)) == "Xã A"
