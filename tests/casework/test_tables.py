"""The inspection sector's tables over random petitions and visits: each column equals a plain
count in Python, and the identities hold.
"""

from datetime import date, timedelta
from uuid import uuid4

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danchu.casework.models import Matter, Petition, ReceptionDay, Visit
from danchu.casework.moves import State
from danchu.casework.natures import Fault, Nature, Stage, Verdict
from danchu.casework.queries.official_tables import TABLES, column_name, table_rows, to_be_processed
from danchu.kernel.codes import new_prefixed_code
from danchu.kernel.days import Period, now
from danchu.people.actor import Actor
from tests.people.conftest import NOW
from tests.sizes import long, size

BY = Actor.system("test")

PERIOD = Period(date(2026, 1, 1), date(2026, 7, 1))
DAYS = st.dates(date(2025, 11, 1), date(2026, 8, 30))
MATTERS = ("land_use", "social_policy", "environment", "official_conduct")
AWAY = {
    Nature.COMPLAINT: ("guided", "forwarded", "urged", "returned"),
    Nature.DENUNCIATION: ("forwarded", "urged"),
    Nature.FEEDBACK: ("guided", "forwarded", "urged"),
}
SEALED = {"illustrative": True}  # a denunciation without its seal may only be illustrative

a_petition = st.fixed_dictionaries(
    {
        "nature": st.sampled_from(Nature.values),
        "received_on": DAYS,
        "sort": st.sampled_from(["new", "ours", "ours", "theirs", "bad", "withdrawn"]),
        "way": st.integers(0, 5),
        "done": st.integers(0, 90),
        "solved": st.booleans(),
        "verdict": st.sampled_from(Verdict.values),
        "stage": st.sampled_from(Stage.values),
        "matter": st.sampled_from(MATTERS),
        "replied": st.booleans(),
        "late": st.booleans(),
    }
)
a_visit = st.fixed_dictionaries(
    {
        "received_on": DAYS,
        "form": st.sampled_from(["regular", "periodic", "ad_hoc", "delegated"]),
        "nature": st.sampled_from(["complaint", "feedback"]),
        "people": st.integers(1, 30),
        "is_first": st.booleans(),
        "competent": st.booleans(),
        "handler": st.sampled_from(["", "Sở Xây dựng"]),
        "follow_up": st.sampled_from(["", "Đã trả lời"]),
        "refused_for": st.sampled_from(["", "", "", "threat"]),
    }
)


def petition_of(drawn, unit):
    """A row as the acts would leave it."""
    nature, on = drawn["nature"], drawn["received_on"] + timedelta(days=drawn["done"])
    row = {
        "nature": nature,
        "received_on": drawn["received_on"],
        "stage": drawn["stage"],
        "matter_id": drawn["matter"],
        "state": "received",
    }
    if drawn["sort"] == "ours":
        row |= {
            "eligible": True,
            "competent": True,
            "accepted_on": on,
            "processed_on": on,
            "state": "accepted",
        }
        if drawn["solved"]:
            row |= {
                "resolved_on": on,
                "ended_on": on,
                "in_time": not drawn["late"],
                "state": "answered" if nature == "feedback" else "decided",
                "verdict": "" if nature == "feedback" else drawn["verdict"],
            }
    elif drawn["sort"] == "theirs":
        state = (*AWAY[nature], "classified", "withdrawn")[drawn["way"] % (len(AWAY[nature]) + 2)]
        row |= {"eligible": True, "competent": False, "state": state}
        if state in AWAY[nature]:
            row |= {
                "processed_on": on,
                "ended_on": on,
                "in_time": True,
                "replied_on": on if drawn["replied"] and state in ("forwarded", "urged") else None,
            }
    elif drawn["sort"] == "bad":
        row |= {
            "eligible": False,
            "fault": Fault.UNCLEAR,
            "processed_on": on,
            "ended_on": on,
            "in_time": True,
            "state": "filed",
        }
    elif drawn["sort"] == "withdrawn":
        row |= {"ended_on": on, "in_time": True, "state": "withdrawn"}
    fresh = {
        "uid": uuid4(),
        "code": new_prefixed_code("PA"),
        "secret": "x",
        "channel": "post",
        "unit": unit,
        "title": "Việc",
        "content": "Việc",
        "moved_on": on,
        "made_by": "test",
        "made_at": now(),
    }
    return Petition(**fresh, **row, **(SEALED if nature == "denunciation" else {}))


