"""A body is chosen while its name is typed, in every form that takes one: without marks, by a name
that it had before, by the name of what became part of it; only those that the form takes.
"""

from datetime import date

import pytest

from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold
from danchu.minutes.models import Minutes
from danchu.subjects.places import BodyField
from danchu.subjects.room import sections
from danchu.units.actions import open_body, rename_body, succeed_body
from danchu.units.body_choices import body_choices, body_meant
from danchu.units.kinds import BodyKind
from tests.desk.conftest import BY

SINCE, CHANGED, DAY = date(2025, 7, 1), date(2025, 9, 1), date(2026, 1, 1)


@pytest.fixture
def bodies(officials):
    """Four bodies of the ward: one was renamed, one became part of another."""

    def opened(kind, name):
        return open_body(officials.ward, by=BY, kind=kind, name=name, since=SINCE)

    rows = {
        "front": opened("fatherland_front", "Ủy ban Mặt trận Tổ quốc phường Hoàn Kiếm"),
        "culture": opened("agency", "Phòng Văn hóa – Xã hội"),
        "economy": opened("agency", "Phòng Kinh tế, Hạ tầng và Đô thị"),
        "gone": opened("agency", "Phòng Quản lý đô thị"),
        "school": opened("school", "Trường Tiểu học Tràng An"),
    }
    rename_body(rows["culture"], by=BY, name="Phòng Văn hóa, Khoa học", on=CHANGED)
    succeed_body(rows["gone"], rows["economy"], by=BY, on=CHANGED)
    return officials, rows


def names(text, ward, kinds=()):
    return {choice.name for choice in body_choices(text, ward, DAY, kinds)}


def slowly(text, rows):
    """The names of what has the letters: each name that it has or had, or that led to it."""
    every = {
        "front": ["Ủy ban Mặt trận Tổ quốc phường Hoàn Kiếm", "Ủy ban Mặt trận Tổ quốc Việt Nam"],
        "culture": ["Phòng Văn hóa, Khoa học", "Phòng Văn hóa – Xã hội", "Cơ quan"],
        "economy": ["Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng Quản lý đô thị", "Cơ quan"],
        "school": ["Trường Tiểu học Tràng An", "Trường học"],
    }
    return {
        row.name_on(DAY)
        for key, row in rows.items()
        if any(fold(text) in fold(name) for name in every.get(key, ()))
    }


@pytest.mark.parametrize(
    "text", ["mat tran", "kinh te", "phong", "xa hoi", "quan ly do thi", "truong", "co quan", "zz"]
)
def test_a_few_letters_without_marks_offer_what_has_or_had_them(bodies, text):
    officials, rows = bodies
    assert names(text, officials.ward) == slowly(text, rows)


def test_all_bodies_are_offered_before_a_letter_and_only_those_the_form_takes(bodies):
    officials, rows = bodies
    assert len(names("", officials.ward)) == len(rows) - 1
    assert names("", officials.ward, ["school"]) == {"Trường Tiểu học Tràng An"}
    assert names("phong", officials.ward, ["school"]) == set()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("fatherland_front", "front"),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam", "front"),
        ("mat tran", "front"),
        ("Phòng Văn hóa – Xã hội", "culture"),
        ("phong quan ly do thi", "economy"),
        ("kinh te", "economy"),
        ("Trường học", "school"),
    ],
)
def test_a_name_a_kind_and_an_old_name_mean_one_body(bodies, text, key):
    officials, rows = bodies
    assert body_meant(text, officials.ward, DAY) == rows[key]


@pytest.mark.parametrize("text", ["agency", "phong", "do thi xa", "Mặt trần", "xa hoi"])
def test_what_is_not_certain_is_asked_with_what_may_be_meant(bodies, text):
    officials, _rows = bodies
    with pytest.raises(Refused) as refusal:
        body_meant(text, officials.ward, DAY)
    assert refusal.value.field == "body"
    assert refusal.value.choices


def test_a_form_asks_by_buttons_and_takes_the_one_that_was_chosen(client, bodies):
    officials, rows = bodies
    client.force_login(officials.head)
    typed = {"title": "Họp", "held_on": "02/02/2026", "unit": "00004", "body": "phong"}
    typed["uid"] = "6f6c9a1e-3c3c-4f4b-9a6b-111111111111"
    asked = client.post("/desk/minutes/new/", typed)
    assert asked.status_code == 400
    assert 'type="radio" name="body-choice"' in asked.content.decode()
    typed["body-choice"] = "Phòng Kinh tế, Hạ tầng và Đô thị"
    assert client.post("/desk/minutes/new/", typed).status_code == 302
    assert Minutes.objects.get().body == rows["economy"]


def test_the_box_is_offered_what_the_form_says(client, bodies):
    officials, _rows = bodies
    client.force_login(officials.clerk)

    def offered(**query):
        query = {"unit": "00004", "on": "01/01/2026", **query}
        return client.get("/desk/bodies/choices.json", query).json()["choices"]

    [row] = offered(q="quan ly do thi")
    assert row["name"] == row["value"] == "Phòng Kinh tế, Hạ tầng và Đô thị"
    assert row["former"] == "Phòng Quản lý đô thị"
    assert [row["name"] for row in offered(q="", kinds="school,zzz")] == [
        "Trường Tiểu học Tràng An"
    ]
    assert len(offered(q="phong", on="01/08/2025")) == 3
    assert offered(q="phong", unit="zzzz") == offered(q="phong", on="31/02/2026") == []


def test_every_form_of_the_desk_that_takes_a_body_takes_it_in_this_field():
    kinds = set(BodyKind.values)
    selects = [
        (section.one, name)
        for section in sections()
        for form in [*(act.form for act in section.acts), section.new and section.new.form]
        if form is not None
        for name, field in form.base_fields.items()
        if kinds & {key for key, _word in getattr(field, "choices", ())}
        and not isinstance(field, BodyField)
    ]
    assert selects == []
