"""Whatever comes in, the answer is a page in Vietnamese: never a traceback, never a bare error."""

import json
import re
from functools import cache
from unittest import mock
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.db import transaction
from django.http.request import QueryDict
from django.test.client import BOUNDARY, MULTIPART_CONTENT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danchu.people.models import Account
from tests.markup import tight
from tests.site.addresses import EXPECTED, address_of
from tests.site.test_addresses import routes
from tests.sizes import long, one_in, part, size

MARKS = re.compile("[ạảãăâđêôơưàáèéìíòóùúỳýẵặếềểốồộớờợứừựịọụ]")
VALUES = [
    "31/02/2023",
    "9999-99-99",
    "9999-12-31",
    "0001-01-01",
    "abc",
    "²",
    "-1",
    "9" * 30,
    "12@2023-99-99",
    "01@9999-12-31",
    "%ff%fe",
    "a%00b",
    "%F0%9F%A4%B7",
    "a" * 4000,
    "12,567",
    "%CC%81",
]
# The machine's addresses read their parameters by their signatures.
OF_THE_API = {"unit", "event", "since", "until", "map", "after", "level", "q", "on"}
PATHS = [
    "/units/99999999999999999999999/",
    "/units/²/",
    "/report/%00/",
    f"/report/{'a' * 3000}/",
    "/figures/%00/",
    "/figures/ké%CC%81/",
    "/figures/%ff%fe/",
    "/records/zzz/",
    "/report/seals/99999999999999999999999/",
    "/desk/papers/9999999999999999999999999/",
    "/desk/records/00000000-0000-0000-0000-000000000000/",
    "/desk/statements/00000000-0000-0000-0000-000000000000/%00/",
    "/api/v1/units/%00",
    "/api/v1/units/99999999999999999999999",
    "/api/v1/figures/zzz?unit=1",
    "/api/v1/figures/opinions",
    "/api/v1/figures/opinions/by-unit?unit=1",
    "/api/v1/nothing",
    "/../../etc/passwd",
    "/static/%00",
    "/static/../settings.py",
    "//",
    "/%",
    "/en/units/zzz/",
    "/zz/",
    "/accounts/password/reset/key/%00-%00/",
    "/accounts/login/?next=%00",
    "/accounts/login/?next=//evil.example",
    "/petitions/?year=20261",
    f"/figures/opinions/?year={'9' * 5000}",
    f"/figures/opinions/?after=2023-01-01.{'9' * 5000}",
    f"/api/v1/figures/opinions/evidence?unit=1&after=2023-01-01.{'9' * 5000}",
    f"/api/v1/rules/x/judge?part={'9' * 5000}",
    "/open311/v2/requests.json?start_date=0001-01-01T00:00:00%2B14:00",
    "/open311/v2/requests.xml?end_date=9999-12-31T23:59:59-14:00",
    "/open311/v2/requests.xml?start_date=%00",
    "/open311/v2/nothing.xml",
    f"/desk/figures.csv?unit={'9' * 5000}&year=2025",
    f"/desk/figures/?year={'9' * 5000}",
]
TYPED = [
    "\0",
    "a\0b",
    "a" * 200_000,
    "🤷" * 400,
    "1e999",
    "9" * 30,
    "31/02/2026",
    "9999-12-31",
    "-0",
    "²",
    "=1+1",
    "<script>",
    "\u202e",
    "e\u0301",
]
# Those that a parser or the database may choke on reach it only where all else on the form is
# right: one field at a time.
ALONE = ["a\0b", "🤷" * 400, "1e999", "9" * 30, "31/02/2026", "9999-12-31", "²"]


@pytest.fixture
def operator(client, world, settings):
    settings.DEMO = True
    client.raise_request_exception = False
    client.force_login(world.accounts["operator@above"])
    return client


