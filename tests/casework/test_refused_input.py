"""What petitions, visits and their acts refuse, each on its field, and what is linked and told."""

from contextlib import suppress
from datetime import date, timedelta
from io import BytesIO

import pytest

from danchu.casework.access.rate_limits import MOST, TooOften, limit_rate, limit_wrong
from danchu.casework.actions import (
    add_signers,
    answer_visit,
    citizen_step,
    claim_petition,
    hand_over_petition,
    issue_refusal,
    keep_answer_text,
    plan_reception_day,
    record_visit,
    register_petition,
    release_petition,
    seal_visit,
    show_petition,
    split_petition,
)
from danchu.casework.input.identifying import identifying_detail
from danchu.casework.input.persons import checked_persons
from danchu.casework.input.signers import listed_signers, typed_signers
from danchu.casework.loading import load_matters
from danchu.casework.models import Knock, Matter, Petition, ReceptionDay, Visit
from danchu.casework.promised import petition_answer, petition_promise_url
from danchu.casework.queries.history import handover_chain
from danchu.casework.rules.routing import handler_of
from danchu.casework.rules.timebars import time_bar
from danchu.casework.writes.clocks import clocks_of
from danchu.kernel.refusals import Denied, Refused
from danchu.obligations.models import Obligation
from danchu.people.actor import Actor
from tests.casework.conftest import PERSON, RECEIVED
from tests.casework.test_life import OURS, WAYS, step, walked
from tests.inspection.pictures import jpeg
from tests.papers import samples
from tests.register.test_fuzzed_files import xlsx_of

TEXTS = {"title": "Lấn đất công", "content": "Hộ bên cạnh xây lấn ra đường."}


@pytest.fixture
def visited(law, system, country):
    def make(**fields):
        return record_visit(
            by=system,
            **{
                "unit": country.here,
                "received_on": RECEIVED,
                "form": "regular",
                "name": "Lê Thị Hạnh",
                "content": "Hỏi về đất",
                "nature": "feedback",
                **fields,
            },
        )

    return make


def field_of(act, *arguments, **fields):
    with pytest.raises(Refused) as refusal:
        act(*arguments, **fields)
    return refusal.value.field


def test_a_petition_without_unit_and_place_is_refused(law, system):
    matter = Matter.objects.get(key="road")
    fields = {"nature": "feedback", "channel": "counter", "matter": matter, **TEXTS}
    assert field_of(register_petition, by=system, **fields) == "place"


def test_only_a_second_complaint_follows_a_complaint(registered):
    feedback = registered("feedback")
    assert field_of(registered, "complaint", follows=feedback) == "follows"
    assert field_of(registered, "feedback", follows=registered("complaint")) == "follows"


def test_too_many_files_and_too_large_ones_are_refused(registered, settings):
    files = [(BytesIO(b"%PDF-1.4"), f"{number}.pdf") for number in range(6)]
    assert field_of(registered, "feedback", files=files) == "files"
    settings.PAPER_BYTES = 4
    pdf = [(BytesIO(b"%PDF-1.4\n%%EOF\n"), "don.pdf")]
    assert field_of(registered, "denunciation", files=pdf) == "files"
    assert not Petition.objects.exists()


def test_a_visit_is_linked_once_and_only_at_its_unit(registered, visited, country):
    visit = visited()
    petition = registered("feedback", visit=visit)
    visit.refresh_from_db()
    assert visit.petition == petition
    assert field_of(registered, "feedback", visit=visit) == "visit"
    elsewhere = visited(unit=country.next_door)
    assert field_of(registered, "feedback", visit=elsewhere) == "visit"
    sealed = visited(nature="denunciation", content="Thu tiền không biên lai")
    assert field_of(registered, "complaint", visit=sealed) == "visit"


def test_the_visit_of_a_new_denunciation_is_sealed_with_it(registered, visited):
    visit = visited()
    petition = registered("denunciation", visit=visit)
    visit.refresh_from_db()
    assert (visit.petition, visit.nature, visit.name) == (petition, "denunciation", "")
    assert visit.content == petition.content and visit.who == visit.sealed.pseudonym


