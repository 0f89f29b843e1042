"""Two who edit one thing, one form that is sent twice, one person who registers twice."""

import re
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from danchu.conference.actions.delegates import add_delegate
from danchu.conference.actions.points import add_point
from danchu.conference.actions.programme import add_item
from danchu.conference.models import Conference, Delegate, ProgrammeItem
from danchu.desk.events import EVENTS
from danchu.desk.sections import Face
from danchu.desk.views import confirming, records
from danchu.law.loading import load_law
from danchu.register import actions
from danchu.register.models import Event
from danchu.reports.models import Seal
from danchu.subjects.editing import EditingForm, SeenForm
from danchu.subjects.room import sections
from tests.desk.conftest import BY, appointed, officials  # noqa: F401
from tests.desk.test_conferences import typed as conference_typed
from tests.desk.test_desk import typed as event_typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law_loaded")]
OTHERS = "người khác đã lưu trước"


@pytest.fixture(autouse=True)
def _folders(officials, settings, tmp_path):
    settings.PAPERS_ROOT, settings.VAULT_ROOT = tmp_path / "papers", tmp_path / "vault"
    load_law(by=BY)


@pytest.fixture
def chair(client, officials):
    client.force_login(officials.chair)
    return client


def fields_of(page):
    """{name: value} of the first form with fields of its own in the page, hidden ones too."""
    text = page.content.decode()
    main = text[text.index("<main") :]
    forms = re.findall(r"<form.*?</form>", main, re.DOTALL)
    form = next(one for one in forms if 'name="edition"' in one)
    fields = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if not name or 'type="checkbox"' in tag and "checked" not in tag:
            continue
        fields[name[1]] = value[1] if value else "on" if "checkbox" in tag else ""
    areas = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL)
    fields |= dict(areas)
    for name, body in re.findall(r'<select[^>]*name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)"[^>]*selected', body)
        fields[name] = chosen[1] if chosen else ""
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def draft_of_two(officials):
    return actions.draft_event(
        "dialogue", by=BY, unit=officials.ward, held_on=date(2026, 3, 3), title="Đối thoại quý I"
    )


def places(chair, officials):
    """{what: (address, field of the first, field of the second)} of every page that edits."""
    chair.post("/desk/conferences/new/", conference_typed())
    hall = Conference.objects.latest("pk")
    here = f"/desk/conferences/{hall.pk}/"
    item = add_item(hall, by=BY, title="Báo cáo")
    point = add_point(hall, by=BY, unit=officials.ward, name="Điểm cầu 1")
    delegate = add_delegate(hall, by=BY, name="Lê Văn Tám")
    event = draft_of_two(officials)
    return {
        "record": (f"/desk/records/{event.uid}/edit/", "title", "reference"),
        "conference": (f"{here}edit/", "title", "subject"),
        "item": (f"{here}programme/{item.pk}/edit/", "title", "speaker"),
        "point": (f"{here}points/{point.pk}/edit/", "name", "room"),
        "delegate": (f"{here}delegates/{delegate.uid}/edit/", "name", "office"),
    }


PLACES = ("record", "conference", "item", "point", "delegate")


@pytest.mark.case("FA19")
@pytest.mark.parametrize("what", PLACES)
def test_the_second_save_is_refused_with_both_versions_and_what_was_typed(chair, officials, what):
    address, first, second = places(chair, officials)[what]
    page = chair.get(address)
    one, other = fields_of(page), fields_of(page)
    one[first], other[second] = "Bản của người thứ nhất", "Bản của người thứ hai"
    assert chair.post(address, one).status_code == 302
    refused = chair.post(address, other)
    text = refused.content.decode()
    assert refused.status_code == 409 and OTHERS in text
    assert "Bản của người thứ nhất" in text and "Bản của người thứ hai" in text
    stored = fields_of(chair.get(address))
    assert (stored[first], stored[second]) == ("Bản của người thứ nhất", one[second])
    # Whoever has seen both may save: what is on the form now is what is stored.
    again = fields_of(refused)
    assert again[second] == "Bản của người thứ hai" and again["edition"] == stored["edition"]
    again[first] = stored[first]
    assert chair.post(address, again).status_code == 302
    stored = fields_of(chair.get(address))
    assert (stored[first], stored[second]) == ("Bản của người thứ nhất", "Bản của người thứ hai")