def problem(answer):
    """What is wrong with this answer, or nothing."""
    if answer.status_code >= 500:
        return f"{answer.status_code}"
    if answer.streaming:
        list(answer.streaming_content)
        return ""
    is_json = "json" in answer.headers.get("Content-Type", "")
    if answer.status_code < 400 and not is_json:
        return ""
    text = answer.content.decode()
    if is_json:
        text = json.dumps(json.loads(text), ensure_ascii=False)
    return (
        ""
        if answer.status_code < 400 or MARKS.search(text)
        else f"{answer.status_code} without a word of Vietnamese: {text[:80]}"
    )


def asked(client, method, *arguments, **more):
    with transaction.atomic():
        found = problem(getattr(client, method)(*arguments, **more))
        transaction.set_rollback(True)
    return found


def parameters_of(client, address):
    """The names a page asks its address for."""
    names, plain = set(), QueryDict.__getitem__
    lists = QueryDict.getlist

    def item(self, name):
        names.add(name)
        return plain(self, name)

    def items(self, name, *default):
        names.add(name)
        return lists(self, name, *default)

    with (
        mock.patch.object(QueryDict, "__getitem__", item),
        mock.patch.object(QueryDict, "getlist", items),
    ):
        client.get(address)
    return {name for name in names if re.fullmatch("[a-z_0-9]+", str(name))} | (
        OF_THE_API if address.startswith("/api/") else set()
    )


@long
@pytest.mark.parametrize(
    "route",
    part([route for route in EXPECTED if not route.startswith("accounts/")], 12, "parameters"),
)
def test_no_parameter_breaks_a_page(operator, world, route):
    address = address_of(route, world)
    joined = "&" if "?" in address else "?"
    wrong = []
    for name in sorted(parameters_of(operator, address)):
        for value in part(VALUES, 16, f"{route} {name}"):
            found = asked(operator, "get", f"{address}{joined}{name}={value}")
            if found:
                wrong.append(f"{name}={value[:40]}: {found}")
    assert not wrong, "\n".join(wrong)


ODD = st.one_of(
    st.sampled_from(VALUES),
    st.integers(1, 5000).map("9".__mul__),
    st.builds("2023-01-01.{}".format, st.integers(1, 5000).map("9".__mul__)),
    st.builds(
        "{}{}".format,
        st.datetimes().map(lambda instant: instant.isoformat()),
        st.sampled_from(["", "Z", "%2B14:00", "-14:00", "+07:00"]),
    ),
    st.dates().map(str),
    st.integers(-(2**70), 2**70).map(str),
    st.floats().map(str),
    st.text(st.characters(codec="utf-8"), max_size=20).map(quote),
)


@long
@pytest.mark.case("SE-L1", "FA29")
def test_no_odd_value_of_any_parameter_of_any_address_breaks_it(operator, world):
    """Each address and parameter is as likely; the parameters are those that the page asks for."""
    routes = [route for route in EXPECTED if not route.startswith("accounts/")]
    names = cache(lambda address: sorted(parameters_of(operator, address)) or ["year"])

    @settings(max_examples=size(25, 3000), deadline=None, suppress_health_check=list(HealthCheck))
    @given(route=st.sampled_from(routes), chance=st.randoms(use_true_random=False), value=ODD)
    def sent(route, chance, value):
        address = address_of(route, world)
        name = chance.choice(names(address))
        joined = "&" if "?" in address else "?"
        trouble = asked(operator, "get", f"{address}{joined}{name}={value}")
        assert not trouble, f"{route} {name}={value[:60]}: {trouble}"

    sent()


@pytest.mark.case("FA27", "FA29")
@pytest.mark.parametrize(
    ("path", "status", "media"),
    [
        ("/petitions/?year=20265", 200, "text/html"),
        ("/open311/v2/requests.json?start_date=9999-12-31T23:00:00Z", 400, "application/json"),
        ("/open311/v2/requests.xml?start_date=9999-12-31T23:00:00Z", 400, "text/xml"),
        ("/open311/v2/requests.xml?end_date=0001-01-01T00:00:00%2B14:00", 400, "text/xml"),
        ("/open311/v2/requests.json?start_date=2026-01-31T00:00:00+07:00", 200, "application/json"),
        ("/open311/v2/nothing.xml", 404, "text/xml"),
        ("/open311/v2/requests.xml?start_date=%00", 400, "text/xml"),
        ("/api/v1/units/1?on=99999", 400, "application/json"),
    ],
)
def test_an_odd_day_is_refused_in_the_format_of_the_caller(operator, path, status, media):
    answer = operator.get(path)
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (status, media)
    if media == "text/xml":
        assert ElementTree.fromstring(answer.content).tag == "errors"


