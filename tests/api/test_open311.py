"""Open311 GeoReport v2: all its calls, as JSON and XML, and what it does with bad input."""

from xml.etree.ElementTree import fromstring

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.api.open311 import views
from danchu.casework.actions import show_petition, take_step
from danchu.casework.models import Petition
from danchu.kernel.days import today
from danchu.papers.models import Paper
from danchu.people.actor import Actor

BY = Actor.system("test")
SENT = {
    "service_code": "road",
    "address_string": "Ba Đình, Hà Nội",
    "description": "Nắp cống vỡ",
    "first_name": "Mận",
    "last_name": "Nguyễn Thị",
    "phone": "0912345678",
}


@pytest.fixture
def city(matters_loaded, db):
    """Where requests are sent; what a test writes is undone."""


@pytest.fixture
def sent(city, client):
    (answer,) = client.post("/open311/v2/requests.json", SENT).json()
    return answer


def test_a_request_is_received_by_the_ward_and_followed_with_the_secret(sent, client):
    it = Petition.objects.get()
    assert (
        sent["service_request_id"],
        it.nature,
        it.channel,
        it.unit.level,
        it.petitioners.get().phone,
    ) == (it.code, "feedback", "open311", "commune", "0912345678")
    secret = sent["service_notice"].rpartition(" ")[2]
    life = client.post("/petitions/follow/", {"code": it.code, "secret": secret})
    assert life.status_code == 200 and it.title in life.content.decode()


def test_what_was_sent_is_shown_only_when_it_may_be(sent, client):
    code = sent["service_request_id"]
    (one,) = client.get(f"/open311/v2/requests/{code}.json").json()
    assert (one["status"], one["description"], one["service_code"]) == ("open", "", "road")
    assert one["expected_datetime"] > one["requested_datetime"]
    assert client.get("/open311/v2/requests.json").json() == []
    it = show_petition(
        Petition.objects.get(), by=BY, title="Nắp cống", text="Nắp cống ở đầu ngõ bị vỡ"
    )
    for act, given in (
        ("classify", {"eligible": True, "competent": True}),
        ("accept", {}),
        ("answer", {}),
    ):
        it = take_step(it, act, by=BY, on=today(), text="Đã thay", **given)
    (one,) = client.get("/open311/v2/requests.json?status=closed&service_code=road,order").json()
    assert (one["status"], one["description"]) == ("closed", "Nắp cống ở đầu ngõ bị vỡ")
    assert client.get("/open311/v2/requests.json?status=open").json() == []
    assert (
        client.get(
            f"/open311/v2/requests.json?service_request_id={code}&start_date=2020-01-01T00:00:00Z"
        ).json()[0]["service_request_id"]
        == code
    )
    assert "0912345678" not in client.get("/open311/v2/requests.xml").content.decode()


@pytest.mark.parametrize(
    ("path", "root"),
    [
        ("discovery", "discovery"),
        ("services", "services"),
        ("services/road", "service_definition"),
        ("requests", "service_requests"),
    ],
)
def test_each_answer_is_json_and_xml(city, client, path, root):
    assert client.get(f"/open311/v2/{path}.json").status_code == 200
    xml = client.get(f"/open311/v2/{path}.xml")
    assert (fromstring(xml.content).tag, xml.headers["Content-Type"]) == (
        root,
        "text/xml; charset=utf-8",
    )
    if path == "services":
        codes = [one.findtext("service_code") for one in fromstring(xml.content)]
        assert "road" in codes and len(codes) == len(client.get("/open311/v2/services.json").json())


def test_a_point_is_answered_by_the_commune_near_it(city, client):
    sent = {name: value for name, value in SENT.items() if name != "address_string"}
    assert (
        client.post(
            "/open311/v2/requests.json", {**sent, "lat": "21.03", "long": "105.83"}
        ).status_code
        == 201
    )
    assert Petition.objects.get().unit.level == "commune"
    for lat, lon in (("0", "0"), ("abc", "1"), ("95", "105"), ("nan", "105")):
        assert (
            client.post("/open311/v2/requests.xml", {**sent, "lat": lat, "long": lon}).status_code
            == 400
        )


@pytest.mark.parametrize(
    "more",
    [
        {"service_code": ""},
        {"service_code": "x"},
        {"description": ""},
        {"address_string": "Nơi Không Có Thật Đâu"},
        {"phone": "abc"},
        {"description": "a" * 20_001},
    ],
)
def test_bad_input_is_told_as_the_specification_has_errors(city, client, more):
    answer = client.post("/open311/v2/requests.json", {**SENT, **more})
    assert answer.status_code == 400
    assert [set(row) for row in answer.json()] == [{"code", "description", "field"}]
    assert not Petition.objects.exists()
    assert client.post("/open311/v2/requests.xml", {**SENT, **more}).content.count(b"<error>") == 1


