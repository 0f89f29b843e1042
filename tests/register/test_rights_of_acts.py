"""The full table of acts: each office tries each act at its own unit, at a lower one, at
another and at the one above.
"""

import ast
from datetime import date
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import transaction

from danchu.kernel.refusals import Denied
from danchu.people.actor import Actor
from danchu.register import actions
from danchu.register.imports import check_events
from danchu.units.actions import (
    close_body,
    close_village,
    code_body,
    divide_village,
    merge_villages,
    open_bodies,
    open_body,
    open_village,
    rename_body,
    rename_village,
    succeed_body,
)
from tests.conference.test_rights import TABLE as CONFERENCE
from tests.people.conftest import NOW, REFORM, make_unit
from tests.sizes import long, part

ROOT = Path(__file__).resolve().parents[2] / "danchu"
DAY, SINCE, UNTIL = date(2025, 9, 9), date(2025, 8, 1), date(2025, 9, 1)
KINDS = ("dialogue", "petition", "supervision_217", "inspection_round", "steering_inspection")
# Written out apart from office_kinds.toml and from the code on purpose. {office: kinds it may,
# within its subtree}.
DRAFT = {
    "commune_clerk": {"dialogue", "petition"},
    "petition_officer": {"petition"},
    "front_clerk": {"dialogue", "supervision_217"},
    "front_chair": {"dialogue", "supervision_217"},
    "inspection_member": {"inspection_round"},
    "inspection_head": {"inspection_round"},
    "steering_officer": {"steering_inspection"},
    "committee_chair": set(KINDS),
    "operator": set(KINDS),
}
CONFIRM = {
    "front_chair": {"dialogue", "supervision_217"},
    "inspection_head": {"inspection_round"},
    "steering_officer": {"steering_inspection"},
    "committee_chair": set(KINDS),
    "operator": set(KINDS),
}
IMPORT = {**DRAFT, "inspection_member": set()}
STATE = {
    "commune_clerk",
    "front_clerk",
    "front_chair",
    "steering_officer",
    "committee_chair",
    "province_reporter",
    "operator",
}
CONFIRM_STATED = {"committee_chair", "operator"}
OF_VILLAGES = {"committee_chair", "operator"}
# {act: offices}; boards that watch the committee are the Front's.
OF_BODIES = {
    **dict.fromkeys(
        ["open_body", "open_bodies", "rename_body", "code_body", "close_body", "succeed_body"],
        {"committee_chair", "steering_officer", "operator"},
    ),
    "open_board": {"front_chair", "operator"},
    "close_board": {"front_chair", "operator"},
}
# Acts whose rights have a table or a test of their own.
ELSEWHERE = {
    "follow_conference": "tests/conference/test_minuting.py",
    "try_again": "tests/jobs/test_queue.py",
    "request_export": "tests/desk/test_exports.py",
    "note_download": "tests/desk/test_exports.py",
    "remove_exports": "tests/desk/test_exports.py",
    **dict.fromkeys(["save_view", "change_view", "remove_view"], "tests/desk/test_saved_views.py"),
    "take_in_feedback": "tests/desk/test_petitions.py",
    "import_calls": "tests/desk/test_hotlines.py",
    "take_in_piece": "tests/desk/test_long_calls.py",
    "drop_letters": "tests/following/test_following.py",
    "seal_report": "tests/site/test_addresses.py",
    **dict.fromkeys(
        [
            "start_report",
            "edit_report",
            "comment_report",
            "submit_report",
            "reopen_report",
            "drop_report",
            "issue_report",
            "enter_score",
            "correct_score",
        ],
        "tests/desk/test_office_reports.py",
    ),
    "release_year": "tests/faults/test_attacker.py",
    "release_periods": "tests/faults/test_released_reports.py",
    "reorganise_units": "tests/units/test_plan.py",
    "correct_loaded_units": "tests/units/test_corrections.py",
    "create_account": "tests/people/test_actions.py",
    "appoint": "tests/people/test_actions.py",
    "end_holding": "tests/people/test_actions.py",
    "delegate_right": "tests/people/test_actions.py",
    "end_delegation": "tests/people/test_actions.py",
    "close_account": "tests/people/test_leaving.py",
    **dict.fromkeys(
        ["accept_invitation", "invite", "print_letter", "send_again", "withdraw_invitation"],
        "tests/staff/test_inviting.py",
    ),
    **dict.fromkeys(
        ["give_office", "name_deputy", "pass_right_on", "take_office_back", "take_right_back"],
        "tests/staff/test_handing.py",
    ),
    **dict.fromkeys(["import_people", "print_letters"], "tests/staff/test_people_sheet.py"),
    **dict.fromkeys(
        ["confirm_sms", "leave_sms", "try_sms"],
        "tests/staff/test_trials.py",
    ),
    **dict.fromkeys(
        ["ask_reset", "confirm_reset", "drop_reset", "print_code", "reset_by_code"],
        "tests/staff/test_resets.py",
    ),
    **dict.fromkeys(
        [
            "begin_installation",
            "choose_backup_folder",
            "confirm_mail",
            "describe_installation",
            "enter_set_up",
            "open_set_up",
            "try_mail",
        ],
        "tests/staff/test_set_up.py",
    ),
    "deactivate_account": "tests/people/test_actions.py",
    "reactivate_account": "tests/people/test_actions.py",
    "remove_second_factor": "tests/people/test_actions.py",
    "encrypt_earlier_factors": "tests/faults/test_logging_in.py",
    "note_secret_key": "tests/faults/test_logging_in.py",
    "issue_token": "tests/people/test_tokens.py",
    "revoke_token": "tests/people/test_tokens.py",
    "enact_rule": "tests/law/test_versions.py",
    "correct_rule": "tests/law/test_versions.py",
    "enact_earlier_rule": "tests/law/test_versions.py",
    "join_rules": "tests/law/test_versions.py",
    "raise_point": "tests/law/test_versions.py",
    "settle_point": "tests/law/test_versions.py",
    "set_calendar": "tests/law/test_versions.py",
    "add_text": "tests/law/test_versions.py",
    **dict.fromkeys(
        [
            "draft_recommendation",
            "edit_recommendation",
            "confirm_recommendation",
            "return_recommendation",
            "withdraw_recommendation",
            "send_recommendation",
            "answer_recommendation",
            "report_remedy",
            "dispute_remedy",
            "settle_recommendation",
            "follow_round",
            "leave_round",
            "record_finding",
            "resolve_finding",
            "withdraw_finding",
            "announce_supervision",
            "disclose_project",
            "change_days",
            "elect_member",
            "leave_board",
            "notify_round",
            "open_term",
            "plan_round",
            "recognise_term",
            "register_project",
            "ask_verification",
            "decline_verification",
            "tell_result",
            "withdraw_verification",
            "open_report",
            "owe_reports",
            "send_report",
            "write_round",
            "edit_round",
            "confirm_round",
            "discard_round",
            "receive_photo",
            "drop_photo",
            "cancel_plan",
            "declare_interest",
            "finish_project",
            "found_board",
        ],
        "tests/inspection",
    ),
    **dict.fromkeys(
        [
            "add_line",
            "adopt_plan",
            "answer_request",
            "ask_information",
            "amend_item",
            "arise_by_calendar",
            "arise_contents",
            "begin_plan",
            "close_place",
            "contest_posting",
            "dismiss_contest",
            "forget_requesters",
            "lapse_contests",
            "open_content",
            "open_place",
            "post_content",
            "prolong_request",
            "refuse_request",
            "sort_request",
            "renew_content",
            "repeat_plan",
            "send_council_report",
            "specialise_content",
            "strike_line",
            "take_down",
            "uphold_contest",
            "withdraw_content",
            "withdraw_plan",
            "write_council_report",
            "write_council_reports",
        ],
        "tests/disclosure",
    ),
    **dict.fromkeys(
        [
            "cancel_consultation",
            "close_consultation",
            "explain_decision",
            "file_answers",
            "open_consultation",
            "overrule_opinions",
            "plan_consultation",
            "publish_summary",
            "send_plan",
            "summarise_consultation",
            "tell_addressees",
            "write_content",
        ],
        "tests/consultation/test_acts.py",
    ),
    **dict.fromkeys(
        [
            "admit_opinion",
            "answer_opinion",
            "answer_opinions",
            "enter_opinion",
            "hide_opinion",
            "moderate_opinions",
            "restore_opinion",
            "send_opinion",
        ],
        "tests/consultation/test_opinions.py",
    ),
    "import_opinions": "tests/consultation/test_import.py",
    **dict.fromkeys(
        [
            "admit_proposition",
            "ask_question",
            "cast_votes",
            "count_asked",
            "enter_paper_votes",
            "hand_out_keys",
            "hide_proposition",
            "state_something",
        ],
        "tests/consultation/test_votes.py",
    ),
    **dict.fromkeys(
        [
            "annul_convention",
            "ask_release",
            "cancel_conference",
            "convene_conference",
            "count_election",
            "decide_release",
            "draft_convention",
            "elect_to_board",
            "enter_head",
            "file_convention",
            "flag_convention",
            "forward_convention",
            "hold_conference",
            "nominate",
            "plan_conference",
            "plan_election",
            "post_convention",
            "post_election",
            "put_convention",
            "report_conference",
            "resume_convention",
            "revise_convention",
            "send_candidates",
            "send_conference_plan",
            "set_team",
            "suspend_convention",
            "vacate_head",
            "vote_election",
            "withdraw_convention",
            "write_steps",
            "owe_by_year",
        ],
        "tests/village/test_pages.py",
    ),
    "write_minutes": "tests/conference/test_minuting.py",
    **dict.fromkeys(
        [
            "correct_household",
            "enter_household",
            "import_households",
            "leave_roll",
            "move_household",
        ],
        "tests/decision/test_roll.py",
    ),
    **dict.fromkeys(
        ["confirm_works", "edit_works", "enter_works", "withdraw_works"],
        "tests/decision/test_works.py",
    ),
    **dict.fromkeys(
        ["enter_count_sheet", "enter_roll_sheet", "photograph_sheet"],
        "tests/decision/test_sheets.py",
    ),
    **dict.fromkeys(
        [
            "add_consents",
            "add_villages",
            "announce_again",
            "announce_meeting",
            "annul_decision",
            "approve_clusters",
            "ask_again",
            "attend_cluster",
            "choose_in_cluster",
            "close_clusters",
            "count_cluster",
            "plan_clusters",
            "refuse_clusters",
            "attend_meeting",
            "carry_out",
            "choose_procedure",
            "close_form",
            "close_online",
            "close_short_meeting",
            "close_villages",
            "copy_plan",
            "count_ballots",
            "hand_out_ballots",
            "issue_ballots",
            "note_works",
            "open_meeting",
            "open_online",
            "open_villages",
            "plan_ballot",
            "plan_ballot_again",
            "plan_online",
            "plan_online_again",
            "post_result",
            "propose_decision",
            "recognise_decision",
            "redo_decision",
            "refuse_decision",
            "report_execution",
            "send_decision",
            "set_day",
            "strike_attendance",
            "submit_initiative",
            "take_back_ballot",
            "vote_in_meeting",
            "withdraw_decision",
        ],
        "tests/decision/test_pages.py",
    ),
    **dict.fromkeys(
        [
            "change_role",
            "end_body",
            "import_bodies",
            "import_villages",
            "join_body",
            "leave_body",
            "merge_body",
            "open_usual_bodies",
        ],
        "tests/bodies/test_acts.py",
    ),
    **dict.fromkeys(
        [
            "add_signers",
            "book_place",
            "cancel_booking",
            "change_booking",
            "change_reception_day",
            "forget_bookings",
            "note_absence",
            "note_arrival",
            "receive_visitor",
            "answer_visit",
            "citizen_step",
            "claim_petition",
            "complain_again",
            "drop_answer_text",
            "keep_answer_text",
            "seal_visit",
            "seal_earlier_files",
            "close_reception_day",
            "refuse_reception",
            "issue_refusal",
            "hand_over_petition",
            "plan_reception_day",
            "record_visit",
            "register_petition",
            "release_petition",
            "show_petition",
            "split_petition",
            "succeed_petitions",
            "take_step",
            "turn_into_denunciation",
        ],
        "tests/casework",
    ),
    **dict.fromkeys(
        ["cancel_poll", "close_poll", "declare_poll", "draft_poll", "edit_poll", "open_poll"],
        "tests/conference/test_rights.py",
    ),
    **dict.fromkeys(CONFERENCE, "tests/conference/test_rights.py"),
    **dict.fromkeys(
        [
            "seal_identity",
            "ask_opening",
            "judge_opening",
            "read_identity",
            "hand_over_identity",
            "add_missing_locks",
            "read_sealed_file",
            "remove_locks",
            "bind_earlier_locks",
        ],
        "tests/vault",
    ),
    **dict.fromkeys(
        [
            "tell_holders",
            "tell_person",
            "report_sending",
            "see_notices",
            "drop_waiting",
            "queue_digests",
            "want_digest",
        ],
        "tests/casework/test_notices.py",
    ),
    "tell_people": "tests/conference/test_inviting.py",
    **dict.fromkeys(
        [
            "approve_minutes",
            "attach_minutes",
            "confirm_commitment",
            "correct_minutes",
            "discard_minutes",
            "dispute_commitment",
            "draft_minutes",
            "edit_minutes",
            "follow_event",
            "fulfil_commitment",
            "give_secret",
            "make_commitment",
            "postpone_commitment",
            "withdraw_commitment",
        ],
        "tests/minutes",
    ),
    **dict.fromkeys(
        ["tell_steps", "add_escalation", "change_escalation", "remove_escalation"],
        "tests/casework/test_steps_of_telling.py",
    ),
    "change_law": "tests/obligations/test_changes_of_law.py",
    "hand_over_obligations": "tests/casework/test_transfer.py",
    "owe": "tests/obligations",
    "meet_obligation": "tests/obligations",
    "excuse_obligation": "tests/obligations",
    "recount_obligations": "tests/obligations",
    "revise_closed": "tests/obligations",
    "revise_misjudged": "tests/obligations",
    "tell_overdue": "tests/obligations",
    "keep_paper": "tests/papers/test_keeping.py",
    "forget_paper": "tests/papers/test_keeping.py",
    "note_clean_papers": "tests/faults/test_files_published_before.py",
    "rebuild_tally": "tests/register/test_tally.py",
    "publish_checkpoint": "tests/journal/test_checkpoints.py",
    "add_cosignatures": "tests/journal/test_checkpoints.py",
    "mail_checkpoint": "tests/journal/test_checkpoints.py",
    "record": "the journal's own writer",
}