@pytest.mark.case("SE-L1")
def test_an_account_without_an_office_gets_an_empty_table(operator, world):
    operator.force_login(Account.objects.create(email="khong-chuc@vidu.vn", name="Không chức"))
    assert operator.get("/desk/figures.csv").status_code in (200, 403)


@one_in(2)
@pytest.mark.parametrize("path", PATHS)
def test_no_path_breaks_the_site(operator, path):
    assert not asked(operator, "get", path)


WITH_FORMS = [
    "desk/records/new/",
    "desk/records/<uuid:uid>/edit/",
    "desk/records/<uuid:uid>/correct/",
    "desk/statements/new/",
    "desk/obligations/new/",
    "desk/recommendations/new/",
    "desk/bodies/new/",
    "desk/bodies/usual/",
    "desk/villages/new/",
    "desk/households/new/",
    "desk/decisions/new/",
    "desk/works-without-decision/new/",
    "desk/head-elections/new/",
    "desk/head-elections/<uuid:uid>/count/",
    "desk/village-heads/new/",
    "desk/conventions/new/",
    "desk/conventions/<uuid:uid>/revise/",
    "desk/village-conferences/new/",
    "desk/village-conferences/<uuid:uid>/minute/",
    "desk/decisions/<uuid:uid>/attend/",
    "desk/roll-sheets/new/",
    "desk/count-sheets/new/",
    "desk/boards/new/",
    "desk/plans/new/",
    "desk/consultations/new/",
    "desk/opinions/new/",
    "desk/projects/new/",
    "desk/disclosures/new/",
    "desk/posting-places/new/",
    "desk/disclosure-plans/new/",
    "desk/information-requests/new/",
    "desk/findings/new/",
    "desk/rounds/new/",
    "desk/verifications/new/",
    "desk/board-reports/new/",
    "desk/office-reports/new/",
    "desk/scores/new/",
    "desk/office-reports/<uuid:uid>/edit/",
    "desk/rounds/<uuid:uid>/edit/",
    "desk/boards/<uuid:uid>/change_days/",
    "desk/recommendations/<uuid:uid>/edit/",
    "desk/petitions/new/",
    "desk/reception/new/",
    "desk/reception/refusals/new/",
    "desk/reception/days/new/",
    "desk/bookings/new/",
    "desk/reception/days/<uuid:uid>/edit/",
    "desk/statements/<uuid:uid>/edit/",
    "desk/statements/<uuid:uid>/correct/",
    "theme/",
    "place/",
    "desk/law/new/",
    "desk/law/<str:key>/new/",
    "desk/polls/new/",
    "desk/polls/<uuid:uid>/edit/",
    "desk/conferences/new/",
    "desk/conferences/<int:pk>/edit/",
    "desk/conferences/<int:pk>/programme/",
    "desk/conferences/<int:pk>/programme/<int:item>/edit/",
    "desk/conferences/<int:pk>/checkin/",
    "desk/conferences/<int:pk>/checkin/<int:point>/",
    "desk/conferences/<int:pk>/delegates/",
    "desk/conferences/<int:pk>/delegates/new/",
    "desk/conferences/<int:pk>/delegates/send/",
    "desk/conferences/<int:pk>/delegates/office/new/",
    "desk/conferences/<int:pk>/delegates/<uuid:uid>/edit/",
    "desk/conferences/<int:pk>/points/",
    "desk/conferences/<int:pk>/points/<int:point>/edit/",
    "desk/minutes/new/",
    "desk/minutes/<uuid:uid>/edit/",
    "desk/commitments/new/",
    "desk/account-invitations/new/",
    "desk/account-invitations/letters/",
    "desk/rights/",
    "accounts/join/",
    "accounts/recover/",
    "commitments/<uuid:uid>/",
]


