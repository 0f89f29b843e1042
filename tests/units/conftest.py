import pytest
from django.db import connection, transaction


@pytest.fixture(scope="module")
def _loaded(country_database, django_db_blocker):
    """The whole country, loaded once for the module in a transaction that is rolled back after
    it.
    """
    from danchu.people.actor import Actor
    from danchu.units.sources_load import load_units

    with django_db_blocker.unblock(), transaction.atomic():
        load_units(by=Actor.system("units"))
        with connection.cursor() as cursor:
            cursor.execute(
                "ANALYZE"
            )  # the planner cannot know rows of a transaction that is not over
        connection.check_constraints()  # once here, not again at the end of each test
        yield
        transaction.set_rollback(True)


@pytest.fixture
def country(_loaded, db):
    """The country as it is loaded on installation; what a test writes is undone."""


class Small:
    """Two provinces, four communes (A and B in the first, C and D in the second), two villages
    in A.
    """

    def __init__(self):
        self.nation = self.unit("nation", "Việt Nam", "VN", "nuoc", None)
        self.north = self.unit("province", "Tỉnh Bắc", "01", "tinh", self.nation)
        self.south = self.unit("province", "Tỉnh Nam", "02", "tinh", self.nation)
        self.a = self.unit("commune", "Xã A", "00001", "xa", self.north)
        self.b = self.unit("commune", "Xã B", "00002", "xa", self.north)
        self.c = self.unit("commune", "Xã C", "00003", "xa", self.south)
        self.d = self.unit("commune", "Xã D", "00004", "xa", self.south)
        self.v1 = self.unit("village", "Thôn 1", "", "thon", self.a)
        self.v2 = self.unit("village", "Thôn 2", "", "thon", self.a)

    def unit(self, level, name, code, kind, parent):
        from danchu.units.models import Standing, Unit
        from danchu.units.spelling import name_columns

        unit = Unit.objects.create(level=level)
        Standing.objects.create(
            unit=unit, code=code, kind=kind, parent=parent, **name_columns(name, kind)
        )
        return unit


@pytest.fixture
def small(db):
    return Small()


@pytest.fixture
def system():
    from danchu.people.actor import Actor

    return Actor.system("units")