def test_no_petition_has_more_signers_than_it_may(registered, system, monkeypatch):
    petition = registered("complaint")
    monkeypatch.setattr("danchu.casework.actions.intake.MOST", 1)
    person = {"name": "Người thứ hai"}
    assert field_of(add_signers, petition, by=system, persons=[person]) == "signers"
    monkeypatch.undo()
    monkeypatch.setattr("danchu.casework.input.signers.MOST", 1)
    names = BytesIO("Họ tên\nMột\nHai\n".encode())
    assert field_of(listed_signers, names, "ky.csv") == "signers_file"
    empty = BytesIO("Họ tên;Địa chỉ\n;\n".encode())
    assert field_of(listed_signers, empty, "ky.csv") == "signers_file"


def test_typed_signers_are_lines_of_name_and_address():
    persons = typed_signers("Mận; 12 ngõ Giếng\n\n Đào ")
    assert [(person["name"], person["address"]) for person in persons] == [
        ("Mận", "12 ngõ Giếng"),
        ("Đào", ""),
    ]


def test_a_row_of_a_list_with_nothing_but_its_number_is_no_signer():
    rows = "STT,Họ tên,Địa chỉ\n1,Mận,12 ngõ Giếng\n2,,\n,\u200b,\n3,Đào,\n"
    persons = listed_signers(BytesIO(rows.encode()), "ky.csv")
    assert [person["name"] for person in persons] == ["Mận", "Đào"]


@pytest.mark.parametrize(
    ("cell", "is_marked"), [(True, True), (False, False), ("có", True), (1, True), ("", False)]
)
def test_a_representative_is_marked_by_a_word_or_a_tick(cell, is_marked):
    rows = [["Họ tên", "Địa chỉ", "Đại diện"], ["Nguyễn Văn An", "ngõ 5", cell]]
    [person] = listed_signers(BytesIO(xlsx_of(rows)), "a.xlsx")
    assert person["is_representative"] is is_marked


def test_every_cell_of_a_signer_that_does_not_read_is_told():
    rows = [["Họ tên", "Điện thoại", "Đại diện"], ["Nguyễn Văn An", "12", "chắc vậy"]]
    with pytest.raises(Refused) as refusal:
        listed_signers(BytesIO(xlsx_of(rows)), "a.xlsx")
    said = " ".join(str(one.message) for one in refusal.value.every)
    assert "8 đến 15 chữ số" in said and "có hoặc không" in said


def test_a_group_that_names_too_many_representatives_is_refused_among_its_signers(
    registered, system
):
    petition = registered("complaint", people=10)
    persons = [{"name": f"Người {n}", "is_representative": True} for n in range(4)]
    assert field_of(add_signers, petition, by=system, persons=persons) == "signers"


def test_a_way_to_be_told_that_is_none_is_refused():
    assert field_of(checked_persons, [PERSON | {"notify_by": "pigeon"}]) == "notify_by"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Tôi là nguyen thi man", "họ tên"),
        ("Nhà tôi ở 12 ngõ giếng mứt", "địa chỉ"),
        ("Gọi 0912.345.678", "điện thoại"),
        ("Viết cho MAN@vidu.vn", "điện thoại"),
        ("Căn cước 0011 9988 7766", "điện thoại"),
        ("Ông trưởng thôn thu tiền", ""),
    ],
)
def test_a_text_that_says_who_denounces_is_recognised(text, told):
    [person] = checked_persons([PERSON | {"identity": "001199887766"}])
    detail = identifying_detail(text, [person])
    assert detail.startswith(told) if told else detail == ""