def fields_of(client, address):
    page = tight(client.get(address).content.decode())
    form = page[page.find("<main") :]
    fields = dict.fromkeys(re.findall(r'<(?:select|textarea)[^>]* name="([^"]+)"', form), "1")
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and "file" not in tag:
            fields[name[1]] = value[1] if value else ""
    return fields or {"reason": "", "next": "", "theme": ""}


@long
@pytest.mark.parametrize("route", part(WITH_FORMS, 8, "typed"))
def test_no_typed_text_breaks_a_form(operator, world, route):
    if re.search("petitions/|reception/|bookings/", route):  # the operator has no part in them
        operator.force_login(world.accounts["committee_chair@own"])
    address = address_of(route, world)
    fields, wrong = fields_of(operator, address), []
    everywhere = [(value, dict.fromkeys(fields, value)) for value in part(TYPED, 5, route)]
    alone = [
        (value, {**fields, name: value})
        for name in fields
        for value in part(ALONE, 7, f"{route} {name}")
    ]
    for value, sent in [*everywhere, *alone]:
        if found := asked(operator, "post", address, sent):
            wrong.append(
                f"{value[:20]!r} in {[name for name in sent if sent[name] == value][:3]}: {found}"
            )
    assert not wrong, "\n".join(wrong)


BODIES = [
    (b"\xff\xfe=\xff\xfe&title=%ff%fe", "application/x-www-form-urlencoded"),
    (b"title=a", "application/x-www-form-urlencoded; charset=utf-99"),
    (b"title=\xd0", "application/x-www-form-urlencoded; charset=utf-16"),
    (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    (b"", "multipart/form-data"),
    (b"abc", "multipart/form-data; boundary=" + "x" * 500),
    (b"{", "application/json"),
    (b"\x00" * 100, ""),
    (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="title"; '
        f'filename="\0../../a"\r\n\r\n\0\r\n--{BOUNDARY}--\r\n'.encode(),
        MULTIPART_CONTENT,
    ),
    (b"a=1&" * 6000, "application/x-www-form-urlencoded"),
    (b"title=" + b"a" * 6_000_000, "application/x-www-form-urlencoded"),
]


@pytest.mark.parametrize(
    "route",
    [
        "desk/records/new/",
        "desk/statements/new/",
        "desk/records/<uuid:uid>/papers/",
        "accounts/login/",
    ],
)
def test_no_body_breaks_a_form(operator, world, route):
    wrong = [
        f"{body[:30]} as {kind}: {found}"
        for body, kind in BODIES
        if (
            found := asked(
                operator, "generic", "POST", address_of(route, world), body, content_type=kind
            )
        )
    ]
    assert not wrong, "\n".join(wrong)


def test_a_form_without_its_token_is_told_in_vietnamese(world):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@b.vn"})
    assert answer.status_code == 403 and "tải lại trang" in answer.content.decode()


def test_the_address_of_a_button_opened_as_a_page_leads_back(operator, world):
    answer = operator.get(f"/desk/records/{world.draft.uid}/confirm/")
    assert (answer.status_code, answer.headers["Allow"]) == (
        405,
        "POST",
    ) and "bấm nút" in answer.content.decode()


def test_every_page_with_a_form_at_the_desk_is_tried():
    of_forms = {
        route
        for route in routes()
        if route.startswith("desk/") and re.search(r"(new|edit|correct)/$", route)
    }
    of_buttons = {"desk/exports/new/"}  # only pressed, never opened as a page
    missing = sorted(of_forms - of_buttons - set(WITH_FORMS))
    assert not missing, f"write these into WITH_FORMS: {missing}"
