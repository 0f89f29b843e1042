"""Every form that creates something, sent twice with its token, creates it once.

`CREATES` lists the addresses apart from the code. An address for a new record that is not in it
fails the suite, and so does a form in a template that carries no token.
"""

import re
from datetime import timedelta

import pytest
from django import forms
from django.apps import apps
from django.conf import settings as project
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from danchu.kernel.days import show_day, today
from danchu.people.actions import appoint, create_account
from danchu.people.models import OfficeKind
from danchu.subjects.fields import CountField, DayField, FilesField, InstantField
from danchu.units.actions import open_body
from tests.site.addresses import EXPECTED, ROLES, address_of, expected
from tests.site.conftest import BY, PASSWORD, SINCE
from tests.sizes import long, part

TOKEN = "6d1f0c6e-8a55-4f39-9d3c-0d4f7f8f1a99"
NO_BODY = {"body": ""}
SOON = show_day(today() + timedelta(days=60))
ABOUT_A_RULE = {
    "key": "demo.once",
    "vi": "Trả lời một lần",
    "en": "One answer",
    "sense": "within",
    "value": "15",
    "since": "01/07/2026",
    "text_vi": "Văn bản thử",
    "text_en": "A text",
    "text_since": "01/07/2026",
    "do": "write",
}
PERSON = {"name": "Lê Thị Mười", "address": "Số 10"}