@pytest.mark.case("FA19")
def test_a_form_that_was_refused_for_something_else_is_still_of_its_edition(chair, officials):
    address, _first, _second = places(chair, officials)["record"]
    fields = fields_of(chair.get(address))
    bad = chair.post(address, {**fields, "held_on": "31/02/2026"})
    assert bad.status_code == 400
    event = Event.objects.get()
    actions.edit_draft(event, by=BY, title="Người khác sửa")
    answer = chair.post(address, {**fields_of(bad), "held_on": fields["held_on"]})
    assert answer.status_code == 409
    event.refresh_from_db()
    assert event.title == "Người khác sửa"


@pytest.mark.case("FA19")
def test_every_act_that_begins_with_stored_values_carries_its_edition():
    """An act named "edit", and whatever replaces values the form shows, edits."""
    edits = [
        (section.one, act.name, act.form)
        for section in sections()
        for act in section.acts
        if act.name in ("edit", "correct") and act.own_page
    ]
    assert len(edits) >= 4
    assert [one for one in edits if not issubclass(one[2], EditingForm)] == []


CHANGED = "Bản này đã được sửa sau khi ông/bà mở trang"


def edition_in(page, address):
    """The edition that the form of an act carries on the page of a record."""
    form = re.search(rf'action="{address}".*?</form>', page.content.decode(), re.DOTALL)
    return re.search(r'name="edition" value="([^"]+)"', form[0])[1]


@pytest.mark.case("FA19")
def test_a_draft_that_was_changed_after_its_page_was_opened_is_not_confirmed(chair, officials):
    """Whoever confirms answers for what they have read."""
    event = draft_of_two(officials)
    here = f"/desk/records/{event.uid}/"
    seen = edition_in(chair.get(here), f"{here}confirm/")
    actions.edit_draft(event, by=BY, participants=4000)
    refused = chair.post(f"{here}confirm/", {"edition": seen})
    assert refused.status_code == 409 and CHANGED in refused.content.decode()
    assert "4.000" in refused.content.decode()
    assert Event.objects.get().state == "draft"
    again = edition_in(refused, f"{here}confirm/")
    assert again != seen
    assert chair.post(f"{here}confirm/", {"edition": again}).status_code == 302
    assert Event.objects.get().state == "confirmed"


@pytest.mark.case("FA19")
def test_of_many_drafts_the_one_that_was_changed_meanwhile_is_not_confirmed(chair, officials):
    one, other = draft_of_two(officials), draft_of_two(officials)
    page = chair.get("/desk/confirm/").content.decode()
    typed = dict(re.findall(r'name="(edition-[^"]+)" value="([^"]+)"', page))
    assert set(typed) == {f"edition-{one.uid}", f"edition-{other.uid}"}
    actions.edit_draft(other, by=BY, title="Đối thoại quý II")
    answer = chair.post("/desk/confirm/", {**typed, "uid": [one.uid, other.uid]})
    assert answer.status_code == 400 and CHANGED in answer.content.decode()
    states = {event.pk: event.state for event in Event.objects.all()}
    assert states == {one.pk: "confirmed", other.pk: "draft"}


@pytest.mark.case("FA19")
def test_many_drafts_are_held_before_anything_that_others_need(chair, officials):
    """Two who confirm overlapping drafts at once would else wait for each other: for the unit that
    the first has locked, and for a draft that the second has.
    """
    events = [draft_of_two(officials) for _number in range(3)]
    with CaptureQueriesContext(connection) as queries:
        chair.post("/desk/confirm/", {"uid": [event.uid for event in events]})
    asked = [query["sql"] for query in queries]
    locks = [place for place, sql in enumerate(asked) if "pg_advisory_xact_lock" in sql]
    units = [
        place
        for place, sql in enumerate(asked)
        if 'FROM "units_unit"' in sql and "FOR NO KEY UPDATE" in sql
    ]
    keys = [str(event.pk) for event in sorted(events, key=lambda event: event.pk)]
    of_drafts = [place for place in locks if "'register_event'" in asked[place]]
    first = of_drafts[:3]
    assert [re.findall(r"\d+", asked[place])[-1] for place in first] == keys
    assert units and max(first) < min(units)
    assert {event.state for event in Event.objects.all()} == {"confirmed"}


