"""A small country for the tests of rights: two provinces, communes before and after a reform,
one of them divided.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from danchu.kernel.text import fold
from danchu.people import actions
from danchu.people.actor import Actor
from danchu.people.loading import load_office_kinds
from danchu.people.models import OfficeKind
from danchu.units.models import Standing, Succession, Unit

REFORM = date(2025, 7, 1)
# The day on which the tests ask, well after the reform.
NOW = date(2026, 3, 2)
DAY = timedelta(days=1)


@dataclass
class Country:
    """`old_whole` went wholly into `here`; `old_cut` was divided between `here` and `next_door`
    without a share.
    """

    nation: Unit
    province: Unit
    elsewhere: Unit
    here: Unit
    next_door: Unit
    far: Unit
    village: Unit
    old_whole: Unit
    old_cut: Unit


def make_unit(level, name, parent=None, since=date(1976, 1, 1), until=None):
    unit = Unit.objects.create(level=level, since=since, until=until)
    kind = {"nation": "nuoc", "province": "tinh", "commune": "xa", "village": "thon"}[level]
    Standing.objects.create(
        unit=unit,
        name=name,
        code="",
        kind=kind,
        parent=parent,
        since=since,
        until=until,
        search=name,
        order=name,
    )
    return unit


@pytest.fixture
def country(db):
    nation = make_unit("nation", "Việt Nam")
    province = make_unit("province", "Hà Nội", nation)
    elsewhere = make_unit("province", "Lạng Sơn", nation)
    here = make_unit("commune", "Đống Đa", province, REFORM)
    next_door = make_unit("commune", "Láng", province, REFORM)
    far = make_unit("commune", "Đồng Đăng", elsewhere)
    village = make_unit("village", "Tổ 5", here, REFORM)
    old_whole = make_unit("commune", "Quang Trung", province, until=REFORM)
    old_cut = make_unit("commune", "Láng Hạ", province, until=REFORM)
    Succession.objects.create(before=old_whole, after=here, on=REFORM, share_over=1, share_under=1)
    Succession.objects.create(before=old_cut, after=here, on=REFORM)
    Succession.objects.create(before=old_cut, after=next_door, on=REFORM)
    return Country(nation, province, elsewhere, here, next_door, far, village, old_whole, old_cut)


@pytest.fixture
def system(db):
    return Actor.system("kiểm thử")


@pytest.fixture
def offices(system):
    """{key: OfficeKind}, as loaded from the file."""
    load_office_kinds(by=system)
    return {office.key: office for office in OfficeKind.objects.all()}


@pytest.fixture
def person(system):
    """Make an account by name."""

    def make(name):
        return actions.create_account(
            by=system, email=f"{fold(name).replace(' ', '.')}@example.vn", name=name
        )

    return make


@pytest.fixture
def holder(system, person, offices):
    """Make an account that holds an office, and return the holding."""

    def make(office, unit, name="Nguyễn Văn An", since=REFORM, until=None, deputy_of=None):
        return actions.appoint(
            person(name),
            by=system,
            office_kind=offices[office],
            unit=unit,
            since=since,
            until=until,
            deputy_of=deputy_of,
        )

    return make
