"""A letter that turns out to denounce is sealed wherever it has been."""

import io
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from danchu.casework.actions import (
    hand_over_petition,
    record_visit,
    register_petition,
    seal_earlier_files,
    split_petition,
    take_step,
    turn_into_denunciation,
)
from danchu.casework.models import Matter, Petition, Petitioner, PetitionPaper, Step, Visit
from danchu.casework.queries.sealed_chains import is_part, open_file_problems, open_files
from danchu.casework.sections.petition_acts import ACTS
from danchu.journal.verify_rows import row_problems
from danchu.kernel.refusals import Denied, Refused
from danchu.papers.models import Paper
from tests.vault.test_vault import PAPER, PLANTED, _dump

DAY = date(2026, 3, 2)
MARKS = [*PLANTED.values(), "Kín Đáo", "kin-dao", "kin dao", "Lặng Thinh"]


@pytest.fixture
def letter(law, country, system, keys_apart):
    """A letter of feedback with everything about its sender in it, at the first ward."""

    def receive(nature="feedback"):
        petition, _secret = register_petition(
            by=system,
            nature=nature,
            channel="counter",
            matter=Matter.objects.get(key="order"),
            unit=country.here,
            persons=[PLANTED],
            title=f"Ông trưởng thôn thu tiền của {PLANTED['name']}",
            content=f"Tôi, {PLANTED['name']}, {PLANTED['phone']}",
            files=[(io.BytesIO(PAPER), "don-cua-tran-thi-kin-dao.pdf")],
            received_on=DAY,
        )
        return petition

    return receive


def forward(petition, to, by):
    """The file at the unit that the petition is handed over to."""
    petition = take_step(
        petition, "classify", by=by, on=petition.moved_on, eligible=True, competent=False
    )
    return hand_over_petition(petition, by=by, to=to, on=petition.moved_on, text="Chuyển")


def shown(settings):
    """[(table or file, mark)] of what the database and the disk say of the planted person."""
    texts = [*_dump()]
    for path in settings.PAPERS_ROOT.rglob("*"):
        if path.is_file():
            texts.append((path.name, path.read_bytes().decode("utf-8", "replace")))
    return [
        (place, mark) for place, text in texts for mark in MARKS if mark.lower() in text.lower()
    ]


@pytest.mark.parametrize("moves", [1, 2])
@pytest.mark.case("SE-H2")
def test_a_letter_handed_over_before_it_turned_is_sealed_at_every_unit(
    letter, country, system, settings, moves, django_capture_on_commit_callbacks
):
    first = last = letter()
    visit = record_visit(
        by=system,
        unit=country.here,
        received_on=DAY,
        form="regular",
        name=PLANTED["name"],
        address=PLANTED["address"],
        content=f"{PLANTED['name']} nói về trưởng thôn",
        nature="feedback",
    )
    Visit.objects.filter(pk=visit.pk).update(petition=first)
    for to in (country.next_door, country.here)[:moves]:
        last = forward(last, to, system)
    assert shown(settings)
    with django_capture_on_commit_callbacks(execute=True):
        turned = turn_into_denunciation(
            last, by=system, title="Trưởng thôn thu tiền", content="Thu tiền trái quy định"
        )
    assert shown(settings) == []
    assert open_files() == [] and not Petitioner.objects.exists() and not Paper.objects.exists()
    assert Visit.objects.get().sealed_id
    first.refresh_from_db()
    assert (first.nature, first.state, first.title) == ("feedback", "forwarded", turned.title)
    assert first.sender_key == "" and first.sealed_id is None