@pytest.mark.case("SE-M5")
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Người biết việc: Dao, Trịnh Thị Quỳnh", "họ tên"),
        ("Chị Quỳnh Dao ở tổ 6 thấy", "họ tên"),
        ("chi quynh dao thay", "họ tên"),
        ("Dao Trịnh ký", "họ tên"),
        ("Trịnh Dao ký", "họ tên"),
        ("Quỷnh Đào quên", ""),
        ("Ông Trịnh và bà Dao", ""),
        ("viết quynhdao.tt (at) vidu.vn", "điện thoại"),
        ("quynhdao.tt [a còng] vidu chấm vn", "điện thoại"),
        ("QUYNHDAO.TT @ vidu . vn", "điện thoại"),
        ("gọi không chín một hai 987 sáu năm bốn", "điện thoại"),
        ("gọi số không chín một hai, chín tám bảy, sáu năm tư", "điện thoại"),
        ("mười hai người thấy, 98 triệu", ""),
        ("căn cước không không một một chín chín tám tám bảy bảy sáu sáu", "điện thoại"),
    ],
)
def test_a_text_that_says_who_denounces_to_a_person_is_recognised(text, told):
    [person] = checked_persons(
        [
            {
                "name": "Trịnh Thị Quỳnh Dao",
                "address": "tổ 6",
                "phone": "0912987654",
                "email": "quynhdao.tt@vidu.vn",
                "identity": "001199887766",
            }
        ]
    )
    detail = identifying_detail(text, [person])
    assert detail.startswith(told) if told else detail == ""


@pytest.mark.parametrize(
    ("text", "detail"), [("Lê Đào viết đơn này", "họ tên"), ("Ông Lê và bà Đào", "")]
)
def test_a_name_of_two_words_is_recognised_only_whole(text, detail):
    [person] = checked_persons([{"name": "Lê Đào"}])
    assert identifying_detail(text, [person])[:6] == detail


def test_a_sender_does_only_what_their_nature_knows_and_not_for_ever(registered, system):
    complaint, secret = registered("complaint", whole=True)
    public = Actor.public()
    with pytest.raises(Refused, match="không làm được việc này"):
        citizen_step(complaint, "close", by=public, secret=secret)
    feedback, secret = registered("feedback", whole=True)
    feedback = walked(feedback, WAYS["feedback"]["answered"], system)
    Petition.objects.filter(pk=feedback.pk).update(reopened=3)
    with pytest.raises(Refused, match="mở lại 3 lần"):
        citizen_step(feedback, "reopen", by=public, secret=secret, text="Vẫn ngập")
    with pytest.raises(Denied):
        citizen_step(feedback, "reopen", by=public, secret="sai", text="Vẫn ngập")


def test_only_who_claims_a_petition_releases_it(registered, at):
    with pytest.raises(Refused, match="không do ông/bà nhận"):
        release_petition(registered("feedback"), by=at("petition_officer"))


def test_a_petition_is_not_handed_over_to_where_it_is(registered, system, country):
    theirs = {"eligible": True, "competent": False}
    petition = walked(registered("feedback"), (("classify", theirs),), system)
    fields = {"by": system, "to": country.here, "on": RECEIVED}
    assert field_of(hand_over_petition, petition, **fields) == "to"
    forwarded = hand_over_petition(petition, **fields | {"to": country.next_door})
    assert handover_chain(petition) == [petition, forwarded]


def test_feedback_is_shown_only_with_a_title(registered, system):
    petition = registered("feedback")
    assert field_of(show_petition, petition, by=system, title=" ", text="Đã dọn") == "title"
    assert show_petition(petition, by=system, title="Ngõ 5", text="Đã dọn").shown_title == "Ngõ 5"
    assert Petition.objects.shown().get() == petition
    assert show_petition(petition, by=system, title="", text="").shown_text == ""


def test_a_part_that_denounces_needs_words_for_what_stays(registered, system):
    petition = registered("complaint")
    fields = {"by": system, "matter": Matter.objects.get(key="official_conduct"), **TEXTS}
    assert field_of(split_petition, petition, nature="denunciation", **fields) == "rest_title"
    denunciation = registered("denunciation")
    assert field_of(split_petition, denunciation, nature="feedback", **fields) == "nature"