# {route: (what follows its address, what is typed beside what the form begins with)}. A role stands
# where not the first that may send the form is meant.
CREATES = {
    "desk/records/new/": ("", NO_BODY),
    "desk/records/<uuid:uid>/papers/": ("", {"file": "x"}),
    "desk/statements/new/": (
        "",
        {"body": "fatherland_front", "indicator": "supervisions_217", "amount": "7"}
        | {"since": "01/07/2025", "last": "31/07/2025"},
    ),
    "desk/statements/<uuid:uid>/papers/": ("", {"file": "x"}),
    "desk/obligations/new/": ("", {"rule": "pib.answer"}),
    "desk/recommendations/new/": ("", {"answerer": "fatherland_front"}),
    "desk/petitions/new/": ("", {"matter": "road", **PERSON}),
    "desk/petitions/answers/": ("", {}),
    "desk/reception/new/": ("", PERSON),
    "desk/reception/refusals/new/": (
        "",
        {"reason": "settled", "handled_before": "UBND thành phố, 12/TB", "guidance": "Đã rõ"}
        | {"nature": "complaint", **PERSON},
    ),
    "desk/reception/days/new/": ("", {"on": "04/05/2026"}),
    "desk/bookings/new/": ("", {"phone": "0987654321"}),
    "desk/minutes/new/": ("", NO_BODY),
    "desk/commitments/new/": (
        "",
        {"owner": "", "office": "Chủ tịch UBND phường", "due_on": "01/12/2027"},
    ),
    "desk/bodies/new/": ("", {"kind": "school", "name": "Tổ chức lập một lần"}),
    "desk/villages/new/": ("", {"decision": "12/QĐ-UBND", "decided_on": "01/03/2026"}),
    "desk/head-elections/new/": (
        "",
        {"unit": "Tổ dân phố số 1", "planned_on": SOON, "term_until": "01/07/2030"},
    ),
    "desk/village-heads/new/": (
        "",
        {"unit": "Tổ dân phố số 1", "since": "01/03/2026", "term_until": "01/07/2030"}
        | {"is_interim": ""},
    ),
    "desk/conventions/new/": ("", {"unit": "Tổ dân phố số 1", "proposer": "head", "asking": "0"}),
    "desk/village-conferences/new/": (
        "",
        {"unit": "Tổ dân phố số 1", "year": str(today().year), "planned_on": SOON},
    ),
    "desk/works-without-decision/new/": (
        "",
        {"finished_on": "01/03/2026", "value": "5", "money": "5"},
    ),
    "desk/decisions/new/": ("", {"unit": "Tổ dân phố số 1", "consents": ""}),
    "desk/roll-sheets/new/": ("", {"code": "{roll_code}", "households": "1"}),
    "desk/count-sheets/new/": (
        "",
        {"code": "{count_code}", "issued": "1", "returned": "1"} | {"yes": "1"},
    ),
    "desk/households/new/": ("", {"unit": "Tổ dân phố số 1", "number": "12", "ground": ""}),
    "desk/account-invitations/new/": (
        "",
        {"office_kind": "commune_clerk", "unit": "00004", "email": "gui.hai.lan@example.vn"}
        | {"channel": "letter"},
    ),
    "desk/boards/new/": ("", {"board": "pib_agency", "since": "01/08/2026", "staff": "40"}),
    "desk/findings/new/": ("", {}),
    "desk/plans/new/": ("", {"planned_on": "04/05/2027"}),
    "desk/consultations/new/": ("", {}),
    "desk/opinions/new/": ("", {"received_on": "03/03/2026"}),
    "desk/projects/new/": ("", {}),
    "desk/disclosures/new/": ("", {}),
    "desk/posting-places/new/": ("", {}),
    "desk/disclosure-plans/new/": ("", {"year": "2027"}),
    "desk/information-requests/new/": ("", {"unit": "00004"}),
    "desk/verifications/new/": ("", {"until": "01/12/2027"}),
    "desk/board-reports/new/": ("", {"since": "01/08/2025", "last": "31/08/2025"}),
    "desk/scores/new/": ("", {"score": "80"}),
    "desk/office-reports/new/": ("", {}),
    "desk/rounds/new/": ("", {}),
    "desk/conferences/new/": ("", {"starts_at": "04/05/2027 08:00", **NO_BODY}),
    "desk/polls/new/": ("?conference={hall}", {}),
    "desk/conferences/<int:pk>/programme/": ("", {}),
    "desk/conferences/<int:pk>/programme/<int:item>/papers/": ("", {"file": "x"}),
    "desk/conferences/<int:pk>/points/": ("", {"unit": "00004"}),
    "desk/conferences/<int:pk>/delegates/new/": ("", {}),
    "desk/conferences/<int:pk>/delegates/office/new/": ("", {"unit": "00004"}),
    "desk/conferences/<int:pk>/passes/steward/": ("", {"role": "moderator"}),
    "desk/conferences/<int:pk>/passes/rooms/": ("", {}),
    "desk/conferences/<int:pk>/checkin/": ("", {"delegate": "{delegate}"}),
    "desk/conferences/<int:pk>/checkin/<int:point>/": ("", {"count": "41"}),
    "desk/vault/<str:pseudonym>/ask/": ("", {"reason": "Phục vụ xác minh nội dung tố cáo"}),
    "desk/exports/new/": ("", {"name": "records", "ending": "csv", "query": ""}),
    "desk/law/new/": ("", ABOUT_A_RULE),
    "desk/law/<str:key>/points/": ("", {"vi": "Tính từ ngày nhận hay ngày gửi?"}),
    "desk/law/escalations/": ("", {"days": "4"}),
    "hall/<int:pk>/chair/guest/": ("", {"point": "{point}", "speaker": "Bà Năm"}),
    "hall/<int:pk>/chair/say/": ("", {"text": "Nghỉ giải lao"}),
    "hall/<int:pk>/room/enter/": ("?point={point}", {"act": "hand", "speaker": "Ông Sáu"}),
    "petitions/send/": (
        "",
        {"matter": "road", "place": "00004", "title": "Đèn hỏng", "content": "Đèn ngõ 7 hỏng"},
    ),
}
# New versions of what is there, each refused where another one was written since: by "seen".
BY_VERSION = {"desk/law/<str:key>/new/", "desk/law/<str:key>/correct/<int:pk>/"}
# Sent with a key of their own by a script that repeats until it is answered; the rooms' tests.
BY_THEIR_OWN_KEY = {
    "desk/rounds/line/": "tests/desk/test_rounds.py",
    "hall/<int:pk>/room/entries/": "tests/conference/test_rooms.py",
    "hall/<int:pk>/ask/": "tests/live/test_pages.py",
    "conferences/<int:pk>/register/": "tests/portal/test_conferences.py",
    "api/v1/imports": "tests/register/test_imports.py",
    "journal/cosignatures": "tests/journal/test_checkpoints.py",
    "report/<str:name>/seal/": "tests/faults/test_two_at_one_thing.py",
}
# Forms of templates without the token, each with why sending it twice does one thing.
WITHOUT_TOKEN = {
    "look/templates/account/": "the log-in library",
    "look/templates/mfa/": "the log-in library",
    "look/templates/socialaccount/": "the log-in library",
    "config/templates/config/restore.html": "one restore at a time: pressed again leads to it",
    "look/templates/resend.html": "holds the token of the form that it holds",
    "look/templates/parts/switches.html": "the choice of a theme",
    "portal/templates/portal/my_place.html": "the choice of one's own place",
    "portal/templates/portal/unit.html": "the choice of one's own place",
    "decision/templates/decision/public_online_vote.html": "one choice for each household",
    "decision/templates/decision/online_result.html": "reads",
    "desk/templates/desk/notices.html": "says yes or no",
    "desk/templates/desk/rights.html": "reads",
    "desk/templates/desk/round_form.html": "the uid of the round; the page is kept on devices",
    "portal/templates/portal/booking.html": "the uid of the booking",
    "portal/templates/portal/contest.html": "the uid of the contest",
    "portal/templates/portal/information.html": "the uid of the request",
    "portal/templates/portal/own_information.html": "reads",
    "portal/templates/portal/own_booking.html": "a place is changed or given back, by its state",
    "portal/templates/portal/opinion_send.html": "the uid of the opinion",
    "portal/templates/portal/consultation_vote.html": "one vote a key and statement",
    "portal/templates/portal/petition_door.html": "the uid of the petition",
    "portal/templates/portal/petition_send.html": "the uid of the petition",
    "portal/templates/portal/parts/follow_form.html": "reads",
    "portal/templates/portal/follow.html": "a second letter makes the first one void",
    "portal/templates/portal/follow_confirm.html": "an address that is used up",
    "portal/templates/portal/followed.html": "what is not followed cannot be left",
    "portal/templates/portal/join.html": "reads what a code offers",
    "portal/templates/portal/recover.html": "a printed code is used up",
    "portal/templates/portal/set_up_enter.html": "an address that is used up",
    "portal/templates/portal/register.html": "the uid of the delegate",
    "portal/templates/portal/registered.html": "enters the hall",
    "portal/templates/portal/enter.html": "enters the hall",
    "casework/templates/casework/own_petition.html": "the second complaint has a token of its own",
    "conference/templates/conference/public_poll.html": "reads",
    "conference/templates/conference/poll_ballot.html": "reads",
    "minutes/templates/minutes/public_commitment.html": "one answer of who asked, by its state",
    "desk/templates/desk/parts/find_by_name.html": "reads",
    "desk/templates/desk/parts/next_found.html": "reads",
    "demo/templates/demo/strip.html": "the choice of a role",
    "demo/templates/demo/hall.html": "enters the hall",
    "live/templates/live/ask.html": "the uid of the question",
    "live/templates/live/parts/deeds.html": "a delegate waits once",
    "live/templates/live/parts/floor.html": "a delegate waits once",
    "live/templates/live/parts/open_poll.html": "a ballot for each delegate",
    "live/templates/live/parts/question.html": "an up-vote for each delegate",
    "live/templates/live/parts/questions.html": "sent by its script with a uid",
}
FORM = re.compile(r'<form\b[^>]*?method="post".*?</form>', re.DOTALL)