def test_a_denouncing_part_split_off_after_a_hand_over_leaves_no_word_of_it_behind(
    letter, country, system, settings, django_capture_on_commit_callbacks
):
    first = letter()
    last = forward(first, country.next_door, system)
    with django_capture_on_commit_callbacks(execute=True):
        split_petition(
            last,
            by=system,
            nature="denunciation",
            matter=Matter.objects.get(key="official_conduct"),
            title="Trưởng thôn thu tiền",
            content="Thu tiền trái quy định",
            rest_title="Đường xấu",
            rest_content="Đường thôn hỏng",
        )
    for petition in (first, last):
        petition.refresh_from_db()
        assert (petition.title, petition.content) == ("Đường xấu", "Đường thôn hỏng")
    assert not PetitionPaper.objects.exists() and not Paper.objects.exists()
    texts = [text for table, text in _dump() if table == "casework_petition"]
    assert not [text for text in texts if "kin-dao" in text or PLANTED["phone"] in text]


REST = {"rest_title": "Đường xấu", "rest_content": "Đường thôn hỏng"}


@pytest.mark.case("SE-H2")
@pytest.mark.parametrize("way", ["at one unit", "handed over before and after", "of a part"])
def test_a_part_that_turns_takes_the_letter_out_of_where_it_was_split_from(
    letter, country, system, settings, way, django_capture_on_commit_callbacks
):
    """The letter stays with the first file, and so did its text and its papers."""
    first = whole = letter()
    if way != "at one unit":
        whole = forward(first, country.next_door, system)
    road = {"nature": "feedback", "matter": Matter.objects.get(key="road"), "by": system}
    part, _secret = split_petition(whole, **road, title="Ngõ xấu", content="Ngõ hỏng")
    words = {"by": system, "title": "Trưởng thôn thu tiền", "content": "Thu tiền trái quy định"}
    with django_capture_on_commit_callbacks(execute=True):
        if way == "of a part":
            conduct = Matter.objects.get(key="official_conduct")
            split_petition(part, nature="denunciation", matter=conduct, **words, **REST)
        else:
            if way != "at one unit":
                part = forward(part, country.here, system)
            assert is_part(part)
            form = next(act.form for act in ACTS if act.name == "turn")
            asked = [{*form(one, system).fields} & {*REST} for one in (first, part)]
            assert asked == [set(), {*REST}]
            with pytest.raises(Refused) as refusal:
                turn_into_denunciation(part, **words)
            assert {one.field for one in refusal.value.every} == {"rest_title", "rest_content"}
            turn_into_denunciation(part, **words, **REST)
    assert {place for place, _mark in shown(settings)} == {"casework_petitioner"}
    assert not PetitionPaper.objects.exists() and not Paper.objects.exists()
    for petition in {first.pk: first, whole.pk: whole}.values():
        petition.refresh_from_db()
        assert (petition.title, petition.content) == tuple(REST.values())
        assert petition.petitioners.exists() and petition.nature == "feedback"
    denunciation = Petition.objects.get(nature="denunciation")
    assert denunciation.split_from is None and not denunciation.petitioners.exists()


@pytest.mark.case("SE-H2")
def test_what_officials_wrote_of_the_sender_is_sealed_with_the_letter(
    letter, country, system, settings, django_capture_on_commit_callbacks
):
    first = letter()
    text = f"Chuyển đơn của {PLANTED['name']}, {PLANTED['phone']}"
    sorted_out = {"by": system, "on": DAY, "eligible": True, "competent": False, "text": text}
    petition = take_step(first, "classify", **sorted_out)
    last = hand_over_petition(petition, by=system, to=country.next_door, on=DAY, text=text)
    assert [step.text for step in Step.objects.exclude(text="")] == [text, text]
    with django_capture_on_commit_callbacks(execute=True):
        turn_into_denunciation(last, by=system, title="Thu tiền", content="Thu tiền trái quy định")
    assert shown(settings) == []
    assert Step.objects.count() >= 4 and [*row_problems()] == []


def test_the_words_of_a_step_are_emptied_and_never_written_anew(letter, system):
    petition = take_step(
        letter(), "classify", by=system, on=DAY, eligible=True, competent=True, text="Đã xem"
    )
    steps = Step.objects.filter(petition=petition).exclude(text="")
    for change in ({"text": "Khác"}, {"text": "", "on": date(2026, 3, 3)}, {"number": 9}):
        with pytest.raises(DatabaseError, match="step"), transaction.atomic():
            steps.update(**change)
    with pytest.raises(DatabaseError, match="step"), transaction.atomic():
        steps.get().delete()