@pytest.mark.case("FA19")
def test_drafts_that_somebody_else_confirmed_are_named_by_their_number(chair, officials):
    one, other = draft_of_two(officials), draft_of_two(officials)
    actions.confirm_event(other, by=BY)
    answer = chair.post("/desk/confirm/", {"uid": [one.uid, other.uid]}, follow=True)
    page = answer.content.decode()
    assert "Đã xác nhận 1 việc" in page and "1 việc đã đánh dấu không còn chờ" in page


@pytest.mark.case("FA19")
def test_a_draft_that_is_discarded_while_many_are_confirmed_is_told(chair, officials, monkeypatch):
    event = draft_of_two(officials)
    page = chair.get("/desk/confirm/").content.decode()
    typed = dict(re.findall(r'name="(edition-[^"]+)" value="([^"]+)"', page))

    @contextmanager
    def another_is_quicker(row):
        actions.discard_draft(row, by=BY)
        yield

    monkeypatch.setattr(confirming, "one_editor", another_is_quicker)
    answer = chair.post("/desk/confirm/", {**typed, "uid": event.uid})
    assert answer.status_code == 400 and not Event.objects.exists()


# Acts that do not ask whether somebody changed the thing since its page was opened, and why: what
# they do stays right whatever was changed, or the life refuses them once it was.
WITHOUT_EDITION = {
    "A step beside the others; senders, delegates and other officers move the thing all the time, "
    "and the order of steps is that of the life (decision 0021).": """
        petition: take_in accept refuse guide forward urge return file use reply notify verify
        petition: extend invite hold_dialogue decide send publish answer close reopen suspend resume
        petition: stop withdraw retract hand_over split turn signers claim release
        visit: issue answer seal
        booking: come stay_away cancel
        conference: renew minutes convene open close cancel
        commitment: fulfil give_secret
        recommendation: answer report_remedy settle dispute_remedy
        finding: resolve
        plan: notify
        project: found announce disclose finish
        verification: tell decline
        board: elect declare leave
        office_report: comment
        contest: uphold dismiss
        information_request: answer refuse sort prolong
        council_report: send
        consultation: close explain overrule file publish send summarise tell answer moderate
        opinion: admit restore answer hide
        proposition: admit hide
        consultation: ask hand_out paper
        head_election: nominate send_candidates post vote count
        village_head: ask_release decide_release vacate
        convention: file forward flag suspend resume annul
        village_conference: send_plan convene hold elect report
        decision: announce open attend strike choose vote close_short plan_ballot issue count
        decision: send recognise refuse annul post carry_out consent submit hand_out take_back
        decision: send recognise refuse annul post carry_out copy_plan ask_again redo report
        decision: plan_clusters approve_clusters refuse_clusters attend_cluster choose_cluster
        decision: count_cluster close_clusters
        decision: open_villages add_villages close_villages set_day
        decision: plan_online open_online close_form close_online
        minutes_one: attach
        obligation: meet excuse""",
    "Nobody edits the thing in this state; who corrected or withdrew it moved it on, and the life "
    "refuses a second act.": """
        record: withdraw
        statement: withdraw
        minutes_one: correct
        poll: close declare
        office_report: reopen
        finding: withdraw
        commitment: withdraw
        recommendation: withdraw
        verification: withdraw
        decision: withdraw
        convention: withdraw
        disclosure: withdraw
        disclosure_plan: withdraw
        account_invitation: letter resend withdraw""",
    "What it takes away stays readable as it was last written.": """
        poll: cancel
        plan: cancel
        consultation: cancel
        village_conference: cancel""",
    "It adds or ends rows of its own, each dated; the unit or body itself is locked and asked "
    "whether it still stands.": """
        body: join merge close
        village: merge divide close
        person: give deputise end delegate end_delegation ask_reset confirm_reset drop_reset close
        person: reopen
        household: move leave
        posting_place: close
        disclosure_plan: add strike repeat
        disclosure: post renew take_down""",
    "It adds a photo to a sheet that has none; a photo is never exchanged.": """
        roll_sheet: photograph
        count_sheet: photograph""",
    "It removes one photo that is named in the act.": "round: drop",
}