@pytest.mark.parametrize(
    ("state", "act", "values", "field"),
    [
        ("classified", "accept", {}, None),
        ("verifying", "extend", {"complexity": "very_complex"}, "complexity"),
        ("verifying", "extend", {"complexity": "complex", "text": ""}, "text"),
        ("verifying", "invite", {"dialogue_on": None}, "dialogue_on"),
        ("verifying", "decide", {"verdict": ""}, "verdict"),
        ("classified", "guide", {"elsewhere": "a" * 201}, "elsewhere"),
        ("sent", "publish", {}, ""),
        ("received", "classify", {"nature": "petition"}, "nature"),
        ("received", "classify", {"stage": "third"}, "nature"),
    ],
)
def test_an_act_without_what_it_needs_is_refused_on_its_field(
    registered, system, state, act, values, field
):
    way = list(WAYS["complaint"][state])
    if act == "guide":
        way = [("classify", {"eligible": True, "competent": False})]
    petition = walked(registered("complaint"), way, system)
    if field is None:
        assert step(petition, act, system, **values).accepted_on == RECEIVED
    else:
        assert field_of(step, petition, act, system, **values) == field
        assert Petition.objects.get().state == petition.state


def test_the_public_title_of_a_conclusion_is_of_one_line(registered, system):
    petition = walked(registered("denunciation"), WAYS["denunciation"]["sent"], system)
    assert field_of(step, petition, "publish", system, shown_title="a" * 181) == "shown_title"
    assert not Petition.objects.shown().exists()
    assert len(step(petition, "publish", system, shown_title="a" * 180).shown_title) == 180


def test_what_is_for_another_outcome_is_refused_in_words(registered, system):
    ours = walked(registered("complaint"), (("classify", OURS),), system)
    theirs = {"eligible": True, "competent": False}
    for act in ("guide", "return", "file"):
        with pytest.raises(Refused):
            step(ours, act, system)
    petition = walked(registered("complaint"), (("classify", theirs),), system)
    for act in ("accept", "refuse"):
        with pytest.raises(Refused):
            step(petition, act, system)
    denunciation = walked(registered("denunciation"), (("classify", OURS),), system)
    with pytest.raises(Refused, match="không rõ hoặc mạo danh"):
        step(denunciation, "use", system)


def test_a_time_limit_that_has_passed_is_not_extended(registered, system):
    petition = walked(registered("complaint"), WAYS["complaint"]["verifying"], system)
    resolving = clocks_of(petition).filter(state="open").latest("due_on")
    Obligation.objects.filter(pk=resolving.pk).update(due_on=RECEIVED + timedelta(days=1))
    late = RECEIVED + timedelta(days=2)
    assert field_of(step, petition, "extend", system, on=late) == "on"
    assert Petition.objects.get().complexity == ""


def test_a_promise_is_made_only_in_an_answer_that_may_be_read(registered, system, at):
    clerk = at("petition_officer")
    waiting = registered("feedback")
    assert petition_answer(clerk, waiting.uid) is None
    assert petition_promise_url(waiting, clerk) == ""
    answered = walked(registered("feedback"), WAYS["feedback"]["answered"], system)
    assert petition_answer(clerk, answered.uid).arguments["contact"] == ("email", PERSON["email"])
    assert petition_answer(at("petition_officer", "far"), answered.uid) is None
    silent = {"name": "Lê Văn Đào", "address": "Số 5", "phone": "0987654321"}
    by_phone = registered("feedback", persons=[silent | {"notify_by": "sms"}])
    by_phone = walked(by_phone, WAYS["feedback"]["answered"], system)
    assert petition_answer(clerk, by_phone.uid).arguments["contact"] == ("sms", "0987654321")
    nobody = walked(registered("feedback", persons=[silent]), WAYS["feedback"]["answered"], system)
    assert petition_answer(clerk, nobody.uid).arguments["contact"] is None


