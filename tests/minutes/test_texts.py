"""Minutes: drafted by one clerk after another, approved and locked, corrected by a new version;
what is marked in them counts once.
"""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danchu.journal.verify import verify_chain
from danchu.kernel.days import today
from danchu.kernel.refusals import Denied, Refused
from danchu.minutes import actions
from danchu.minutes.input.blocks import BlockInput, Mark, checked_blocks, span_of_quote
from danchu.minutes.models import Block, Commitment, Minutes, Passage
from danchu.minutes.proof import minutes_problems
from danchu.people.actor import Actor
from danchu.register.actions import (
    confirm_event,
    correct_event,
    discard_draft,
    draft_event,
    edit_draft,
)
from danchu.register.models import Event
from tests.minutes.conftest import HELD, opinion
from tests.people.conftest import NOW
from tests.sizes import long, size


def commitment(promise, text="Chủ tịch: phường sẽ sửa đường ngõ 5.", **more):
    return BlockInput(text, marks=(Mark("commitment", promise=promise, **more),))


def test_a_mark_is_the_characters_it_says(written):
    it = written(
        [
            BlockInput(
                "Bà Mận: ngõ ngập. Ông Tám: đèn hỏng.",
                marks=(Mark("opinion", 8, 17), Mark("opinion", 26)),
            )
        ]
    )
    assert [passage.text for passage in it.passages.all()] == ["ngõ ngập.", " đèn hỏng."]
    assert span_of_quote("Bà Mận: ngõ ngập.", "  ngõ   ngập") == (8, 16)


def test_what_is_cleaned_moves_no_mark(written):
    it = written(
        [BlockInput("Bà  Mận:\tngõ ngập. ", marks=(Mark("opinion", 9, 18), Mark("finding")))]
    )
    assert {passage.kind: passage.text for passage in it.passages.all()} == {
        "opinion": "ngõ ngập.",
        "finding": "Bà Mận: ngõ ngập.",
    }


@pytest.mark.parametrize(
    ("block", "field"),
    [
        (BlockInput("a b", marks=(Mark("gossip"),)), "kind"),
        (BlockInput("a b", marks=(Mark("opinion", 2, 9),)), "quote"),
        (BlockInput("a b", marks=(Mark("opinion", 2, 2),)), "quote"),
        (BlockInput("a b", marks=(Mark("opinion"), Mark("opinion", 2))), "quote"),
        (BlockInput("Tiêu đề", is_heading=True, marks=(Mark("opinion"),)), "kind"),
        (BlockInput("a" * 10_001), "text"),
        (BlockInput("a", speaker="b" * 121), "speaker"),
    ],
)
def test_what_cannot_be_marked_is_refused_naming_the_paragraph(written, block, field):
    with pytest.raises(Refused, match="Đoạn 2") as refusal:
        written([BlockInput("Khai mạc"), BlockInput(""), block])
    assert refusal.value.field == field and not Minutes.objects.exists()


def test_marks_of_two_kinds_may_share_words(written):
    assert (
        written(
            [BlockInput("a b", marks=(Mark("opinion"), Mark("commitment", 0, 1)))]
        ).passages.count()
        == 2
    )


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": " "}, "title"),
        ({"held_on": date(2999, 1, 1)}, "held_on"),
        ({"held_on": None}, "held_on"),
        ({"chair": "a" * 121}, "chair"),
        ({"held_on": date(2025, 6, 1)}, "unit"),
    ],
)
def test_a_head_that_cannot_be_is_refused_by_field(written, more, field):
    with pytest.raises(Refused) as refusal:
        written(**more)
    assert refusal.value.field == field


def test_minutes_belong_to_an_event_of_their_day_and_place_or_to_none_yet(
    written, dialogue, system, country
):
    it = written()
    elsewhere = draft_event(
        "dialogue", by=system, unit=country.next_door, held_on=HELD, title="Khác"
    )
    another_day = draft_event(
        "dialogue", by=system, unit=country.here, held_on=date(2025, 9, 9), title="Khác"
    )
    for event, field in ((elsewhere, "event"), (another_day, "held_on")):
        with pytest.raises(Refused) as refusal:
            actions.attach_minutes(it, event, by=system)
        assert refusal.value.field == field
    assert actions.attach_minutes(it, dialogue(), by=system).event.kind == "dialogue"