def visit_of(number, drawn, unit):
    return Visit(
        uid=uuid4(),
        code=new_prefixed_code("TD"),
        unit=unit,
        year=2026,
        number=number,
        name="A",
        content="B",
        is_group=drawn["people"] >= 5,
        made_by="test",
        made_at=now(),
        **drawn,
    )


def columns(unit):
    """{table: {number: value}} as the tables say."""
    return {
        table.key: {
            number: found.value
            for number, _name, found in table_rows(table, unit.pk, PERIOD, NOW, BY)
        }
        for table in TABLES
    }


def counted(petitions, visits):
    """The same, counted one by one from what was drawn."""
    here, heard = (
        [p for p in petitions if p.received_on in PERIOD],
        [v for v in visits if v.received_on in PERIOD and not v.refused_for],
    )
    eligible, ours, theirs = (
        [p for p in here if test(p)]
        for test in (
            lambda p: p.eligible,
            lambda p: p.competent,
            lambda p: p.eligible and p.competent is False,
        )
    )
    n = lambda rows, **what: sum(all(getattr(r, k) == v for k, v in what.items()) for r in rows)  # noqa: E731

    def of(rows):
        return [
            len(rows),
            sum(v.people for v in rows),
            n(rows, is_first=True),
            n(rows, is_first=False),
            n(rows, is_group=True),
            sum(v.people for v in rows if v.is_group),
            n(rows, is_group=True, is_first=True),
            n(rows, is_group=True, is_first=False),
        ]

    receivers = [
        [v for v in heard if v.form in forms]
        for forms in (("regular",), ("periodic", "ad_hoc"), ("delegated",))
    ]
    foreign, field = (
        [v for v in heard if not v.competent],
        {m.pk: m.field for m in Matter.objects.all()},
    )
    fields = ("policy", "land", "administrative", "judicial", "party", "other")

    def kind(nature):
        rows = [p for p in eligible if p.nature == nature]
        return [
            len(rows),
            *(sum(field[p.matter_id] == f for p in rows) for f in fields),
            n(rows, competent=True),
            n(rows, competent=False),
        ]

    def solved(nature):
        rows = [p for p in here if p.nature == nature and p.resolved_on]
        return [
            len(rows),
            *(n(rows, verdict=v) for v in Verdict.values),
            n(rows, in_time=True),
            n(rows, in_time=False),
            *(n(rows, stage=s) for s in Stage.values),
        ]

    complaints = [p for p in eligible if p.nature == "complaint"]
    carried = sum(
        p.received_on < PERIOD.since
        and (p.processed_on is None or p.processed_on >= PERIOD.since)
        and not (p.state == State.WITHDRAWN and (p.ended_on is None or p.ended_on < PERIOD.since))
        for p in petitions
    )
    table = lambda values, first=1: dict(enumerate(values, first))  # noqa: E731
    by_nature = lambda rows: [  # noqa: E731
        n(rows, nature=nature) for nature in ("complaint", "denunciation", "feedback")
    ]
    return {
        "reception": table(
            [
                len(heard),
                sum(v.people for v in heard),
                len(heard),
                *of(receivers[0]),
                0,
                *of(receivers[1]),
                *of(receivers[2]),
            ]
        ),
        "reception_matters": table(
            [
                len(heard),
                *by_nature(heard),
                n(heard, competent=True),
                len(foreign),
                n(foreign, handler=""),
                sum(v.handler != "" for v in foreign),
                sum(v.handler != "" and v.follow_up != "" for v in foreign),
            ]
        ),
        "petitions": {
            2: carried,
            3: len(here),
            4: sum(p.processed_on is not None and p.processed_on in PERIOD for p in petitions),
            6: len(eligible),
            7: len(eligible),
            **table(by_nature(eligible), 8),
            11: sum(p.resolved_on is not None and p.stage == "first" for p in eligible),
            12: sum(p.resolved_on is not None and p.stage != "first" for p in eligible),
            13: n(eligible, resolved_on=None),
            14: len(ours),
            **table(by_nature(ours), 15),
            18: len(theirs),
            **table([n(theirs, state=s) for s in ("guided", "forwarded", "urged")], 19),
            22: sum(p.replied_on is not None for p in here),
            23: n(theirs, state="returned"),
            24: n(theirs, state="classified"),
            25: n(theirs, state="withdrawn"),
        },
        "complaints": {
            8: len(complaints),
            **table(kind("complaint")[1:7], 10),
            **table([n(complaints, stage=s) for s in Stage.values], 16),
            20: n(complaints, competent=True),
            24: n(complaints, competent=False),
        },
        "denunciations": table(kind("denunciation")),
        "feedback": table(kind("feedback")),
        "complaints_resolved": table(solved("complaint")),
        "denunciations_resolved": table(solved("denunciation")),
        "outcome": table(
            [
                len(here),
                sum(p.ended_on is not None for p in here),
                n(here, in_time=True),
                n(here, in_time=False),
                n(here, ended_on=None),
            ]
        ),
    }


