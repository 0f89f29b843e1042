"""A client made from api/v1/openapi.json alone works against the server, its errors included."""

import re

import jsonschema_rs
import pytest

from danchu.law.loading import load_law
from danchu.people.actor import Actor
from danchu.units.sources_load import load_units


class Failed(Exception):
    """A call that the server refused, as the description says it does."""

    def __init__(self, status, answer):
        super().__init__(answer["error"])
        self.status, self.field = status, answer["field"]


class Described:
    """One method for each operation of an OpenAPI description, by its operationId: parameters are
    those described, answers and errors are held against their schemas.
    """

    def __init__(self, client, description):
        self.client, self.description = client, description
        self.operations = {
            operation["operationId"]: (method, path, operation)
            for path, operations in description["paths"].items()
            for method, operation in operations.items()
        }

    def __getattr__(self, name):
        return lambda **parameters: self.call(name, parameters)

    def call(self, name, parameters):
        method, path, operation = self.operations[name]
        query = {}
        for parameter in operation.get("parameters", ()):
            key = parameter["name"]
            assert key in parameters or not parameter["required"], key
            if parameter["in"] == "path":
                path = path.replace(f"{{{key}}}", str(parameters.pop(key)))
            elif key in parameters:
                query[key] = parameters.pop(key)
        assert not re.search(r"[{}]", path) and (not parameters or name == "list"), parameters
        answer = getattr(self.client, method)(path, {**query, **parameters})
        responses = operation["responses"]
        assert str(answer.status_code) in responses, (answer.status_code, answer.content[:200])
        [(media, content)] = responses[str(answer.status_code)]["content"].items()
        assert answer.headers["Content-Type"].partition(";")[0] == media
        schema = {**content["schema"], "components": self.description["components"]}
        errors = list(jsonschema_rs.validator_for(schema).iter_errors(answer.json()))
        assert not errors, errors[:3]
        if answer.status_code >= 400:
            raise Failed(answer.status_code, answer.json())
        return answer.json()


@pytest.fixture
def api(client, country_database, db):
    by = Actor.system("test")
    load_units(by=by)
    load_law(by=by)
    return Described(client, client.get("/api/v1/openapi.json").json())


@pytest.mark.case("FA33")
def test_a_client_made_from_the_description_follows_the_api_and_hears_why_it_is_refused(api):
    assert all(
        {"200", "400", "403", "422"} <= responses.keys()
        and all("schema" in row["content"]["application/json"] for row in responses.values())
        for _method, _path, operation in api.operations.values()
        for responses in [operation["responses"]]
    )
    unit = api.units(q="Hà Nội", on="2026-03-03", level="province")[0]
    assert api.unit(unit=str(unit["id"]), on="2026-03-03")["name"] == unit["name"]
    indicators = api.catalogue()
    assert indicators
    for indicator in indicators[:12]:
        where = {"key": indicator["key"], "unit": str(unit["id"])}
        figure = api.figure(**where, since="2023-01-01", until="2024-01-01")
        assert figure["name"]["vi"] == indicator["vi"] and figure["evidence"]
        assert isinstance(api.evidence(**where)["rows"], list)
    assert api.by_unit(key="opinions", unit=str(unit["id"]), level="commune")["blurred"] == 0
    rules = api.rules(on="2026-03-03")
    assert len(api.rules()) >= len(rules) > 0
    deadlines = [rule["key"] for rule in rules if rule["sense"] == "within"]
    assert api.due(key=deadlines[0], event="2026-03-03")["due"] > "2026-03-03"
    names = [row["name"] for row in api.lists()]
    assert names and isinstance(api.list(name=names[0])["rows"], list)

    refusals = [
        (400, "unit", lambda: api.figure(key="opinions", unit="zzz")),
        (400, None, lambda: api.figure(key="zzz", unit="1")),
        (400, None, lambda: api.unit(unit=str(unit["id"]), on="2026-13-01")),
        (400, "level", lambda: api.by_unit(key="opinions", unit="1", level="x")),
        (422, "part", lambda: api.judge(key=rules[0]["key"], part="9" * 30)),
        (422, "part", lambda: api.judge(key=rules[0]["key"], part="9" * 5000)),
        (404, "", lambda: api.list(name="zzz")),
        (401, "", lambda: api.import_events()),
    ]
    for status, field, call in refusals:
        with pytest.raises(Failed) as failure:
            call()
        assert failure.value.status == status, str(failure.value)
        assert field is None or failure.value.field == field