def test_the_second_clerk_is_told_and_nothing_of_the_first_is_lost(
    written, system, holder, country
):
    it = written()
    first, second = (
        Actor.of(holder("commune_clerk", country.here, name=name).account, NOW)
        for name in ("Lan", "Hùng")
    )
    actions.edit_minutes(it, by=first, edition=1, blocks=[BlockInput("Lan viết.")])
    with pytest.raises(Refused, match="Lan đã lưu") as refusal:
        actions.edit_minutes(it, by=second, edition=1, blocks=[BlockInput("Hùng viết.")])
    assert refusal.value.field == "edition" and Block.objects.get().text == "Lan viết."
    saved = actions.edit_minutes(
        it, by=second, edition=2, blocks=[BlockInput("Lan viết."), BlockInput("Hùng viết.")]
    )
    assert (saved.edition, saved.editor, Block.objects.count()) == (3, "Hùng", 2)


def test_approved_minutes_are_locked_with_a_hash_and_who_and_when(written, system, promise):
    it = actions.approve_minutes(written([opinion(), commitment(promise())]), by=system)
    assert (it.state, len(it.content_hash), it.approver) == (
        "approved",
        64,
        system.name,
    ) and it.approved_at
    assert list(minutes_problems()) == [] and list(verify_chain()) == []
    with pytest.raises(Refused, match="đính chính"):
        actions.edit_minutes(it, by=system, edition=it.edition, blocks=[])
    for statement in (
        "UPDATE minutes_minutes SET title = 'khác'",
        "UPDATE minutes_minutes SET state = 'drafted'",
        "DELETE FROM minutes_minutes",
        "UPDATE minutes_block SET text = 'khác'",
        "DELETE FROM minutes_block",
        "UPDATE minutes_passage SET kind = 'finding'",
        "DELETE FROM minutes_passage",
        f"INSERT INTO minutes_block (minutes_id, number, is_heading, text, speaker, "
        f"shown_as) VALUES ({it.pk}, 99, false, 'a', '', '')",
    ):
        with (
            pytest.raises(DatabaseError, match="minutes_kept"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_who_changes_the_text_behind_the_triggers_is_found_out(written, system):
    it = actions.approve_minutes(written([opinion()]), by=system)
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE minutes_block DISABLE TRIGGER minutes_kept_block")
        cursor.execute("UPDATE minutes_block SET text = 'Đường ngõ 5 tốt.'")
    assert len([place for place, _why in minutes_problems() if str(it.pk) in place]) == 2


def test_a_commitment_runs_from_the_approval_on(written, system, promise, bodies):
    it = written([commitment(promise(), start=10)])
    assert not Commitment.objects.exists()
    actions.approve_minutes(it, by=system)
    made = Commitment.objects.get()
    assert (made.title, made.text, made.made_on, made.origin, made.origin_uid, made.mark) == (
        "Sửa đường ngõ 5",
        "phường sẽ sửa đường ngõ 5.",
        HELD,
        "minutes",
        it.uid,
        Passage.objects.get().mark,
    )
    assert (made.owner, made.asker, made.asked_by, made.due_reason) == (
        *bodies,
        "Cử tri tổ 5",
        "sau khi có vốn",
    )


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": ""}, "title"),
        ({"due_on": None}, "due_on"),
        ({"owner": None}, "owner"),
        ({"due_on": date(2025, 9, 1)}, "due_on"),
    ],
)
def test_minutes_whose_commitment_says_not_what_who_or_when_are_not_approved(
    written, system, promise, more, field
):
    it = written([BlockInput("Khai mạc"), commitment(promise(**more))])
    with pytest.raises(Refused, match="đoạn 2") as refusal:
        actions.approve_minutes(it, by=system)
    assert refusal.value.field == field
    assert (Minutes.objects.get().state, Commitment.objects.count()) == ("drafted", 0)


def test_empty_minutes_are_not_approved(written, system):
    with pytest.raises(Refused):
        actions.approve_minutes(written([]), by=system)


def test_the_events_number_is_the_count_of_the_passages(written, dialogue, system):
    event = dialogue(opinions=40, opinions_accepted=30, participants=70)
    actions.approve_minutes(
        written(
            [
                opinion(accepted=True),
                opinion("Đèn hỏng."),
                BlockInput("Kết luận", marks=(Mark("decision"),)),
            ],
            event=event,
        ),
        by=system,
    )
    old, new = Event.objects.order_by("pk")
    assert (old.state, new.state, new.opinions, new.opinions_accepted, new.participants) == (
        "superseded",
        "confirmed",
        2,
        1,
        70,
    )
    assert Minutes.objects.get().event == new and "biên bản" in new.reason
    assert list(minutes_problems()) == []


def test_a_draft_event_takes_the_number_too(written, dialogue, system):
    event = dialogue(confirmed=False)
    actions.approve_minutes(written([opinion()], event=event), by=system)
    assert confirm_event(Event.objects.get(), by=system).opinions == 1


def test_minutes_that_mark_no_opinion_leave_what_was_typed(written, dialogue, system, promise):
    event = dialogue(opinions=40)
    actions.approve_minutes(written([commitment(promise())], event=event), by=system)
    assert Event.objects.get().opinions == 40
    assert correct_event(event, by=system, reason="Đếm lại", opinions=41).opinions == 41


