"""A new event that is like one in the register is told before it is recorded, and can be recorded
all the same.
"""

import pytest

from danchu.register.kinds import KINDS
from danchu.register.models import Event
from danchu.register.needed_by import figures_of_field

ADDRESS = "/desk/records/new/?kind=supervision_217"
TYPED = {
    "held_on": "05/08/2025",
    "unit": "00004",
    "title": "Giám sát thu, chi ở tổ dân phố số 5",
    "participants": "14",
}


def sent(client, **more):
    uid = client.get(ADDRESS).context["form"]["uid"].value()
    return client.post(ADDRESS, {**TYPED, "uid": uid, **more})


@pytest.fixture
def first(client, officials):
    client.force_login(officials.clerk)
    assert sent(client).status_code == 302
    return Event.objects.get()


@pytest.mark.parametrize(
    ("more", "is_alike"),
    [
        ({}, True),
        ({"title": "giam sat thu chi o to dan pho so 5", "participants": "20"}, True),
        ({"held_on": "07/08/2025"}, True),
        ({"held_on": "09/08/2025"}, False),
        ({"held_on": "07/08/2025", "participants": "15"}, False),
        ({"title": "Giám sát việc lát vỉa hè phố Đội Cấn"}, False),
        ({"seen": "on"}, False),
        ({"title": "Giám sát thu, chi ở tổ dân phố số 6"}, False),
        ({"reference": "GS-8"}, True),
        ({"reference": "GS-8", "title": "Giám sát thu, chi ở tổ dân phố số 7"}, False),
    ],
)
def test_what_is_like_a_recorded_one_is_told_once(client, first, more, is_alike):
    answer = sent(client, **more)
    assert (answer.status_code == 400) == is_alike
    assert Event.objects.count() == (1 if is_alike else 2)
    if is_alike:
        page = answer.content.decode()
        assert f"/desk/records/{first.uid}/" in page and 'name="seen" value="on"' in page


def test_sent_twice_it_is_not_like_itself(client, first):
    assert client.post(ADDRESS, {**TYPED, "uid": first.uid}).status_code == 302
    assert Event.objects.count() == 1


def test_one_of_another_place_kind_or_state_is_not_alike(client, first, officials):
    assert client.post(f"/desk/records/{first.uid}/discard/").status_code == 302
    assert not Event.objects.exists()
    assert sent(client).status_code == 302
    client.force_login(officials.neighbour)
    assert sent(client, unit="00008").status_code == 302


def test_a_field_says_which_figures_need_it(client, officials):
    assert figures_of_field("conference", "participants") == []
    read = {
        (kind.key, name): figures_of_field(kind.key, name)
        for kind in KINDS.values()
        for name in ("form", *kind.numbers)
    }
    assert read["reception", "people"] == ["G02 Số người được tiếp"]
    client.force_login(officials.clerk)
    form = client.get(ADDRESS).context["form"]
    for name in ("form", "participants", "recommended", "accepted"):
        names = read["supervision_217", name]
        assert bool(names) == ("Dùng cho số liệu" in str(form.fields[name].help_text)), name
