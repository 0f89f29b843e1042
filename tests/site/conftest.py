"""The whole site with somebody in every office: at a ward, at the ward beside it, and above
both.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from PIL import Image

from danchu.casework.actions import (
    book_place,
    keep_answer_text,
    plan_reception_day,
    record_visit,
    refuse_reception,
    register_petition,
)
from danchu.casework.loading import load_matters
from danchu.casework.models import Matter
from danchu.conference.actions import close_poll, declare_poll, draft_poll, open_poll
from danchu.conference.actions.conferences import convene_conference, draft_conference
from danchu.conference.actions.delegates import add_delegate
from danchu.conference.actions.passes import issue_pass
from danchu.conference.actions.points import add_point
from danchu.conference.actions.programme import add_item, add_item_paper
from danchu.conference.actions.running import open_conference
from danchu.consultation.actions import (
    ask_question,
    enter_opinion,
    open_consultation,
    plan_consultation,
    write_content,
)
from danchu.decision.actions import (
    announce_meeting,
    close_form,
    confirm_works,
    enter_count_sheet,
    enter_household,
    enter_roll_sheet,
    enter_works,
    open_meeting,
    open_online,
    photograph_sheet,
    plan_online,
    propose_decision,
)
from danchu.decision.models import OnlinePoll, SheetKind
from danchu.decision.sheet_codes import sheet_code
from danchu.decision.writes.choices import YES, write_choice
from danchu.desk import navigation
from danchu.disclosure import actions as disclosing
from danchu.disclosure.actions.postings import Evidence
from danchu.disclosure.actions.requests import Asker
from danchu.disclosure.loading import load_catalogue
from danchu.disclosure.models import CouncilReport, InformationRequest, Item
from danchu.figures import sums
from danchu.inspection.actions import (
    ask_verification,
    confirm_recommendation,
    draft_recommendation,
    open_report,
    open_term,
    plan_round,
    record_finding,
    register_project,
    write_round,
)
from danchu.journal.actions import publish_checkpoint
from danchu.kernel.days import now, today
from danchu.kernel.reading import is_reading
from danchu.law.loading import load_law
from danchu.minutes import actions as minuting
from danchu.minutes.input.blocks import BlockInput, Mark
from danchu.obligations.actions import owe
from danchu.people import actor
from danchu.people.actions import appoint, create_account
from danchu.people.actor import Actor
from danchu.people.loading import load_office_kinds
from danchu.people.models import OfficeKind
from danchu.register import actions
from danchu.reports.actions import enter_score, seal_report, start_report
from danchu.reports.document import fill
from danchu.reports.template import read_form
from danchu.staff.actions import invite
from danchu.units.actions import open_body, open_village
from danchu.units.find import unit_from
from danchu.units.models import Unit
from danchu.units.sources_load import load_units
from danchu.village.actions import post_convention
from tests.country import on_copy
from tests.decision.played import EMPTY, TEAM, ballots_out, propose
from tests.migrated import installed_template
from tests.village import played as villages

BY = Actor.system("test")
PASSWORD = "mot-cau-dai-de-nho"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
REPORT = "ha-noi-2023"
SINCE = date(2025, 7, 1)
UID = UUID("5f0f9e4e-2a55-4f39-9d3c-0d4f7f8f1a11")
ABOVE = ("steering_officer", "committee_chair", "province_reporter", "operator")


def picture():
    """A small PNG file."""
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    file.seek(0)
    return file


@dataclass
class World:
    """`accounts` by "office@place"; places are own, other (the ward beside) and above (the
    city).
    """

    accounts: dict = field(default_factory=dict)
    places: dict = field(default_factory=dict)

    def _voted_online(self):
        """The first poll of a vote on line, which is over."""
        day = today()
        decision = propose(self.village, BY, item=6, title="Giờ đóng cổng")
        days = {"on": day, "reported_on": day, "since": day, "until": day}
        decision = open_online(
            plan_online(decision, by=BY, team=TEAM, leader="front", **days), by=BY
        )
        poll = OnlinePoll.objects.get(vote__decision=decision)
        write_choice(poll, poll.vote.entries.get().pk, YES)
        close_form(decision, by=BY, until=day)
        return poll

    @staticmethod
    def _photographed(sheet):
        picture = BytesIO()
        Image.new("RGB", (8, 8)).save(picture, "PNG")
        picture.seek(0)
        return photograph_sheet(sheet, by=BY, photo=picture, photo_name="to-giay.png")

    def _posted(self, content):
        """Photos and signed sheets of the content, one posting each."""
        head = disclosing.open_place(
            by=BY,
            unit=content.unit,
            kind="village_head",
            name="Tổ trưởng Tổ 1",
            since=SINCE,
            village=self.village,
        )
        for form, place, proof in (
            ("posting", self.posting_place, "photo"),
            ("village_head", head, "sheet"),
        ):
            evidence = Evidence(
                proof,
                taken_at=datetime(2026, 1, 12, 2, tzinfo=UTC),
                file=picture(),
                file_name="anh.png",
            )
            disclosing.post_content(
                content, by=BY, form=form, place=place, since=date(2026, 1, 12), evidence=evidence
            )
        return {one.proof: one.uid for one in content.postings.all()}

    def things(self):
        """What is recorded at the ward "own"."""
        ward = self.places["own"]
        self.body = open_body(
            ward,
            by=BY,
            kind="fatherland_front",
            name="Ủy ban MTTQ Việt Nam phường Ba Đình",
            since=SINCE,
        )
        self.village = open_village(
            ward, by=BY, name="Tổ dân phố số 1", kind="to_dan_pho", since=SINCE
        )
        self.household = enter_household(
            by=BY,
            unit=self.village,
            number=1,
            since=SINCE,
            representative="Lê Văn Tám",
            address="Số 1",
        )
        decision = propose_decision(
            by=BY,
            unit=self.village,
            item=1,
            title="Làm đường ngõ 5",
            content="Rộng ba mét.",
            proposer="head",
            proposed_on=date(2026, 2, 1),
        )
        decision = announce_meeting(
            decision, by=BY, on=date(2026, 2, 2), planned_on=date(2026, 2, 7)
        )
        self.decision = open_meeting(decision, by=BY, chair="Trần Văn Trưởng")
        works = {"title": "Cống ngõ 3", "why": "gift", "finished_on": date(2026, 1, 9)}
        works |= {"unit": self.village, "value": 5, "money": 5}
        self.works = confirm_works(enter_works(by=BY, **works), by=BY)
        self.election = villages.posted(self.village, BY)
        self.head = villages.head(self.village, BY)
        self.convention = post_convention(
            villages.drafted(self.village, BY), by=BY, on=date(2025, 12, 1)
        )
        self.village_conference = villages.convened(self.village, BY)
        balloted = ballots_out(propose(self.village, BY, item=6), BY)
        self.roll_code, self.count_code = (
            sheet_code(balloted, 1, kind) for kind in (SheetKind.ISSUED, SheetKind.COUNT)
        )
        self.roll_sheet = self._photographed(
            enter_roll_sheet(by=BY, code=self.roll_code, households="1")
        )
        counts = {**EMPTY, "issued": 1, "returned": 1, "yes": 1}
        self.count_sheet = self._photographed(
            enter_count_sheet(by=BY, code=self.count_code, **counts)
        )
        self.online_poll = self._voted_online()
        self.draft, self.confirmed = (
            actions.draft_event(
                "dialogue", by=BY, unit=ward, held_on=date(2026, 3, 3), title=f"Đối thoại {n}"
            )
            for n in (1, 2)
        )
        actions.confirm_event(self.confirmed, by=BY)
        self.draft_paper = actions.attach_paper(self.draft, BytesIO(PDF), "bien-ban.pdf", by=BY)
        self.statement = actions.draft_statement(
            by=BY,
            body=self.body,
            indicator="supervisions_217",
            since=date(2026, 1, 1),
            until=date(2026, 3, 1),
            amount=7,
        )
        actions.attach_paper(self.statement, BytesIO(PDF), "ban-ky.pdf", by=BY)
        self.stated = actions.draft_statement(
            by=BY,
            body=self.body,
            indicator="supervisions_217",
            since=date(2025, 9, 1),
            until=date(2026, 1, 1),
            amount=7,
        )
        actions.attach_paper(self.stated, BytesIO(PDF), "ban-ky.pdf", by=BY)
        actions.confirm_statement(self.stated, by=BY)
        self.obligation = owe(
            by=BY,
            unit=ward,
            rule_key="pib.answer",
            event_on=date(2026, 3, 3),
            title="Trả lời kiến nghị",
        )
        board = open_body(
            ward,
            by=BY,
            kind="peoples_inspection_board",
            name="Ban Thanh tra nhân dân phường Ba Đình",
            since=SINCE,
        )
        self.recommendation = confirm_recommendation(
            draft_recommendation(
                by=BY,
                board=board,
                answerer=self.body,
                title="Kiến nghị",
                finding="Thu sai",
                found_on=date(2026, 3, 3),
            ),
            by=BY,
        )
        matter = Matter.objects.get(key="road")
        given = {
            "by": BY,
            "channel": "counter",
            "matter": matter,
            "unit": ward,
            "place": ward,
            "content": "Ngõ ngập",
            "received_on": date(2026, 3, 3),
            "persons": [{"name": "Lê Văn Tám", "address": "Số 1"}],
        }
        self.petition, _secret = register_petition(
            nature="feedback", title="Ngõ ngập nước", files=[(BytesIO(PDF), "don.pdf")], **given
        )
        self.denounced, _secret = register_petition(
            nature="denunciation", title="Thu tiền sai", **given
        )
        self.reception_day = plan_reception_day(
            by=BY,
            unit=ward,
            office="Chủ tịch UBND",
            on=date(2026, 3, 3),
            form="periodic",
            room="P1",
            places=3,
        )
        self.booking, _secret = book_place(
            plan_reception_day(
                by=BY,
                unit=ward,
                office="Chủ tịch UBND",
                on=today() + timedelta(days=9),
                form="periodic",
                room="P1",
                places=3,
            ),
            by=BY,
            name="Lê Văn Mười",
            phone="0912345678",
            matter="Hỏi về hè phố",
        )
        self.answer_text = keep_answer_text(
            by=BY, unit=ward, act="answer", title="Mẫu", text="Đã làm"
        )
        self.visit = record_visit(
            by=BY,
            unit=ward,
            received_on=date(2026, 3, 3),
            form="regular",
            name="Lê Văn Tám",
            content="Hỏi",
            nature="feedback",
        )
        self.refused = refuse_reception(
            by=BY,
            unit=ward,
            reason="settled",
            received_on=date(2026, 3, 3),
            form="regular",
            name="Lê Văn Chín",
            content="Đòi đất",
            nature="complaint",
            handled_before="UBND thành phố, Thông báo 12/TB-UBND",
        )
        self.term = open_term(by=BY, board=board, since=SINCE, until=date(2030, 7, 1))
        self.plan = plan_round(
            by=BY, board=board, span="quarter", title="Thu chi quỹ", planned_on=date(2026, 5, 4)
        )
        load_catalogue(by=BY)
        self.disclosure_item = Item.objects.get(key="commune.2")
        self.posting_place = disclosing.open_place(
            by=BY, unit=ward, kind="seat", name="Trụ sở UBND phường", since=SINCE
        )
        self.disclosure = disclosing.open_content(
            by=BY,
            unit=ward,
            item=self.disclosure_item,
            title="Dự toán ngân sách năm 2026",
            decided_on=date(2026, 1, 9),
            file=BytesIO(PDF),
            file_name="du-toan.pdf",
        )
        self.posted = self._posted(self.disclosure)
        self.disclosure_plan = disclosing.begin_plan(by=BY, unit=ward, year=2026)
        disclosing.add_line(
            self.disclosure_plan,
            by=BY,
            item="commune.2",
            title="Quyết toán",
            planned_on=date(2026, 3, 3),
        )
        disclosing.adopt_plan(self.disclosure_plan, by=BY, on=date(2026, 3, 3), document="5/KH")
        self.asked = disclosing.ask_information(
            by=BY, unit=ward, question="Quyết toán quỹ", asker=Asker("Lê Văn Tám")
        )[0]
        InformationRequest.objects.filter(pk=self.asked.pk).update(
            paper=self.disclosure.versions.get().paper, paper_name="quy.pdf"
        )
        self.council_report = CouncilReport.objects.create(
            uid=uuid4(),
            unit=ward,
            since=date(2025, 12, 1),
            until=date(2026, 6, 1),
            text="I. Công khai",
            made_by="thử",
            made_at=now(),
        )
        self.contest = disclosing.contest_posting(
            self.disclosure,
            by=BY,
            posting=self.disclosure.postings.get(uid=self.posted["photo"]),
            seen_on=date(2026, 3, 3),
            text="Bảng trống",
            file=picture(),
            file_name="bang.png",
        )
        self.project = register_project(
            by=BY,
            unit=ward,
            name="Nhà văn hóa",
            owner="UBND phường",
            capital="community",
            begun_on=date(2025, 9, 1),
        )
        self.consultation = plan_consultation(
            by=BY,
            unit=ward,
            planned_on=date(2026, 3, 3),
            matter=3,
            title="Mở rộng đường",
            plan="Họp từng tổ",
            ways=["meeting"],
            responsible="Văn phòng",
        )
        day = self.consultation.planned_on
        write_content(self.consultation, by=BY, on=day, text="Mỗi hộ hiến hai mét đất.")
        self.consultation = open_consultation(
            self.consultation, by=BY, on=day, until=day + timedelta(days=20)
        )
        self.opinion = enter_opinion(
            by=BY,
            consultation=self.consultation,
            received_on=day,
            way="paper",
            stance="disagree",
            text="Hiến một mét thôi",
        )
        self.question = ask_question(self.consultation, by=BY, text="Có mở rộng đường không?")
        self.finding = record_finding(
            by=BY, board=board, found_on=date(2026, 3, 3), title="Thu quỹ sai mức"
        )
        self.round = write_round(
            UID,
            by=BY,
            board=board,
            held_on=date(2026, 3, 3),
            title="Thu chi quỹ",
            photos=[("a" * 64, "a.jpg", 9)],
        )
        self.hall = draft_conference(
            by=BY, unit=ward, title="Hội nghị quán triệt Luật", starts_at=now()
        )
        self.hall_paper = add_item_paper(
            add_item(self.hall, by=BY, title="Khai mạc"), BytesIO(PDF), "chuong-trinh.pdf", by=BY
        )
        self.hall_point = add_point(self.hall, by=BY, unit=ward, name="Điểm cầu phường")
        self.hall_delegate = add_delegate(
            self.hall, by=BY, name="Lê Văn Tám", point=self.hall_point
        )
        self.hall_pass, _code = issue_pass(self.hall, by=BY, role="projector")
        self.hall = open_conference(convene_conference(self.hall, by=BY), by=BY)
        given = {
            "by": BY,
            "title": "Thông qua",
            "options": ["Có", "Không"],
            "kind": "opinion",
            "secrecy": "named",
        }
        self.poll, self.drafted_poll = (draft_poll(self.hall, **given) for _n in range(2))
        declare_poll(close_poll(open_poll(self.poll, by=BY), by=BY), by=BY)
        self.verification = ask_verification(
            by=BY,
            board=board,
            asker="front",
            title="Đất công",
            content="Xác minh",
            asked_on=date(2026, 3, 3),
            until=date(2026, 3, 20),
        )
        self.board_report = open_report(
            by=BY, board=board, title="Đột xuất", since=SINCE, until=date(2026, 3, 1)
        )
        self.minutes, self.shown = (
            minuting.draft_minutes(
                by=BY,
                unit=ward,
                held_on=date(2026, 3, 3),
                title=f"Biên bản {n}",
                blocks=[BlockInput("Ngõ 5 thiếu đèn.", marks=(Mark("opinion"),))],
            )
            for n in (1, 2)
        )
        minuting.approve_minutes(self.shown, by=BY, is_public=True)
        self.promise = minuting.make_commitment(
            by=BY,
            unit=ward,
            title="Lắp đèn ngõ 5",
            text="Sẽ lắp đèn.",
            made_on=date(2026, 3, 3),
            due_on=date(2026, 6, 1),
            office="Chủ tịch UBND phường",
        )
        minuting.fulfil_commitment(
            self.promise,
            by=BY,
            on=date(2026, 3, 4),
            text="Đã lắp.",
            files=[(BytesIO(PDF), "anh.pdf")],
            is_public=True,
        )
        self.office_invitation = invite(
            by=BY,
            email="moi@example.vn",
            name="Lê Thị Mới",
            office_kind=OfficeKind.objects.get(key="commune_clerk"),
            unit=ward,
            since=SINCE,
            grounds="Quyết định 1/QĐ-UBND",
            channel="letter",
        )
        self.office_report = start_report(
            by=BY, unit=ward, since=date(2026, 1, 1), last=date(2026, 3, 31), title="Quý I"
        )
        self.score = enter_score(
            by=BY,
            unit=self.places["above"],
            series="sipas",
            year=2025,
            score=Decimal("80.5"),
            rank=None,
            source="Quyết định 1/QĐ-BNV",
        )
        self.seal = seal_report(fill(read_form(REPORT)), by=BY)
        self.checkpoint = publish_checkpoint(by=BY)


def places_today():
    """{place: unit} of a World, once the country is loaded."""
    codes = {"own": "00004", "other": "00008", "above": "01"}
    units = {place: unit_from(f"{code}@{today().isoformat()}") for place, code in codes.items()}
    return units | {"nation": Unit.objects.get(level="nation")}


@pytest.fixture(scope="package")
def peopled(django_db_setup, django_db_blocker, tmp_path_factory):
    """A World, for all files of this folder that a worker runs one after another; what a test
    writes is taken back.
    """
    from django.test import override_settings

    papers = tmp_path_factory.mktemp("papers")
    with (
        django_db_blocker.unblock(),
        on_copy("country", installed_template),
        transaction.atomic(),
        override_settings(DEMO=True, PAPERS_ROOT=papers, VAULT_ROOT=papers / "vault"),
    ):
        load_units(by=BY)
        load_law(by=BY)
        load_matters(by=BY)
        load_office_kinds(by=BY)
        world = World(places=places_today())
        for office in OfficeKind.objects.order_by("key"):
            for place in ("own", "other", *(["above"] if office.key in ABOVE else [])):
                world.accounts[f"{office.key}@{place}"] = _official(
                    office, world.places[place], f"{office.key}.{place}"
                )
        world.things()
        yield world
        transaction.set_rollback(True)


def _official(office, unit, name):
    account = create_account(
        by=BY, email=f"{name}@example.vn".replace("_", "-"), name=name, password=PASSWORD
    )
    appoint(account, by=BY, office_kind=office, unit=unit, since=SINCE)
    return account


@pytest.fixture(scope="module", autouse=True)
def _sums_kept():
    """Hundreds of pages sum up the same world: what one that only reads has asked of the
    database, the next need not.
    """
    plain, kept = sums._amounts, {}

    def amounts(asked):
        if not is_reading():
            return plain(asked)
        names = [(flow.key, period, units) for flow, period, units in asked]
        missing = {name: one for name, one in zip(names, asked, strict=True) if name not in kept}
        kept.update(zip(missing, plain(list(missing.values())), strict=True))
        return [kept[name] for name in names]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sums, "_amounts", amounts)
        yield


@pytest.fixture(scope="module", autouse=True)
def _waiting_counted_once():
    """Nor need the numbers beside the navigation, a fifth of a page of the desk, be counted for
    each page again.
    """
    plain, kept = navigation.numbers_of, {}

    def numbers_of(asker):
        name = (asker.key, asker.day, asker.lacks_second_factor)
        if name not in kept:
            kept[name] = plain(asker)
        return kept[name]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(navigation, "numbers_of", numbers_of)
        yield


@pytest.fixture(autouse=True)
def _rights_kept(monkeypatch):
    """Who asks for hundreds of pages has the same rights for each: what an act changes is taken
    back before the next.
    """
    monkeypatch.setattr(actor, "_rights", cache(actor._rights))


@pytest.fixture
def world(peopled, db):
    return peopled
