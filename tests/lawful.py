"""The law that comes with the product, loaded once for all tests of a file instead of once for each.

Loading it takes some hundred statements, and hundreds of tests begin with it. `law_loaded` does it in a transaction around the
file's tests: where one of them loads the law, it finds everything there and adds nothing. What each test writes is taken back
to there, and at the end of the file the law too.
"""

import pytest


def _commits(item):
    mark = item.get_closest_marker("django_db")
    return "transactional_db" in item.fixturenames or bool(mark and mark.kwargs.get("transaction"))


@pytest.fixture(scope="module")
def law_loaded(request, django_db_setup, django_db_blocker):
    """Nothing is kept for a file with a test that commits: it would empty the tables within our transaction."""
    from django.db import connection, transaction  # settings must be ready first

    from danchu.law.loading import load_law
    from danchu.people.actor import Actor

    if any(_commits(item) for item in request.session.items if item.path == request.path):
        yield
        return
    with django_db_blocker.unblock(), transaction.atomic():
        load_law(by=Actor.system("kiểm thử"))
        connection.check_constraints()  # once here, not again at the end of each test
        yield
        transaction.set_rollback(True)
