"""The illustrative cases beside the common ones go through the real acts and stand where a
reader looks for them.
"""

from itertools import count

from danchu.casework.actions import take_step
from danchu.casework.models import Matter, Petition, ReceptionDay, Visit
from danchu.demo.cases import load_cases
from danchu.kernel.days import today
from danchu.obligations.models import Obligation


def test_a_second_complaint_group_letters_delegated_and_refused_receptions_are_played(
    registered, system, country, clock
):
    clock.set("2026-11-20")
    it = registered("complaint", received_on=today())
    for act, given in (
        ("classify", {"eligible": True, "competent": True}),
        ("accept", {}),
        ("verify", {}),
        ("decide", {"verdict": "partly"}),
    ):
        it = take_step(it, act, by=system, on=today(), text="Minh họa", **given)
    clock.set("2026-11-26")
    numbers = count(1)
    person = lambda: {  # noqa: E731
        "name": f"Nguyễn Văn {next(numbers)}",
        "address": "số 1 ngõ 2 (minh họa)",
        "phone": "",
    }
    assert load_cases(person, country.here, Matter.objects.in_bulk(), system) == 3
    again = Petition.objects.get(stage="second")
    assert (again.follows, again.unit, again.place) == (it, country.province, country.here)
    groups = Petition.objects.filter(people__gte=7).order_by("people")
    assert [
        (
            one.people,
            one.petitioners.count(),
            one.petitioners.filter(is_representative=True).count(),
        )
        for one in groups
    ] == [(7, 7, 2), (46, 12, 2)]
    assert sorted(
        ReceptionDay.objects.filter(form="delegated").values_list("state", flat=True)
    ) == ["held", "held", "held", "missed", "planned"]
    assert Visit.objects.received().filter(form="delegated").count() == 6
    refused = Visit.objects.refused().order_by("received_on")
    assert [(one.refused_for, one.notice_number != "") for one in refused] == [
        ("answered", True),
        ("answered", False),
        ("no_authority", False),
    ]
    assert sorted(
        Obligation.objects.filter(rule__key="reception.refusal").values_list("state", flat=True)
    ) == ["met", "open"]