@long
@settings(max_examples=size(8, 60), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(a_petition, max_size=40), st.lists(a_visit, max_size=30))
def test_every_column_is_a_count_of_its_rows_and_the_identities_hold(law, country, drawn, heard):
    with transaction.atomic():
        petitions = [
            petition_of(one, country.here if at % 2 else country.village)
            for at, one in enumerate(drawn)
        ]
        visits = [visit_of(number, one, country.here) for number, one in enumerate(heard, 1)]
        Petition.objects.bulk_create(petitions)
        Visit.objects.bulk_create(visits)
        found = columns(country.province)
        rate = found["outcome"].pop(6)
        assert found == counted(petitions, visits)
        of, received, matters = found["petitions"], found["reception"], found["reception_matters"]
        assert (
            of[2] + of[3] >= of[4]
            and to_be_processed(
                table_rows(
                    next(t for t in TABLES if t.key == "petitions"),
                    country.province.pk,
                    PERIOD,
                    NOW,
                    BY,
                )
            )
            == of[2] + of[3]
        )
        assert (
            of[8] + of[9] + of[10] == of[11] + of[12] + of[13] == of[14] + of[18] == of[6]
            and of[15] + of[16] + of[17] == of[14]
        )
        assert of[19] + of[20] + of[21] + of[23] + of[24] + of[25] == of[18]
        assert [sum(received[at + k] for at in (4, 13, 21)) for k in range(3)] == [
            received[1],
            received[2],
            received[6] + received[15] + received[23],
        ]
        assert all(
            received[at + 2] + received[at + 3] == received[at]
            and received[at + 5] >= 5 * received[at + 4]
            and received[at + 6] + received[at + 7] == received[at + 4]
            for at in (4, 13, 21)
        )
        assert (
            matters[2] + matters[3] + matters[4] == matters[5] + matters[6] == matters[1]
            and matters[7] + matters[8] == matters[6] >= matters[9]
        )
        for key, total in (("complaints", 8), ("denunciations", 1), ("feedback", 1)):
            first = total + 2 if key == "complaints" else 2
            assert (
                sum(found[key][n] for n in range(first, first + 6))
                == found[key][total]
                == sum(list(found[key].values())[-2:])
            )
        for key in ("complaints_resolved", "denunciations_resolved"):
            got = found[key]
            assert got[2] + got[3] + got[4] == got[5] + got[6] == got[7] + got[8] + got[9] == got[1]
        outcome = found["outcome"]
        assert (
            outcome[3] + outcome[4] + outcome[5] == outcome[1]
            and outcome[2] == outcome[3] + outcome[4]
        )
        assert rate is None if not outcome[1] else rate * outcome[1] == 100 * outcome[3]
        transaction.set_rollback(True)


def test_no_two_columns_of_a_table_have_the_same_name_and_each_stands_alone():
    for table in TABLES:
        names = [column_name(key) for _number, key in table.columns]
        assert len(set(names)) == len(names), table.key
        assert not [name for name in names if name.startswith("–")]


def test_the_columns_are_as_many_as_the_form_has_and_each_day_of_the_head_is_a_session(
    law, country
):
    assert [len(table.columns) for table in TABLES if table.key == "reception"] == [
        28
    ]  # and the name of the place: 29
    for number, (form, state) in enumerate(
        (("periodic", "held"), ("periodic", "missed"), ("regular", "held"), ("periodic", "planned"))
    ):
        ReceptionDay.objects.create(
            uid=uuid4(),
            unit=country.here,
            office=f"Chức vụ {number}",
            form=form,
            on=date(2026, 3, 2),
            room="P1",
            state=state,
            reason="Ốm" if state == "missed" else "",
            made_by="test",
            made_at=now(),
        )
    assert columns(country.here)["reception"][12] == 1