def test_a_token_is_the_number_and_unknown_ones_are_not_found(sent, client):
    code = sent["service_request_id"]
    assert client.get(f"/open311/v2/tokens/{code}.json").json()[0]["service_request_id"] == code
    for path in (
        "tokens/PA-0000-0000.json",
        "requests/PA-0000-0000.json",
        "services/x.json",
        "requests.csv",
    ):
        assert client.get(f"/open311/v2/{path}").status_code == 404
    for query in ("start_date=x", "status=half"):
        assert client.get(f"/open311/v2/requests.json?{query}").status_code == 400


def test_files_that_come_with_a_request_are_not_kept_whatever_they_are(
    city, client, settings, tmp_path
):
    settings.PAPERS_ROOT = tmp_path / "papers"
    for name, held in (
        ("a.pdf", b"MZ" + bytes(100)),
        ("a.docx", b"PK" + bytes(100)),
        ("a.svg", b"<svg onload=alert(1)>"),
    ):
        answer = client.post(
            "/open311/v2/requests.json",
            {**SENT, "media": SimpleUploadedFile(name, held), "media_url": f"http://xau.vn/{name}"},
        )
        assert answer.status_code == 201
    assert (
        Petition.objects.count() == 3
        and not Paper.objects.exists()
        and not (tmp_path / "papers").exists()
    )
    assert "xau.vn" not in "".join(f"{it.title}{it.content}" for it in Petition.objects.all())


@pytest.mark.case("FA35")
def test_a_list_that_is_cut_says_of_how_many(sent, client, monkeypatch):
    client.post("/open311/v2/requests.json", {**SENT, "description": "Đèn đường tắt"})
    for petition in Petition.objects.all():
        show_petition(petition, by=BY, title="Việc", text="Việc cần sửa ở đầu ngõ")
    whole = client.get("/open311/v2/requests.json")
    assert len(whole.json()) == 2 and "X-Total-Count" not in whole.headers
    monkeypatch.setattr(views, "MOST", 1)
    for ending in ("json", "xml"):
        cut = client.get(f"/open311/v2/requests.{ending}")
        assert cut.headers["X-Total-Count"] == "2"
    assert len(client.get("/open311/v2/requests.json").json()) == 1


def test_a_flood_is_stopped(city, client):
    answers = [
        client.post("/open311/v2/requests.json", {**SENT, "service_code": ""}).status_code
        for _ in range(62)
    ]
    told = client.post("/open311/v2/requests.json", SENT).json()
    assert (
        answers == [400] * 60 + [429] * 2
        and "Quá nhiều" in told[0]["description"]
        and not Petition.objects.exists()
    )


def test_a_jurisdiction_is_a_place_and_another_is_not_found(sent, client):
    it = show_petition(Petition.objects.get(), by=BY, title="Nắp cống", text="Nắp cống vỡ")
    for code, number in (("01", 1), ("79", 0), ("vn", 1), ("", 1)):
        assert (
            len(client.get(f"/open311/v2/requests.json?jurisdiction_id={code}").json()) == number
        ), code
        assert client.get(
            f"/open311/v2/requests/{it.code}.json?jurisdiction_id={code}"
        ).status_code == (200 if number else 404)
    assert (
        client.get("/open311/v2/services.json?jurisdiction_id=79").status_code,
        client.get("/open311/v2/services.xml?jurisdiction_id=hcm").status_code,
    ) == (200, 404)
    told = client.post("/open311/v2/requests.json", {**SENT, "jurisdiction_id": "79"})
    assert told.status_code == 400 and Petition.objects.count() == 1
    assert (
        client.post("/open311/v2/requests.json", {**SENT, "jurisdiction_id": "01"}).status_code
        == 201
    )


def test_a_method_that_is_none_is_told_and_the_last_90_days_are_meant_where_no_days_are(
    sent, client, clock
):
    it = show_petition(Petition.objects.get(), by=BY, title="Nắp cống", text="Nắp cống vỡ")
    for path in ("services.json", f"requests/{it.code}.xml", "discovery.json"):
        told = client.post(f"/open311/v2/{path}")
        assert (told.status_code, told.headers["Allow"]) == (405, "GET, HEAD")
    assert client.delete("/open311/v2/requests.json").status_code == 405
    (one,) = client.get("/open311/v2/requests.json").json()
    assert "Ba Đình" in one["address"] and one["address_id"]
    clock.forward(days=90)
    assert client.get("/open311/v2/requests.json").json() == []
    assert len(client.get(f"/open311/v2/requests.json?service_request_id={it.code}").json()) == 1
    assert len(client.get("/open311/v2/requests.json?start_date=2020-01-01T00:00:00Z").json()) == 1