def event(by, kind, unit, confirmed=False, paper=None):
    made = actions.draft_event(kind, by=by, unit=unit, held_on=DAY, title="Việc")
    if paper:
        actions.attach_paper(made, BytesIO(paper), "a.pdf", by=by)
    return actions.confirm_event(made, by=by) if confirmed else made


def statement(by, body, paper, confirmed=False):
    made = actions.draft_statement(
        by=by, body=body, indicator="dialogues", since=SINCE, until=UNTIL, amount=3
    )
    actions.attach_paper(made, BytesIO(paper), "a.pdf", by=by)
    return actions.confirm_statement(made, by=by) if confirmed else made


EVENT_ACTS = {
    "draft_event": (DRAFT, lambda by, it, unit, kind: event(by, kind, unit)),
    "edit_draft": (
        DRAFT,
        lambda by, it, unit, kind: actions.edit_draft(it.draft, by=by, title="Khác"),
    ),
    "discard_draft": (DRAFT, lambda by, it, unit, kind: actions.discard_draft(it.draft, by=by)),
    "attach_paper": (
        DRAFT,
        lambda by, it, unit, kind: actions.attach_paper(
            it.draft, BytesIO(it.paper + b"2"), "b.pdf", by=by
        ),
    ),
    "detach_paper": (
        DRAFT,
        lambda by, it, unit, kind: actions.detach_paper(it.draft.attachments.first(), by=by),
    ),
    "confirm_event": (CONFIRM, lambda by, it, unit, kind: actions.confirm_event(it.draft, by=by)),
    "correct_event": (
        CONFIRM,
        lambda by, it, unit, kind: actions.correct_event(
            it.confirmed, by=by, reason="Nhầm", title="Đúng"
        ),
    ),
    "withdraw_event": (
        CONFIRM,
        lambda by, it, unit, kind: actions.withdraw_event(it.confirmed, by=by, reason="Nhầm"),
    ),
}
STATEMENT_ACTS = {
    "draft_statement": (STATE, lambda by, it: statement(by, it.body, it.paper)),
    "edit_statement": (STATE, lambda by, it: actions.edit_statement(it.draft, by=by, amount=4)),
    "discard_statement": (STATE, lambda by, it: actions.discard_statement(it.draft, by=by)),
    "attach_paper": (
        STATE,
        lambda by, it: actions.attach_paper(it.draft, BytesIO(it.paper + b"2"), "b.pdf", by=by),
    ),
    "detach_paper": (
        STATE,
        lambda by, it: actions.detach_paper(it.draft.attachments.first(), by=by),
    ),
    "confirm_statement": (
        CONFIRM_STATED,
        lambda by, it: actions.confirm_statement(it.draft, by=by),
    ),
    "correct_statement": (
        CONFIRM_STATED,
        lambda by, it: actions.correct_statement(it.confirmed, by=by, reason="Nhầm", amount=5),
    ),
    "withdraw_statement": (
        CONFIRM_STATED,
        lambda by, it: actions.withdraw_statement(it.confirmed, by=by, reason="Nhầm"),
    ),
}
UNIT_ACTS = {
    "open_body": lambda by, it: open_body(
        it.unit, by=by, kind="agency", name="Phòng mới", since=DAY
    ),
    "open_bodies": lambda by, it: open_bodies([(it.unit, "agency", "Phòng mới", DAY)], by=by),
    "rename_body": lambda by, it: rename_body(it.body, by=by, name="Tên khác", on=DAY),
    "code_body": lambda by, it: code_body(it.body, by=by, code="H26.15", on=DAY),
    "close_body": lambda by, it: close_body(it.body, by=by, on=DAY),
    "open_board": lambda by, it: open_body(
        it.unit, by=by, kind="investment_board", name="Ban mới", since=DAY
    ),
    "close_board": lambda by, it: close_body(it.board, by=by, on=DAY),
    "succeed_body": lambda by, it: succeed_body(it.body, it.heir, by=by, on=DAY),
    "open_village": lambda by, it: open_village(
        it.unit, by=by, name="Tổ 9", kind="to_dan_pho", since=DAY
    ),
    "rename_village": lambda by, it: rename_village(
        it.village, by=by, name="Tổ 8", kind="to_dan_pho", on=DAY
    ),
    "close_village": lambda by, it: close_village(it.village, by=by, on=DAY),
    "merge_villages": lambda by, it: merge_villages(
        [it.village, it.next_village], by=by, name="Tổ 7", kind="to_dan_pho", on=DAY
    ),
    "divide_village": lambda by, it: divide_village(
        it.village, by=by, parts=[("Tổ 6", "to_dan_pho"), ("Tổ 7", "to_dan_pho")], on=DAY
    ),
}


