"""The API and Open311 against what breaks their own description, and against calls that follow
one another.
"""

import json
from contextlib import suppress

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error

from danchu.casework.access import rate_limits
from danchu.casework.loading import load_matters
from danchu.casework.models import Petition
from danchu.law.loading import load_law
from danchu.people.actor import Actor
from danchu.units.sources_load import load_units
from tests.sizes import long, size

BY = Actor.system("test")
BOUNDED = settings(max_examples=size(4, 30), deadline=None, suppress_health_check=list(HealthCheck))
CHAINED = settings(
    max_examples=12, stateful_step_count=5, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def application(country_database, db):
    """The site in the transaction of the test, with places, law and matters; nobody is turned
    away for asking often.
    """
    load_units(by=BY)
    load_law(by=BY)
    load_matters(by=BY)
    for signal in (
        request_started,
        request_finished,
    ):  # both would close the connection of the test
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    monkeypatch.setattr(rate_limits, "MOST", dict.fromkeys(rate_limits.MOST, 10**9))


def described(raw, application):
    schema = schemathesis.openapi.from_dict(raw)
    schema.app = application
    return schema


@pytest.fixture
def api(application):
    """Our own description, with the links a caller follows: from units found to one of them,
    from indicators to a figure, from rules to a day.
    """
    raw = json.loads(
        json.dumps(schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application).raw_schema)
    )
    # From the schemas of the answers other links would be guessed, which crowd out those below; the
    # schemas themselves are held by tests/faults/test_client_of_the_description.py.
    for operations in raw["paths"].values():
        for operation in operations.values():
            operation["responses"] = {"200": {"description": ""}}
    unit = "$response.body#/0/code"
    for path, links in {
        "/api/v1/units": {"one": ("/api/v1/units/{unit}", {"path.unit": unit})},
        "/api/v1/figures": {
            "figure": (
                "/api/v1/figures/{key}",
                {"path.key": "$response.body#/3/key", "query.unit": "00004@2026-03-03"},
            ),
            "evidence": (
                "/api/v1/figures/{key}/evidence",
                {"path.key": "$response.body#/7/key", "query.unit": "00004@2026-03-03"},
            ),
        },
        "/api/v1/rules": {
            "due": (
                "/api/v1/rules/{key}/due",
                {"path.key": "$response.body#/5/key", "query.event": "2026-03-03"},
            )
        },
    }.items():
        answer = raw["paths"][path]["get"]["responses"]["200"]
        answer["links"] = {
            name: {"operationRef": f"#/paths/{target.replace('/', '~1')}/get", "parameters": given}
            for name, (target, given) in links.items()
        }
    return described(raw, application)


TEXT = {"type": "string"}
CODE = {"name": "ending", "in": "path", "required": True, "schema": {"enum": ["json", "xml"]}}


def query(name, schema=TEXT, place="query"):
    return {"name": name, "in": place, "schema": schema, "required": place == "path"}


def answers(*statuses, links=None):
    return {
        str(status): {
            "description": "",
            **({"links": links} if links and status in (200, 201) else {}),
        }
        for status in statuses
    }


FORM = {
    "type": "object",
    "required": ["service_code"],
    "properties": {
        "service_code": {"enum": ["road", "land_use"]},
        "description": {"type": "string", "maxLength": 300},
        "address_string": {"enum": ["Ba Đình, Hà Nội", "Hà Nội"]},
        "phone": {"enum": ["0912345678", ""]},
        "lat": {"type": "string"},
        "long": {"type": "string"},
        "email": TEXT,
        "first_name": TEXT,
        "last_name": TEXT,
        "media_url": TEXT,
        "jurisdiction_id": {"enum": ["vn", ""]},
    },
}
FOLLOWED = {
    name: {
        "operationId": name,
        "parameters": {
            f"path.{hole}": "$response.body#/0/service_request_id",
            "path.ending": "json",
        },
    }
    for name, hole in (("request_of", "code"), ("token", "token"))
}
OPEN311 = {
    "openapi": "3.0.3",
    "info": {"title": "GeoReport v2", "version": "2"},
    "paths": {
        "/open311/v2/discovery.{ending}": {
            "get": {"parameters": [CODE], "responses": answers(200)}
        },
        "/open311/v2/services.{ending}": {
            "get": {"parameters": [CODE, query("jurisdiction_id")], "responses": answers(200, 404)}
        },
        "/open311/v2/services/{code}.{ending}": {
            "get": {
                "parameters": [CODE, query("code", place="path")],
                "responses": answers(200, 404),
            }
        },
        "/open311/v2/requests.{ending}": {
            "get": {
                "parameters": [
                    CODE,
                    *[
                        query(name)
                        for name in (
                            "service_request_id",
                            "service_code",
                            "start_date",
                            "end_date",
                            "jurisdiction_id",
                        )
                    ],
                    query("status", {"enum": ["open", "closed"]}),
                ],
                "responses": answers(200, 400, 404, 429),
            },
            "post": {
                "operationId": "send",
                "parameters": [CODE],
                "requestBody": {
                    "required": True,
                    "content": {"application/x-www-form-urlencoded": {"schema": FORM}},
                },
                "responses": answers(201, 400, 404, 429, links=FOLLOWED),
            },
        },
        "/open311/v2/requests/{code}.{ending}": {
            "get": {
                "operationId": "request_of",
                "parameters": [CODE, query("code", place="path")],
                "responses": answers(200, 404, 429),
            }
        },
        "/open311/v2/tokens/{token}.{ending}": {
            "get": {
                "operationId": "token",
                "parameters": [CODE, query("token", place="path")],
                "responses": answers(200, 404, 429),
            }
        },
    },
}