def test_an_answer_to_a_visitor_needs_its_words_and_ends_the_clock(visited, system):
    visit = visited(is_owed=True)
    assert Visit.objects.owed().get() == visit
    fields = {"by": system, "on": RECEIVED}
    assert field_of(answer_visit, visit, text=" ", **fields) == "text"
    assert field_of(answer_visit, visit, text="a" * 301, **fields) == "text"
    answer_visit(visit, text="Đã hướng dẫn", **fields)
    assert not Visit.objects.owed().exists()


def test_a_visit_of_a_denouncer_says_nothing_of_them(visited, system):
    visit = visited(note="Lê Thị Hạnh hẹn quay lại", guidance="Chờ kết quả", name="Lê Thị Hạnh")
    fields = {"by": system}
    named = "Lê Thị Hạnh tố cáo trưởng thôn"
    assert field_of(seal_visit, visit, content=named, **fields) == "content"
    sealed = seal_visit(visit, content="Tố cáo trưởng thôn", **fields)
    assert (sealed.note, sealed.guidance, sealed.name) == ("", "Chờ kết quả", "")
    with pytest.raises(Refused, match="đã được niêm phong"):
        seal_visit(sealed, content="Tố cáo", **fields)
    assert field_of(visited, content=" ") == "content"
    assert field_of(visited, nature="denunciation", content=named) == "content"


def test_a_deputy_receives_by_delegation_only_while_the_law_lets_them(law, system, country):
    def plan(**fields):
        return plan_reception_day(
            by=system,
            **{
                "unit": country.here,
                "office": "Chủ tịch UBND",
                "on": date(2026, 6, 1),
                "form": "delegated",
                "room": "Phòng tiếp công dân",
                "delegate": "Phó Chủ tịch",
                **fields,
            },
        )

    assert field_of(plan, delegate="") == "delegate"
    assert plan(is_deputy=True).is_deputy is True
    assert field_of(plan, is_deputy=True, on=date(2026, 7, 2)) == "delegate"
    assert plan(on=date(2026, 7, 2)).delegate == "Phó Chủ tịch"
    assert ReceptionDay.objects.count() == 2


@pytest.mark.django_db
def test_a_hall_is_refused_in_words_of_its_own(clock):
    clock.set(RECEIVED)
    for purpose in ("follow", "hall"):
        for _ in range(MOST[purpose]):
            limit_rate(purpose, "10.0.0.1")
    with pytest.raises(TooOften, match="người tiếp công dân"):
        limit_rate("follow", "10.0.0.1")
    with pytest.raises(TooOften, match="bàn đón tiếp"):
        limit_rate("hall", "10.0.0.1")


@pytest.mark.django_db
def test_who_searches_too_much_is_told_in_how_many_minutes_to_come_back(clock, monkeypatch):
    clock.set(RECEIVED)
    monkeypatch.setitem(MOST, "search", 2)
    for _ in range(2):
        limit_rate("search", "10.0.0.1")
    with pytest.raises(TooOften, match="sau [1-6] phút"):
        limit_rate("search", "10.0.0.1")


@pytest.mark.django_db
def test_guessing_at_accounts_is_refused_without_the_way_to_the_office_of_reception(clock):
    clock.set(RECEIVED)
    for _ in range(MOST["account"]):
        limit_rate("account", "10.0.0.1")
    with pytest.raises(TooOften, match="Hãy thử lại sau[.]$"):
        limit_rate("account", "10.0.0.1")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "number"), [(Denied("Mã sai"), 1), (ZeroDivisionError(), 0), (None, 0)]
)
def test_only_a_wrong_secret_counts_against_who_looks_it_up(clock, error, number):
    clock.set(RECEIVED)
    with suppress(Denied, ZeroDivisionError), limit_wrong("follow", "10.0.0.1", Denied):
        if error:
            raise error
    assert Knock.objects.get().number == number


def test_a_claim_is_released_by_who_made_it(registered, at):
    clerk = at("petition_officer")
    petition = claim_petition(registered("feedback"), by=clerk)
    assert Petition.objects.claimed_by(clerk).get() == petition
    assert release_petition(petition, by=clerk).claimed_by_id is None
    with pytest.raises(Denied):
        claim_petition(petition, by=Actor.system("dòng lệnh"))