def done(act, *given):
    """Whether the actor may: what it wrote is taken back. Anything but Denied is a fault of the
    table.
    """
    with transaction.atomic():
        try:
            act(*given)
            return True
        except Denied:
            return False
        finally:
            transaction.set_rollback(True)


@pytest.fixture
def places(country):
    return {
        "own": country.here,
        "lower": country.village,
        "other": country.next_door,
        "above": country.province,
    }


@pytest.fixture
def actors(holder, country, offices):
    """{office: Actor at `here`}, and the public."""
    found = {
        key: Actor.of(holder(key, country.here, name=f"Người {key}").account, NOW)
        for key in offices
    }
    return {**found, "public": Actor.public()}


def test_every_act_of_every_room_is_in_a_table():
    found = set()
    for path in [*ROOT.glob("*/actions.py"), *ROOT.glob("*/actions/*.py")]:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                found.add(node.name)
    tables = set(EVENT_ACTS) | set(STATEMENT_ACTS) | set(UNIT_ACTS) | set(ELSEWHERE)
    missing = sorted(found - tables)
    assert not missing, f"name these acts in ELSEWHERE, with the test that asks who may: {missing}"


@long
@pytest.mark.parametrize("kind", part(KINDS, 4, "events"))
def test_each_act_on_an_event_is_done_by_whom_the_table_names(actors, places, system, pdf, kind):
    wrong = []
    for place, unit in places.items():
        it = SimpleNamespace(
            paper=pdf(),
            draft=event(system, kind, unit, paper=pdf()),
            confirmed=event(system, kind, unit, True),
        )
        for office, actor in actors.items():
            for name, (table, act) in EVENT_ACTS.items():
                expected = place in ("own", "lower") and kind in table.get(office, ())
                if done(act, actor, it, unit, kind) != expected:
                    wrong.append((office, name, place, expected))
    assert wrong == []


