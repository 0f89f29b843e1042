"""Works without a decision of households: entered, confirmed, counted beside those decided."""

from datetime import date

import pytest

from danchu.decision import actions
from danchu.decision.models import Works
from danchu.figures.answer import figure
from danchu.figures.catalogue import indicator
from danchu.kernel.days import Period
from danchu.kernel.refusals import Denied, Refused
from tests.decision.played import decided_by_meeting, write_roll

DONE = date(2026, 1, 9)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
NEW = "/desk/works-without-decision/new/"
TYPED = {
    "uid": "7f0f9e4e-2a55-4f39-9d3c-0d4f7f8f1a22",
    "unit": "Tổ 5",
    "title": "Nạo vét cống ngõ 3",
    "why": "gift",
    "finished_on": "09/01/2026",
    "value": "12.000.000",
    "money": "5.000.000",
    "labour_days": "14",
    "land": "",
    "budget": "",
    "other": "7.000.000",
}


def entered(officials, by, **more):
    values = {"title": "Cống", "why": "gift", "finished_on": DONE, "value": 9, "money": 4, **more}
    return actions.enter_works(by=by, unit=officials.here, **values)


def test_works_are_entered_and_confirmed_by_pages_and_counted_once_confirmed(client, officials):
    client.force_login(officials.clerk)
    for _time in range(2):  # sent twice, written once
        assert client.post(NEW, TYPED).status_code == 302
    works = Works.objects.get()
    page = f"/desk/works-without-decision/{works.uid}/"
    assert "12.000.000" in client.get(page).content.decode()
    assert client.get(page.removeprefix("/desk")).status_code == 404, "a draft is not public"
    assert figure(indicator("works_value"), officials.here.pk, YEAR, DONE).value == 0
    assert client.post(f"{page}confirm/").status_code == 403
    client.force_login(officials.head)
    assert client.post(f"{page}confirm/").status_code == 302
    public = client.get(page.removeprefix("/desk")).content.decode()
    assert "Nạo vét cống ngõ 3" in public and "14" in public
    assert "Nạo vét cống ngõ 3" in client.get("/works-without-decision/").content.decode()
    table = client.get("/works-without-decision.csv").getvalue().decode("utf-8-sig")
    assert "12000000" in table and "7000000" in table


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("title", ""),
        ("finished_on", "31/02/2026"),
        ("finished_on", "09/01/2027"),
        ("why", "khac"),
        ("value", "11.999.999"),
        ("value", "mười"),
        ("unit", "Nơi không có"),
    ],
)
def test_what_is_wrong_stands_on_its_field_and_the_rest_stays(client, officials, name, typed):
    client.force_login(officials.clerk)
    answer = client.post(NEW, TYPED | {name: typed})
    form = answer.context["form"]
    assert answer.status_code == 400 and list(form.errors) == [name]
    assert form["labour_days"].value() == "14" and not Works.objects.exists()


def test_works_to_which_nobody_gave_anything_are_refused(officials, system):
    with pytest.raises(Refused) as refused:
        entered(officials, system, money=0)
    assert refused.value.field == "money"


def test_a_draft_is_changed_and_a_confirmed_one_only_withdrawn_with_its_reason(officials, system):
    works = entered(officials, system)
    changed = {"title": "Cống ngõ 5", "why": "programme", "finished_on": DONE, "value": 9}
    works = actions.edit_works(works, by=system, labour_days=3, **changed)
    assert (works.title, works.money, works.labour_days) == ("Cống ngõ 5", 0, 3)
    works = actions.confirm_works(works, by=system)
    with pytest.raises(Refused):
        actions.edit_works(works, by=system, labour_days=4, **changed)
    works = actions.withdraw_works(works, by=system, reason="Ghi nhầm xã")
    assert works.reason == "Ghi nhầm xã"
    assert figure(indicator("works_with_contributions"), officials.here.pk, YEAR, DONE).value == 0


def test_works_count_beside_those_that_the_households_decided(officials, system):
    write_roll(officials.village, 9)
    decision = decided_by_meeting(officials.village, system, 9, 9)
    given = {"options": 1, "labour_days": 0, "land": 0, "budget": 0, "other": 0}
    actions.note_works(decision, by=system, value=100, money=60, **given)
    for number in range(3):
        works = entered(officials, system, title=f"Cống {number}", land=2)
        actions.confirm_works(works, by=system)
    counted = {
        "works_with_contributions": 1 + 3,
        "works_value": 100 + 3 * 9,
        "works_money": 60 + 3 * 4,
        "works_labour": 0,
        "works_land": 3 * 2,
    }
    for key, value in counted.items():
        assert figure(indicator(key), officials.here.pk, YEAR, DONE).value == value, key


@pytest.mark.parametrize("role", ["front", "auditor"])
def test_who_has_no_right_neither_enters_nor_moves_works(officials, system, role):
    by = officials.by[role]
    with pytest.raises(Denied):
        entered(officials, by)
    works = entered(officials, system)
    for act, values in (
        (actions.confirm_works, {}),
        (actions.withdraw_works, {"reason": "Thử"}),
        (actions.edit_works, {"title": "X", "why": "gift", "finished_on": DONE, "money": 1}),
    ):
        with pytest.raises(Denied):
            act(works, by=by, **values)