@pytest.mark.case("SE-H2")
@pytest.mark.parametrize("copy", ["running", "ended", "of the copy", "handed over"])
def test_the_same_letter_registered_again_is_sealed_with_it(
    letter, country, system, settings, copy, django_capture_on_commit_callbacks
):
    first = letter()
    second = letter()
    link = {"same_as": first}
    if copy == "of the copy":
        third = letter()
        Petition.objects.filter(pk=third.pk).update(same_as=second)
    Petition.objects.filter(pk=second.pk).update(**link)
    if copy == "ended":
        second = take_step(second, "withdraw", by=system, on=DAY, text="Rút đơn")
    elif copy == "handed over":
        second = forward(second, country.next_door, system)
    with django_capture_on_commit_callbacks(execute=True):
        turned = turn_into_denunciation(
            first, by=system, title="Thu tiền", content="Thu tiền trái quy định"
        )
    assert shown(settings) == []
    assert not Petitioner.objects.exists() and not Paper.objects.exists()
    running = Petition.objects.filter(state="received").exclude(pk=turned.pk)
    expected = {"running": 1, "ended": 0, "of the copy": 2, "handed over": 1}[copy]
    assert [one.nature for one in running] == ["denunciation"] * expected
    assert all(one.same_as_id == turned.pk and one.sealed_id for one in running)
    assert len({one.sealed_id for one in (turned, *running)}) == expected + 1
    second.refresh_from_db()
    assert second.title == "Thu tiền"
    assert second.nature == ("feedback" if copy == "ended" else "denunciation")


def test_a_denouncing_part_takes_the_letter_out_of_its_copies_too(
    letter, system, settings, django_capture_on_commit_callbacks
):
    first, second = letter(), letter()
    Petition.objects.filter(pk=second.pk).update(same_as=first)
    conduct = Matter.objects.get(key="official_conduct")
    words = {"title": "Trưởng thôn thu tiền", "content": "Thu tiền trái quy định"}
    with django_capture_on_commit_callbacks(execute=True):
        split_petition(first, by=system, nature="denunciation", matter=conduct, **words, **REST)
    assert {place for place, _mark in shown(settings)} == {"casework_petitioner"}
    second.refresh_from_db()
    assert (second.title, second.same_as_id) == ("Đường xấu", first.pk)


def test_an_ended_letter_is_sealed_when_a_part_of_it_turns(
    letter, system, settings, django_capture_on_commit_callbacks
):
    first = letter()
    road = {"nature": "feedback", "matter": Matter.objects.get(key="road"), "by": system}
    part, _secret = split_petition(first, **road, title="Ngõ xấu", content="Ngõ hỏng")
    take_step(first, "withdraw", by=system, on=DAY, text="Rút đơn")
    with django_capture_on_commit_callbacks(execute=True):
        turn_into_denunciation(part, by=system, title="Thu tiền", content="Thu tiền", **REST)
    assert {place for place, _mark in shown(settings)} == {"casework_petitioner"}


def test_no_later_letter_of_the_sender_points_to_the_denunciation(letter, country, system):
    first = letter()
    other = letter()
    Petition.objects.filter(pk=other.pk).update(follows=first)
    last = forward(first, country.next_door, system)
    turn_into_denunciation(last, by=system, title="Thu tiền", content="Thu tiền trái quy định")
    other.refresh_from_db()
    assert other.follows_id is None and other.petitioners.exists()
    assert open_files() == []