@pytest.mark.case("FA20")
def test_every_form_of_a_template_carries_the_token():
    without = set()
    for path in project.PACKAGE.rglob("templates/**/*.html"):
        name = path.relative_to(project.PACKAGE).as_posix()
        for form in FORM.findall(path.read_text(encoding="utf-8")):
            if "{% once %}" not in form and "form_lines.html" not in form:
                without.add(next((one for one in WITHOUT_TOKEN if name.startswith(one)), name))
    assert without == set(WITHOUT_TOKEN)


@pytest.mark.case("FA20")
def test_every_address_for_a_new_thing_is_tried_here():
    new = {route for route in EXPECTED if route.endswith(("new/", "papers/"))}
    missing = sorted(new - set(CREATES) - BY_VERSION)
    assert not missing, f"write these into CREATES, with what must be typed: {missing}"
    assert set(BY_THEIR_OWN_KEY) <= set(EXPECTED)


def filled(form, more):
    """{name: text} of a form: what it begins with, and something for what it must have."""
    values = {}
    for name, field in form.fields.items():
        begun = form.get_initial_for_field(field, name)
        if isinstance(field, (FilesField, forms.FileField, forms.BooleanField)):
            continue
        if begun not in (None, ""):
            values[name] = str(begun)
        elif field.required:
            values[name] = something(field)
    return values | more


def something(field):
    if isinstance(field, InstantField):
        return "05/03/2026 08:00"
    if isinstance(field, DayField):
        return "05/03/2026"
    if isinstance(field, CountField):
        return "3"
    if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        return next(str(key) for key in keys_of(field.choices) if str(key))
    return "Việc thử một lần"