def test_nobody_types_another_number_beside_the_passages(written, dialogue, system):
    actions.approve_minutes(written([opinion()], event=dialogue()), by=system)
    event = Event.objects.get(state="confirmed")
    with pytest.raises(Refused, match="biên bản") as refusal:
        correct_event(event, by=system, reason="Nhầm", opinions=9)
    assert refusal.value.field == "opinions"
    later = correct_event(event, by=system, reason="Thiếu người dự", participants=80)
    assert (later.opinions, Minutes.objects.get().event) == (1, later)


def test_a_draft_event_with_approved_minutes_keeps_its_number(written, dialogue, system):
    actions.approve_minutes(written([opinion()], event=dialogue(confirmed=False)), by=system)
    with pytest.raises(Refused):
        edit_draft(Event.objects.get(), by=system, opinions=3)
    discard_draft(Event.objects.get(), by=system)
    assert Minutes.objects.get().event is None


def test_the_approver_must_have_the_right_to_the_events_number(
    written, dialogue, system, holder, country
):
    event = dialogue(opinions=5)
    officer = Actor.of(
        holder("steering_officer", country.here).account, NOW
    )  # approves minutes, but not dialogues
    with pytest.raises(Denied):
        actions.approve_minutes(written([opinion()], event=event), by=officer)
    assert (Minutes.objects.get().state, Event.objects.get().opinions) == ("drafted", 5)


def test_two_minutes_of_one_event_add_up(written, dialogue, system):
    event = dialogue()
    actions.approve_minutes(written([opinion()], event=event), by=system)
    actions.approve_minutes(
        written([opinion(), opinion("Khác")], event=Event.objects.get(state="confirmed")), by=system
    )
    assert Event.objects.get(state="confirmed").opinions == 3


def corrected(it, system, blocks, changed="Ghi thiếu một ý kiến"):
    draft = actions.correct_minutes(it, by=system, changed=changed)
    draft = actions.edit_minutes(draft, by=system, edition=draft.edition, blocks=blocks)
    return actions.approve_minutes(draft, by=system)


def kept(it, *more):
    """The paragraphs as they stand, under the same marks."""
    from danchu.minutes.queries.readable_text import block_inputs

    return [*block_inputs(it), *more]


def test_a_correction_is_a_version_that_names_what_it_changes(written, dialogue, system):
    first = actions.approve_minutes(written([opinion()], event=dialogue()), by=system)
    draft = actions.correct_minutes(first, by=system, changed="Ghi thiếu một ý kiến")
    assert (draft.version, draft.changed, draft.blocks.count(), draft.passages.get().mark) == (
        2,
        "Ghi thiếu một ý kiến",
        1,
        first.passages.get().mark,
    )
    assert Event.objects.get(state="confirmed").opinions == 1, (
        "until it is approved the earlier one counts"
    )
    second = actions.approve_minutes(
        actions.edit_minutes(draft, by=system, edition=1, blocks=kept(draft, opinion("Đèn hỏng."))),
        by=system,
    )
    first.refresh_from_db()
    assert (first.state, second.state, Event.objects.get(state="confirmed").opinions) == (
        "superseded",
        "approved",
        2,
    )
    assert list(minutes_problems()) == []
    with pytest.raises(Refused):
        actions.correct_minutes(first, by=system, changed="a")


def test_a_correction_says_what_and_there_is_one_at_a_time(written, system):
    it = actions.approve_minutes(written(), by=system)
    with pytest.raises(Refused) as refusal:
        actions.correct_minutes(it, by=system, changed=" ")
    assert refusal.value.field == "changed"
    draft = actions.correct_minutes(it, by=system, changed="a")
    with pytest.raises(Refused, match="Đã có người"):
        actions.correct_minutes(it, by=system, changed="b")
    actions.discard_minutes(draft, by=system)
    assert Minutes.objects.get() == it


def test_taking_away_every_opinion_leaves_none_in_the_event(written, dialogue, system):
    first = actions.approve_minutes(written([opinion()], event=dialogue(opinions=9)), by=system)
    corrected(first, system, [BlockInput("Không có ý kiến.")])
    assert Event.objects.get(state="confirmed").opinions == 0


