"""How long somebody acts for another at most: a year of delegation, a term of a deputy, as the book
of law comes with the product and as the operator changes it.
"""

from datetime import date, timedelta

import pytest

from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused
from danchu.law.actions import correct_rule
from danchu.law.models import RuleVersion
from danchu.people.models import Delegation
from danchu.staff import actions
from tests.people.conftest import NOW
from tests.staff.conftest import GROUNDS, actor
from tests.staff.test_handing import on_desk

pytestmark = pytest.mark.usefixtures("law_loaded")

DAY = timedelta(days=1)
RIGHT = {"verb": "confirm", "kind": "dialogue", "reason": "Văn bản 3"}


@pytest.mark.parametrize(
    ("last", "fits"),
    [
        (date(NOW.year + 1, NOW.month, NOW.day), True),
        (date(NOW.year + 1, NOW.month, NOW.day) + DAY, False),
        (date(2036, 1, 1), False),
    ],
)
def test_a_right_is_delegated_for_a_year_at_most(staff, last, fits):
    holding = staff.ward_chair.holdings.get()
    days = {"since": NOW, "until": last + DAY}
    give = {"by": actor(staff.ward_chair), "to": staff.clerk, **RIGHT, **days}
    if fits:
        assert actions.pass_right_on(holding, **give).until == last + DAY
        return
    with pytest.raises(Refused, match="lâu nhất đến hết ngày") as refusal:
        actions.pass_right_on(holding, **give)
    assert refusal.value.field == "until" and not Delegation.objects.exists()


def test_a_deputy_is_named_for_a_term_at_most_and_without_an_end_until_then(staff):
    principal = staff.ward_chair.holdings.get()
    by = actor(staff.ward_chair)
    days = {"since": NOW, "grounds": GROUNDS}
    with pytest.raises(Refused, match="lâu nhất đến hết ngày"):
        actions.name_deputy(staff.clerk, by=by, principal=principal, until=date(2036, 1, 1), **days)
    deputy = actions.name_deputy(staff.clerk, by=by, principal=principal, until=None, **days)
    assert deputy.until == date(NOW.year + 5, NOW.month, NOW.day) + DAY
    assert show_day(deputy.until) in on_desk(staff.clerk)[-1]


def test_the_operator_shortens_the_longest_time_by_a_new_version(staff):
    rule = RuleVersion.objects.get(key="delegation.longest")
    correct_rule(rule, by=actor(staff.operator), reason="Quy chế của thành phố", value="1")
    with pytest.raises(Refused):
        actions.pass_right_on(
            staff.ward_chair.holdings.get(),
            by=actor(staff.ward_chair),
            to=staff.clerk,
            since=NOW,
            until=NOW + 60 * DAY,
            **RIGHT,
        )