@pytest.mark.case("FA19")
def test_every_act_carries_its_edition_or_says_here_why_not():
    without = {
        (one.strip(), name)
        for lines in WITHOUT_EDITION.values()
        for line in lines.strip().splitlines()
        for one, _colon, names in [line.partition(":")]
        for name in names.split()
    }
    acts = {
        (section.one, act.name): act.form
        for section in (*sections(), EVENTS)
        for act in section.acts
    }
    editions = {one for one, form in acts.items() if issubclass(form, EditingForm)}
    missing = sorted(acts.keys() - editions - without)
    assert not missing, f"name these in WITHOUT_EDITION under the reason that fits: {missing}"
    assert sorted(without - (acts.keys() - editions)) == []
    read = {"confirm", "approve", "seal", "submit", "recognise", "discard"}
    assert [one for one in editions if one[1] in read and not issubclass(acts[one], SeenForm)] == []


@pytest.mark.case("FA19")
def test_a_draft_that_somebody_went_on_writing_is_not_thrown_away(chair, officials):
    event = draft_of_two(officials)
    here = f"/desk/records/{event.uid}/"
    seen = edition_in(chair.get(here), f"{here}discard/")
    actions.edit_draft(event, by=BY, title="Đối thoại quý I, đã ghi thêm")
    refused = chair.post(f"{here}discard/", {"edition": seen})
    assert refused.status_code == 409 and "đã ghi thêm" in refused.content.decode()
    again = edition_in(refused, f"{here}discard/")
    assert chair.post(f"{here}discard/", {"edition": again}).status_code == 302
    assert not Event.objects.exists()


@pytest.mark.case("FA20")
def test_a_form_that_is_sent_twice_creates_one_thing(chair, officials):
    chair.post("/desk/conferences/new/", conference_typed())
    hall = Conference.objects.latest("pk")
    here = f"/desk/conferences/{hall.pk}/"
    for address, fields, count in (
        ("delegates/new/", {"name": "Lê Văn Tám"}, lambda: hall.delegates.count()),
        (
            "programme/",
            {"title": "Khai mạc", "kind": "report", "planned_minutes": "5"},
            lambda: hall.items.count(),
        ),
        ("points/", {"name": "Điểm cầu 1", "unit": "00004"}, lambda: hall.points.count()),
    ):
        page = chair.get(here + address).content.decode()
        (token,) = set(re.findall(r'name="once" value="([^"]+)"', page))
        fields = {**fields, "once": token}
        first, second = (chair.post(here + address, fields) for _n in range(2))
        assert (first.status_code, second.status_code, count()) == (302, 302, 1), address
        assert second.url == first.url
        assert "đã được gửi trước đó" in chair.get(second.url).content.decode()
    assert Delegate.objects.count() == 1 and ProgrammeItem.objects.count() == 1


@pytest.mark.case("FA20")
def test_other_words_with_the_token_of_before_are_another_form(chair, officials):
    chair.post("/desk/conferences/new/", conference_typed())
    hall = Conference.objects.latest("pk")
    address = f"/desk/conferences/{hall.pk}/delegates/new/"
    token = re.search(r'name="once" value="([^"]+)"', chair.get(address).content.decode())[1]
    for name in ("Lê Văn Tám", "Lê Văn Chín", "Lê Văn Chín"):
        assert chair.post(address, {"name": name, "once": token}).status_code == 302
    assert set(hall.delegates.values_list("name", flat=True)) == {"Lê Văn Tám", "Lê Văn Chín"}
    assert hall.delegates.count() == 2


@pytest.mark.case("FA20")
def test_a_refused_form_may_be_sent_again_with_its_token(chair, officials):
    chair.post("/desk/conferences/new/", conference_typed())
    hall = Conference.objects.latest("pk")
    address = f"/desk/conferences/{hall.pk}/delegates/new/"
    token = re.search(r'name="once" value="([^"]+)"', chair.get(address).content.decode())[1]
    bad = chair.post(address, {"name": "Lê Văn Tám", "contact": "không có", "once": token})
    assert bad.status_code == 400 and token in bad.content.decode()
    assert chair.post(address, {"name": "Lê Văn Tám", "once": token}).status_code == 302
    assert hall.delegates.count() == 1


