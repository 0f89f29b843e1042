"""The API as it describes itself: whatever a machine sends to any of its calls, none breaks."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error

from danchu.law.loading import load_law
from danchu.people.actor import Actor
from danchu.units.sources_load import load_units
from tests.sizes import long, size


@pytest.fixture
def described(country_database, db):
    by = Actor.system("test")
    load_units(by=by)
    load_law(by=by)
    for signal in (
        request_started,
        request_finished,
    ):  # both would close the connection of the test
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@long
def test_no_call_breaks_whatever_is_sent(described):
    tried = set()
    for found in described.get_all_operations():
        operation = found.ok()

        @settings(max_examples=size(5, 60), deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def sent(case):
            case.validate_response(case.call(), checks=[not_a_server_error])

        sent()
        tried.add(operation.path)
    assert {"/api/v1/figures", "/api/v1/rules/{key}/due", "/api/v1/imports"} <= tried