def test_a_visitor_is_answered_once(visited, system):
    visit = visited(is_owed=True)
    fields = {"by": system, "on": RECEIVED, "text": "Đã hướng dẫn"}
    answer_visit(visit, **fields)
    with pytest.raises(Refused, match="đã được trả lời"):
        answer_visit(visit, **fields)
    with pytest.raises(Refused, match="không cần thông báo"):
        issue_refusal(visit, by=system, on=RECEIVED, number="7/TB")


def test_a_row_is_named_by_its_number_or_code_and_by_no_person(registered, visited, system):
    petition = registered("feedback", files=[(BytesIO(b"%PDF-1.4\n%%EOF\n"), "don.pdf")])
    rows = [
        petition,
        petition.matter,
        petition.petitioners.get(),
        petition.steps.get(),
        petition.papers.get(),
        visited(name="Nguyễn Thị Mận"),
        plan_reception_day(
            by=system,
            unit=petition.unit,
            office="Chủ tịch UBND",
            on=RECEIVED,
            form="periodic",
            room="P1",
        ),
    ]
    names = [str(row) for row in rows]
    assert names[0] == petition.code and names[1] == "land_use"
    assert names[-1] == "Chủ tịch UBND 2026-03-02"
    assert [name for name in names if "Mận" in name or not name] == []


def test_the_matters_of_the_product_are_loaded_once(law, system):
    number = Matter.objects.count()
    assert load_matters(by=system) == 0 and Matter.objects.count() == number
    with pytest.raises(Denied):
        load_matters(by=Actor.public())


def test_only_a_complaint_whose_day_is_known_has_a_time_bar(registered):
    assert time_bar(registered("feedback")) is None
    assert time_bar(registered("complaint")) is None
    assert time_bar(registered("complaint", known_on=date(2026, 2, 2))).due_on > RECEIVED
    assert time_bar(registered("complaint", stage="second")) is None
    assert time_bar(registered("complaint", stage="judged", known_on=RECEIVED)) is None


def test_a_matter_of_a_lower_level_is_answered_by_the_place_itself(law, country):
    land = Matter.objects.get(key="land_use")
    assert handler_of(land, country.province, RECEIVED)[0] == country.province


def test_a_counter_and_a_text_are_named_by_what_they_count_and_say(clock, country, system):
    clock.set(RECEIVED, hour=9)
    limit_rate("send", "10.0.0.1")
    assert str(Knock.objects.get()) == f"{Knock.objects.get().hour:%H:%M} 1"
    fields = {"by": system, "unit": country.here, "act": "answer", "text": "Đã dọn"}
    assert str(keep_answer_text(title="Đã dọn", **fields)) == "Đã dọn"


@pytest.mark.case("FA7", "SE-M5")
def test_the_open_files_of_a_denunciation_do_not_say_who_made_them(registered, system, at):
    files = [
        (BytesIO(content), f"a.{ending}")
        for content, ending in ((samples.docx(), "docx"), (jpeg(), "jpg"), (samples.pdf(), "pdf"))
    ]
    petition = registered("denunciation", open_files=files)
    papers = [row.paper.path.read_bytes() for row in petition.papers.all()]
    assert len(papers) == 3
    for trace in (samples.MARK, "Trần Thị Tám", "Máy ảnh", "2025:08:11"):
        assert not any(trace.encode() in paper for paper in papers)
    emf = samples.docx(**{"word/media/image2.emf": b"\x01\0\0\0"})
    with pytest.raises(Refused, match="Không xóa được thông tin về người soạn"):
        registered("denunciation", open_files=[(BytesIO(emf), "b.docx")])
    for content, name in ((emf, "b.docx"), (jpeg(), "c.jpg")):
        assert registered("feedback", files=[(BytesIO(content), name)]).papers.exists()