def test_files_that_an_earlier_version_left_open_are_named_and_sealed(
    letter, country, system, settings, at, django_capture_on_commit_callbacks
):
    first = letter()
    last = forward(first, country.next_door, system)
    before = Petition.objects.filter(pk=first.pk).values("title", "content", "sender_key").get()
    with django_capture_on_commit_callbacks(execute=True):
        turn_into_denunciation(last, by=system, title="Thu tiền", content="Thu tiền trái quy định")
    assert seal_earlier_files(by=system) == 0
    Petition.objects.filter(pk=first.pk).update(**before)
    Petitioner.objects.create(petition=first, order=0, **PLANTED)
    assert [place for place, _problem in open_file_problems()] == [f"đơn {first.code}"]
    with pytest.raises(Denied):
        seal_earlier_files(by=at("petition_officer"))
    assert seal_earlier_files(by=system) == 1
    assert [*open_file_problems()] == [] and shown(settings) == []
    assert seal_earlier_files(by=system) == 0


@pytest.mark.parametrize("link", ["follows", "split_from"])
def test_letters_that_an_earlier_version_left_linked_are_parted(letter, country, system, link):
    first = letter()
    other = letter()
    turned = turn_into_denunciation(first, by=system, title="Thu tiền", content="Thu trái quy định")
    Petition.objects.filter(pk=other.pk).update(**{link: turned})
    assert [code for _number, code in open_files()] == [other.code]
    assert seal_earlier_files(by=system) == 1
    assert open_files() == []
    other.refresh_from_db()
    assert getattr(other, link) is None and other.petitioners.exists()


@pytest.mark.parametrize(("before", "after"), [(2, 0), (1, 1), (2, 1)])
def test_the_first_file_of_a_long_chain_that_was_left_open_is_sealed(
    letter, country, system, settings, before, after, django_capture_on_commit_callbacks
):
    first = last = letter()
    places = [country.next_door, country.here, country.far]
    for place in places[:before]:
        last = forward(last, place, system)
    words = Petition.objects.filter(pk=first.pk).values("title", "content", "sender_key").get()
    with django_capture_on_commit_callbacks(execute=True):
        last = turn_into_denunciation(
            last, by=system, title="Thu tiền", content="Thu tiền trái quy định"
        )
    for place in places[before : before + after]:
        last = forward(last, place, system)
    Petition.objects.filter(pk=first.pk).update(**words)
    Petitioner.objects.create(petition=first, order=0, **PLANTED)
    assert [code for _number, code in open_files()] == [first.code]
    assert seal_earlier_files(by=system) == 1
    assert open_files() == [] and shown(settings) == []
    first.refresh_from_db()
    assert (first.title, first.nature) == ("Thu tiền", "feedback")


def test_a_later_letter_that_follows_a_sealed_file_of_a_denunciation_is_parted(
    letter, country, system
):
    first = letter("complaint")
    last = forward(first, country.next_door, system)
    turn_into_denunciation(last, by=system, title="Thu tiền", content="Thu tiền trái quy định")
    later = letter("complaint")
    Petition.objects.filter(pk=later.pk).update(follows=first)
    assert [code for _number, code in open_files()] == [later.code]
    assert seal_earlier_files(by=system) == 1
    later.refresh_from_db()
    assert open_files() == [] and later.follows_id is None and later.petitioners.exists()


def test_parts_of_one_denunciation_stay_linked_when_others_are_parted(letter, country, system):
    turned = turn_into_denunciation(
        letter(), by=system, title="Thu tiền", content="Thu tiền trái quy định"
    )
    part, _secret = split_petition(
        turned,
        by=system,
        nature="denunciation",
        matter=turned.matter,
        title="Xây nhà trái phép",
        content="Xây trên đất công",
    )
    other = letter()
    Petition.objects.filter(pk=turned.pk).update(split_from=other)
    assert seal_earlier_files(by=system) == 1
    for petition in (turned, part):
        petition.refresh_from_db()
    assert (turned.split_from_id, part.split_from_id) == (None, turned.pk)
    assert open_files() == [] and other.petitioners.exists()


def test_letters_that_denounce_nobody_are_left_as_they_are(letter, country, system):
    first = letter()
    forward(first, country.next_door, system)
    assert open_files() == [] and seal_earlier_files(by=system) == 0
    assert Petitioner.objects.count() == 2
