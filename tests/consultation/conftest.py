"""One commune with the law, its officials, and consultations at any step of their life."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest

from danchu.consultation import actions
from danchu.law.loading import load_law
from danchu.units.models import Standing
from tests.people.conftest import country, holder, offices, person, system  # noqa: F401

NOW = "2026-06-15"
PLANNED = date(2026, 3, 2)
OPENED = date(2026, 3, 10)
REQUIRED = date(2026, 3, 30)
TITLE = "Mở rộng đường thôn Đông"
TEXT = "Mở rộng đường thôn Đông.\nMỗi hộ hiến hai mét đất."
OFFICES = {"clerk": "commune_clerk", "chair": "committee_chair", "auditor": "auditor"}
# What each act of a consultation is given; those before it in its life come first.
GIVEN = {
    "write": {"on": OPENED, "text": TEXT},
    "send": {"council_on": date(2026, 3, 5), "front_on": date(2026, 3, 6)},
    "tell": {"on": date(2026, 3, 4), "people": 3},
    "open": {"on": OPENED, "until": REQUIRED},
    "close": {"on": REQUIRED},
    "say": {"received_on": OPENED, "way": "paper", "stance": "agree"},
    "answer": {"on": REQUIRED, "numbers": "1", "result": "declined", "text": "Trái quy hoạch."},
    "summarise": {"on": date(2026, 4, 3), "summary": "Hỏi 200 hộ, 150 hộ trả lời."},
    "file": {"on": date(2026, 4, 6)},
    "publish": {"on": date(2026, 4, 7)},
    "overrule": {"on": date(2026, 4, 10), "overruled_by": "UBND thành phố, 10/QĐ"},
    "explain": {
        "on": date(2026, 5, 4),
        "explained_by": "UBND thành phố, 12/UBND",
        "explanation": "Theo quy hoạch chung.",
    },
    "cancel": {"reason": "Dự án dừng."},
}
DO = {
    "write": actions.write_content,
    "send": actions.send_plan,
    "tell": actions.tell_addressees,
    "open": actions.open_consultation,
    "close": actions.close_consultation,
    "answer": actions.answer_opinions,
    "summarise": actions.summarise_consultation,
    "file": actions.file_answers,
    "publish": actions.publish_summary,
    "overrule": actions.overrule_opinions,
    "explain": actions.explain_decision,
    "cancel": actions.cancel_consultation,
}


def say_once(consultation, **given):
    """The consultation, in which one opinion was written down."""
    actions.enter_opinion(consultation=consultation, **given)
    return consultation


@pytest.fixture(scope="module", autouse=True)
def _law_loaded_once(law_loaded):
    pass


@pytest.fixture
def officials(country, holder, clock, settings, system):  # noqa: F811
    """Accounts by role at one commune; the second factor is relaxed as in a demo."""
    load_law(by=system)
    clock.set(NOW)
    settings.DEMO = True
    Standing.objects.filter(unit=country.here).update(search="|dong da|", order="dong da")
    accounts = {
        role: holder(office, country.here, name=role).account for role, office in OFFICES.items()
    }
    return SimpleNamespace(here=country.here, **accounts)


@pytest.fixture
def begin(officials, system):  # noqa: F811
    """Plan a consultation and do acts on it: `begin("write", "open")`."""

    def make(*acts, **more):
        plan = {"matter": 3, "title": TITLE, "plan": "Họp từng thôn.", "ways": ["meeting"]}
        plan |= {"planned_on": PLANNED, "responsible": "Văn phòng"}
        consultation = actions.plan_consultation(by=system, unit=officials.here, **{**plan, **more})
        for act in acts:
            do = say_once if act == "say" else DO[act]
            consultation = do(consultation, by=system, **GIVEN[act])
        return consultation

    return make


@pytest.fixture
def typed(officials):
    """What a clerk types of a new plan, with something else in it."""

    def make(**other):
        values = {"uid": uuid4(), "unit": "Đống Đa", "planned_on": "02/03/2026", "matter": "3"}
        values |= {"title": TITLE, "plan": "Họp từng thôn.", "ways": ["meeting", "portal"]}
        values |= {"responsible": "Văn phòng", "period_rule": "consultation.period"}
        return {**values, **other}

    return make