def test_an_event_is_not_moved_to_a_unit_where_its_clerk_has_no_right(actors, places, system):
    draft = event(system, "dialogue", places["own"])
    confirmed = event(system, "dialogue", places["own"], confirmed=True)
    for place, allowed in (("lower", True), ("other", False), ("above", False)):
        unit = places[place]
        assert (
            done(
                lambda by, u=unit: actions.edit_draft(draft, by=by, unit=u), actors["commune_clerk"]
            )
            == allowed
        )
        assert (
            done(
                lambda by, u=unit: actions.correct_event(confirmed, by=by, reason="Nhầm", unit=u),
                actors["front_chair"],
            )
            == allowed
        )


def test_each_act_on_a_statement_is_done_by_whom_the_table_names(actors, places, system, pdf):
    wrong = []
    for place, unit in places.items():
        bodies = [
            open_body(unit, by=system, kind="agency", name=f"Phòng {n}", since=REFORM)
            for n in (1, 2)
        ]
        it = SimpleNamespace(
            paper=pdf(),
            body=bodies[0],
            draft=statement(system, bodies[0], pdf()),
            confirmed=statement(system, bodies[1], pdf(), True),
        )
        for office, actor in actors.items():
            for name, (table, act) in STATEMENT_ACTS.items():
                expected = place in ("own", "lower") and office in table
                if done(act, actor, it) != expected:
                    wrong.append((office, name, place, expected))
    assert wrong == []