@pytest.fixture
def open311(application):
    return described(OPEN311, application)


def tried(schema, mode, check):
    """How many calls were made of each operation."""
    made = {}
    for found in schema.get_all_operations():
        operation = found.ok()
        made[f"{operation.method.upper()} {operation.path}"] = _sent(operation, mode, check)
    return made


def _sent(operation, mode, check):
    made = []

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case):
        answer = case.call()
        case.validate_response(answer, checks=[not_a_server_error])
        check(operation.path, answer)
        made.append(case)

    with suppress(Unsatisfiable):  # nothing can be wrong with a call that takes nothing
        send()
    return len(made)


@long
def test_what_our_own_description_forbids_is_refused_in_words_and_breaks_nothing(api):
    told = []

    def check(name, answer):
        if answer.status_code in (400, 422):
            assert answer.json()["error"].strip(), name
            told.append(name)

    made = tried(api, GenerationMode.NEGATIVE, check)
    assert sum(made.values()) > 25 and len(set(told)) >= 5, made


@long
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_open311_answers_in_its_own_form_whatever_is_sent(open311, mode):
    def check(name, answer):
        assert answer.status_code in (200, 201, 400, 404, 405, 429), (name, answer.status_code)
        if answer.status_code >= 400 and "json" in answer.headers["content-type"][0]:
            assert all(
                set(one) - {"field"} == {"code", "description"} and one["description"]
                for one in answer.json()
            ), name

    made = tried(open311, mode, check)
    assert sum(count > 0 for count in made.values()) >= 5, made


def chain(schema, wanted, complete=lambda case: None):
    """What the state machine of the schema called: drawn by chance, so again until a call was
    `wanted`, five times at most. Each answer is only looked at for a server's error. `complete`
    may change a call before it is sent.
    """
    seen = []

    class Chain(schema.as_state_machine()):
        def before_call(self, case):
            complete(case)

        def get_call_kwargs(self, case):
            # The machine does not unpack what the site compresses.
            return {"headers": {"Accept-Encoding": "identity"}}

        def validate_response(self, response, case, additional_checks=(), **more):
            seen.append((case.operation.path, case.method, response.status_code))
            case.validate_response(response, checks=[not_a_server_error])

    for _ in range(5):
        Chain.run(settings=CHAINED)
        if any(wanted(path) and status == 200 for path, _method, status in seen):
            break
    else:
        raise AssertionError(seen[:40])
    return seen


def test_calls_that_follow_one_another_reach_what_the_first_found(api):
    chain(api, lambda path: path.endswith(("{key}", "/due", "/evidence")))


def acceptable(case):
    """Of what chance sends next to nothing is accepted, and nothing can follow a refusal: only the
    description, the name and the service are left to chance.
    """
    if case.method == "POST" and isinstance(case.body, dict):
        left = {
            name: case.body[name]
            for name in ("service_code", "first_name", "last_name")
            if name in case.body
        }
        text = f"Đèn hỏng {case.body.get('description', '')}"
        case.body = {**left, "description": text, "address_string": "Ba Đình, Hà Nội"}


def test_what_was_sent_over_open311_is_found_by_the_number_in_the_answer(open311):
    seen = chain(open311, lambda path: "{" in path.partition(".{ending}")[0], acceptable)
    answers = sum(status == 201 for _path, _method, status in seen)
    # The same content from the same address is one request, which is answered again.
    assert 0 < Petition.objects.filter(channel="open311").count() <= answers