@pytest.mark.case("FA20")
def test_every_form_of_the_desk_that_creates_carries_a_token(chair, officials):
    for section in sections():
        if section.new is None or section.new.form is None or section.parent is not None:
            continue
        try:
            address = reverse(Face(section).new_address)
        except NoReverseMatch:
            continue
        page = chair.get(address)
        if page.status_code == 200:
            assert 'name="once"' in page.content.decode(), address


@pytest.mark.case("SE-L2")
def test_a_report_is_sealed_once_however_often_the_button_is_pressed(client, officials):
    client.force_login(officials.officer)
    page = client.get("/report/ha-noi-2023/").content.decode()
    (token,) = set(re.findall(r'name="once" value="([^"]+)"', page))
    answers = [client.post("/report/ha-noi-2023/seal/", {"once": token}) for _n in range(3)]
    assert {answer.url for answer in answers} == {
        reverse("report_seal", args=[Seal.objects.get().pk])
    }


def test_a_report_sealed_again_without_a_change_is_the_seal_there_is(client, officials):
    client.force_login(officials.officer)
    first, again = (client.post("/report/ha-noi-2023/seal/", follow=True) for _n in range(2))
    assert "Đã niêm phong báo cáo." in first.content.decode()
    assert "Không có gì đổi từ lần niêm phong trước" in again.content.decode()
    assert again.redirect_chain == first.redirect_chain and Seal.objects.count() == 1


@pytest.mark.case("SE-L3")
def test_a_record_that_is_saved_and_confirmed_is_both_or_neither(chair, officials, monkeypatch):
    def dies(event, *, by):
        raise ConnectionResetError("the server died here")

    plain = records.actions.confirm_event
    monkeypatch.setattr(records.actions, "confirm_event", dies)
    fields = {**event_typed(), "confirm": "1"}
    with pytest.raises(ConnectionResetError):
        chair.post("/desk/records/new/?kind=supervision_217", fields)
    assert not Event.objects.exists()
    monkeypatch.setattr(records.actions, "confirm_event", plain)
    for _time in range(2):
        assert chair.post("/desk/records/new/?kind=supervision_217", fields).status_code == 302
    assert [event.state for event in Event.objects.all()] == ["confirmed"]


@pytest.mark.case("SE-L3")
@pytest.mark.parametrize(
    "change",
    [
        {"title": "Giám sát thu chi quỹ khác"},
        {"title": "Giám sát thú chi quỹ"},
        {"held_on": "02/03/2026"},
        {"participants": "1.206"},
        {"reference": ""},
        {"note": "Thêm"},
        {"part_unit_0": "00008", "part_amount_0": "2"},
        {"title": "  Giám sát  thu chi quỹ "},
    ],
)
def test_a_form_that_comes_again_with_other_words_confirms_nothing_unread(chair, change):
    fields = event_typed()
    chair.post("/desk/records/new/?kind=supervision_217", {**fields, "draft": "1"})
    form = {**fields, **change, "confirm": "1"}
    answer = chair.post("/desk/records/new/?kind=supervision_217", form, follow=True)
    event = Event.objects.get()
    is_same = change == {"title": "  Giám sát  thu chi quỹ "}
    assert event.state == ("confirmed" if is_same else "draft")
    assert ("đây là bản đã ghi" in answer.content.decode()) != is_same
    assert (event.title, event.participants) == ("Giám sát thu chi quỹ", 1205)


@pytest.mark.case("SE-L3")
def test_a_draft_that_a_dying_server_left_is_confirmed_by_the_same_form(chair):
    fields = event_typed()
    chair.post("/desk/records/new/?kind=supervision_217", {**fields, "draft": "1"})
    assert Event.objects.get().state == "draft"
    chair.post("/desk/records/new/?kind=supervision_217", {**fields, "confirm": "1"})
    assert Event.objects.get().state == "confirmed"