def test_a_correction_makes_no_promise_twice_and_takes_back_what_it_leaves_out(
    written, system, promise
):
    first = actions.approve_minutes(written([commitment(promise())]), by=system)
    second = corrected(
        first, system, kept(first, commitment(promise(title="Sửa đèn"), "Phường sẽ sửa đèn."))
    )
    assert list(Commitment.objects.order_by("pk").values_list("title", "state")) == [
        ("Sửa đường ngõ 5", "made"),
        ("Sửa đèn", "made"),
    ]
    corrected(
        second,
        system,
        [block for block in kept(second) if "đèn" in block.text],
        "Không có lời hứa về đường",
    )
    assert list(Commitment.objects.order_by("pk").values_list("title", "state")) == [
        ("Sửa đường ngõ 5", "withdrawn"),
        ("Sửa đèn", "made"),
    ]


def test_a_promise_that_was_kept_is_not_corrected_away(written, system, promise):
    first = actions.approve_minutes(written([commitment(promise())]), by=system)
    actions.confirm_commitment(
        actions.fulfil_commitment(Commitment.objects.get(), by=system, on=today(), text="Xong"),
        by=system,
    )
    with pytest.raises(Refused, match="đã được xác nhận"):
        corrected(first, system, [BlockInput("Không hứa gì.")])
    assert Commitment.objects.get().state == "kept"


ACTS = {
    "draft": lambda by, it: actions.draft_minutes(by=by, unit=it.unit, held_on=HELD, title="Khác"),
    "edit": lambda by, it: actions.edit_minutes(it, by=by, edition=it.edition, title="Khác"),
    "attach": lambda by, it: actions.attach_minutes(it, Event.objects.get(), by=by),
    "discard": lambda by, it: actions.discard_minutes(it, by=by),
    "approve": lambda by, it: actions.approve_minutes(it, by=by),
    "correct": lambda by, it: actions.correct_minutes(it, by=by, changed="a"),
}
WRITE, APPROVE = {"draft", "edit", "attach", "discard"}, {"approve", "correct"}
BY_OFFICE = {
    "commune_clerk": WRITE,
    "front_clerk": WRITE,
    "inspection_member": WRITE,
    "inspection_head": WRITE,
    "front_chair": WRITE | APPROVE,
    "steering_officer": WRITE | APPROVE,
    "committee_chair": WRITE | APPROVE,
    "operator": WRITE | APPROVE,
}


def test_each_act_on_minutes_is_done_by_whom_the_table_names_and_only_at_his_own_place(
    written, dialogue, system, holder, country, offices
):
    draft, approved, _event = written(), actions.approve_minutes(written(), by=system), dialogue()
    wrong = []
    for place in ("here", "next_door"):
        actors = {
            key: Actor.of(holder(key, getattr(country, place), name=f"{key} {place}").account, NOW)
            for key in offices
        }
        for office, actor in {**actors, "public": Actor.public()}.items():
            for act, do in ACTS.items():
                with transaction.atomic():
                    try:
                        do(actor, approved if act == "correct" else draft)
                        done = True
                    except Denied:
                        done = False
                    transaction.set_rollback(True)
                if done != (place == "here" and act in BY_OFFICE.get(office, ())):
                    wrong.append((place, office, act, done))
    assert wrong == []


WORDS = st.text("ab ạ\t\u0301", min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=3))
def test_a_mark_that_is_taken_lies_within_its_cleaned_paragraph(text, spans):
    marks = tuple(
        Mark(kind, start, end)
        for kind, (start, end) in zip(("opinion", "decision", "finding"), spans, strict=False)
    )
    try:
        found = checked_blocks([BlockInput(text, marks=marks)])
    except Refused:
        return
    for block in found:
        for mark in block.marks:
            assert 0 <= mark.start < mark.end <= len(block.text)


@long
@settings(
    max_examples=size(8, 60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.lists(st.sampled_from(["opinion", "accepted", "decision", "commitment"]), max_size=4),
        min_size=1,
        max_size=4,
    )
)
def test_however_often_corrected_the_event_says_what_stands_in_the_minutes(
    written, dialogue, system, promise, versions
):
    with transaction.atomic():
        blocks = {
            "opinion": opinion(),
            "accepted": opinion(accepted=True),
            "decision": BlockInput("Kết luận", marks=(Mark("decision"),)),
            "commitment": commitment(promise()),
        }
        it, typed, ever = None, 7, False
        for version in versions:
            texts = [BlockInput("Khai mạc"), *(blocks[name] for name in version)]
            it = (
                actions.approve_minutes(written(texts, event=dialogue(opinions=typed)), by=system)
                if it is None
                else corrected(it, system, texts)
            )
            opinions = [name for name in version if name in ("opinion", "accepted")]
            ever = ever or bool(opinions)
            event = Event.objects.get(state="confirmed")
            assert (event.opinions, event.opinions_accepted) == (
                (len(opinions), opinions.count("accepted")) if ever else (typed, 0)
            )
            assert Commitment.objects.counted().count() == version.count("commitment")
            assert list(minutes_problems()) == []
        transaction.set_rollback(True)