def keys_of(choices):
    """The keys of choices, also of those that stand in groups."""
    for key, words in choices:
        yield from (one for one, _word in words) if isinstance(words, (list, tuple)) else [key]


def rows():
    """The number of rows of each table in which the rooms keep their things."""
    return {
        model.__name__: model.objects.count()
        for model in apps.get_models()
        if model.__module__.startswith("danchu.") and not model.__module__.startswith(SKIPPED)
    }


SKIPPED = ("danchu.jobs", "danchu.figures", "danchu.people")


@pytest.fixture
def keeper(world):
    account = create_account(
        by=BY, email="keeper@example.vn", name="Người giữ luật", password=PASSWORD
    )
    kind = OfficeKind.objects.get(key="operator")
    appoint(account, by=BY, office_kind=kind, unit=world.places["nation"], since=SINCE)
    return account


def sender(route, world, keeper):
    """The account that may send the form; None for everybody."""
    if route.startswith("desk/law/"):
        return keeper
    if route.startswith(("desk/polls/", "desk/scores/", "hall/")):
        return world.accounts["operator@above"]
    role = next(role for role in ROLES if expected(_declared(route), role, "post") in DONE)
    return world.accounts.get(role)


DONE = (200, 302, 400)
ACT = re.compile(r"(passes|vault/<str:pseudonym>|chair)/(\w+)/$")


def _declared(route):
    """The route as declared, whose last part may be any act."""
    return ACT.sub(r"\1/<str:act>/", route)


def address(route, world):
    """The address of the route; an act stands in it as in the route."""
    path = address_of(_declared(route), world)
    act = ACT.search(route)
    return re.sub(r"\w+/$", f"{act[2]}/", path) if act else path


@long
@pytest.mark.case("FA20")
@pytest.mark.parametrize("route", part(CREATES, 4, "sent twice"))
def test_a_form_that_is_sent_twice_creates_one_thing(client, world, keeper, settings, route):
    settings.DEMO = True
    if account := sender(route, world, keeper):
        client.force_login(account)
    named = {
        "hall": world.hall.pk,
        "point": world.hall_point.pk,
        "delegate": world.hall_delegate.uid,
        "roll_code": world.roll_code,
        "count_code": world.count_code,
    }
    query, typed = CREATES[route]
    path = address(route, world) + query.format(**named)
    with transaction.atomic():
        if route == "desk/boards/new/":
            open_body(
                world.places["own"],
                by=BY,
                kind="pib_agency",
                name="Ban Thanh tra nhân dân cơ quan",
                since=SINCE,
            )
        page = client.get(path)
        form = (page.context or {}).get("form") if page.status_code == 200 else None
        fields = {
            name: text.format(**named)
            for name, text in (filled(form, typed) if hasattr(form, "fields") else typed).items()
            if name != "file"
        }
        counts, answers = [rows()], []
        for _time in range(2):
            files = {"file": SimpleUploadedFile("moi.txt", b"Moi")} if "file" in typed else {}
            answers.append(client.post(path, fields | files | {"once": TOKEN}))
            counts.append(rows())
        transaction.set_rollback(True)
    assert [answer.status_code < 400 for answer in answers] == [True, True], _errors(answers[0])
    before, first, second = counts
    assert first != before, "created nothing"
    assert second == first


def _errors(answer):
    form = (answer.context or {}).get("form")
    return form.errors if hasattr(form, "errors") else answer.content.decode()[-3000:]


@pytest.mark.case("FA20")
def test_a_code_that_is_shown_once_is_in_the_answer_to_both_of_two_clicks(client, world, settings):
    settings.DEMO = True
    client.force_login(world.accounts["committee_chair@own"])
    path = f"/desk/conferences/{world.hall.pk}/passes/steward/"
    with transaction.atomic():
        first, second = (client.post(path, {"role": "chair", "once": TOKEN}) for _time in range(2))
        assert second.content == first.content and second.status_code == 200
        assert "no-store" in second.headers["Cache-Control"]
        # Somebody without the page with the form has another token, and the cache holds no code.
        stranger = Client()
        stranger.force_login(world.accounts["committee_chair@own"])
        other = stranger.post(path, {"role": "chair", "once": TOKEN[:-1] + "0"})
        assert other.content != first.content
        transaction.set_rollback(True)