def test_each_act_on_bodies_and_villages_is_done_by_whom_the_table_names(actors, places, system):
    wrong = []
    for place, unit in places.items():
        body, heir = (
            open_body(unit, by=system, kind="agency", name=f"Phòng {n}", since=REFORM)
            for n in (1, 2)
        )
        villages = [
            make_unit("village", f"Tổ {place} {n}", unit, REFORM)
            if unit.level == "commune"
            else None
            for n in (1, 2)
        ]
        board = open_body(unit, by=system, kind="pib_agency", name="Ban", since=REFORM)
        it = SimpleNamespace(
            unit=unit,
            body=body,
            heir=heir,
            board=board,
            village=villages[0],
            next_village=villages[1],
        )
        acts = {name: act for name, act in UNIT_ACTS.items() if it.village or "village" not in name}
        for office, actor in actors.items():
            for name, act in acts.items():
                able = OF_BODIES.get(name, OF_VILLAGES)
                expected = place in ("own", "lower") and office in able
                if done(act, actor, it) != expected:
                    wrong.append((office, name, place, expected))
    assert wrong == []


@long
@pytest.mark.parametrize(
    "office", part([*DRAFT, "auditor", "province_reporter", "public"], 6, "imports")
)
def test_an_import_takes_rows_only_of_kinds_and_units_the_table_names(
    actors, places, office, country
):
    for number, unit in enumerate(places.values()):
        unit.standings.update(code=f"1234{number}")
    found = set()
    for place, unit in places.items():
        code = unit.standings.get().code
        for kind in KINDS:
            text = f"reference,kind,held_on,unit_code,title\nA1,{kind},{DAY:%d/%m/%Y},{code},Việc\n"
            try:
                outlook = check_events(BytesIO(text.encode()), "a.csv", by=actors[office])
            except Denied:
                continue
            if not outlook.problem_count:
                found.add((place, kind))
    expected = {(place, kind) for place in ("own", "lower") for kind in IMPORT.get(office, ())}
    assert found == expected
