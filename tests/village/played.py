"""Elections, conventions and conferences led to some step, by the acts themselves."""

from datetime import date, timedelta

from danchu.decision import actions as decisions
from danchu.village import actions
from danchu.village.models import VillageHead
from tests.decision import played as matters

PLAN_ON, VOTES_ON = date(2026, 1, 2), date(2026, 1, 24)
# So many days before the vote.
CANDIDATES, TEAM_SET, POSTING, NOTICE = map(timedelta, (16, 14, 8, 4))
CANDIDATES_ON, TEAM_ON, POSTED_ON = VOTES_ON - CANDIDATES, VOTES_ON - TEAM_SET, VOTES_ON - POSTING
NOTICED = VOTES_ON - NOTICE
SENT, RECOGNISED = date(2026, 1, 28), date(2026, 1, 30)
TERM_UNTIL = date(2030, 7, 1)
TEAM = "Đỗ Văn Tổ\nĐỗ Thị Bầu\nĐỗ Văn Cử"
NAMES = ("Trần Văn Ất", "Lê Thị Bính", "Phạm Văn Đinh")
TEXT = "Điều 1. Giữ gìn đường làng sạch sẽ.\nĐiều 2. Cưới hỏi tiết kiệm."


def plan(village, by, **more):
    values = {
        "plan_on": PLAN_ON,
        "document": "12/KH-UBND",
        "planned_on": VOTES_ON,
        "term_until": TERM_UNTIL,
        **more,
    }
    return actions.plan_election(by=by, unit=village, **values)


def nominated(village, by, candidates=2, **more):
    election = plan(village, by, **more)
    for name in NAMES[:candidates]:
        actions.nominate(election, by=by, name=name, born_on=date(1970, 5, 1), source="front")
    return election


def posted(village, by, candidates=2, **more):
    """Candidates, team and posting in time."""
    election = nominated(village, by, candidates, **more)
    votes_on = election.planned_on
    actions.send_candidates(election, by=by, on=votes_on - CANDIDATES)
    actions.set_team(election, by=by, on=votes_on - TEAM_SET, team=TEAM)
    return actions.post_election(election, by=by, on=votes_on - POSTING)


def meeting(election, by, attending):
    """The meeting, opened, with so many representatives and its procedure."""
    decision = decisions.announce_meeting(
        election.decision,
        by=by,
        on=election.planned_on - NOTICE,
        planned_on=election.planned_on,
    )
    decision = decisions.open_meeting(decision, by=by, chair="Đỗ Văn Tổ")
    rows = matters.latest(decision).entries.order_by("pk").values_list("pk", flat=True)
    decision = decisions.attend_meeting(decision, by=by, entries=list(rows[:attending]))
    election.refresh_from_db()
    return decision


def ready(village, by, attending, candidates=2, **more):
    """A meeting that may vote."""
    election = posted(village, by, candidates, **more)
    matters.choose(meeting(election, by, attending), by)
    election.refresh_from_db()
    return election


def chosen(election, *numbers):
    """{id of a candidate: number}"""
    keys = election.candidates.order_by("number").values_list("pk", flat=True)
    return dict(zip(keys, numbers, strict=True))


def voted(village, by, attending, *numbers, **more):
    """The vote of a meeting; who attends and chose none of them is against."""
    election = ready(village, by, attending, len(numbers), **more)
    return actions.vote_election(
        election, by=by, chosen=chosen(election, *numbers), against=attending - sum(numbers)
    )


def recognised(village, by, attending, *numbers, on=RECOGNISED, **more):
    """The head who was elected and recognised."""
    election = voted(village, by, attending, *numbers, **more)
    decision = decisions.send_decision(election.decision, by=by, on=SENT)
    decisions.recognise_decision(decision, by=by, on=on, document="15/QĐ-UBND")
    return VillageHead.objects.get(election=election)


def head(village, by, since=date(2025, 8, 1), **more):
    """A head who served already."""
    values = {"name": "Vũ Văn Cựu", "document": "3/QĐ-UBND", "term_until": TERM_UNTIL, **more}
    return actions.enter_head(by=by, unit=village, since=since, **values)


def decided(decision, by, attending, yes):
    """The meeting and vote on a matter that this room put forward."""
    decision = decisions.announce_meeting(decision, by=by, on=NOTICED, planned_on=VOTES_ON)
    decision = decisions.open_meeting(decision, by=by, chair="Đỗ Văn Tổ")
    rows = matters.latest(decision).entries.order_by("pk").values_list("pk", flat=True)
    decision = decisions.attend_meeting(decision, by=by, entries=list(rows[:attending]))
    return matters.vote(matters.choose(decision, by), by, yes)


def drafted(village, by, **more):
    values = {
        "title": "Quy ước tổ dân phố số 5",
        "proposer": "head",
        "drafters": "Trần Văn Soạn\nLê Thị Thảo",
        "text": TEXT,
        "proposed_on": date(2025, 11, 3),
        **more,
    }
    return actions.draft_convention(by=by, unit=village, **values)


def put(village, by, **more):
    """A convention that was posted for thirty days and put to the households."""
    convention = actions.post_convention(drafted(village, by, **more), by=by, on=date(2025, 12, 1))
    return actions.put_convention(convention, by=by, on=date(2026, 1, 12))


def adopted(village, by, attending, yes, **more):
    convention = put(village, by, **more)
    decided(convention.decision, by, attending, yes)
    convention.refresh_from_db()
    return convention


def in_force(village, by, households, on=RECOGNISED, **more):
    convention = adopted(village, by, households, households, **more)
    convention = actions.file_convention(convention, by=by, on=SENT, number="2/TTr")
    decision = decisions.send_decision(convention.decision, by=by, on=SENT)
    decisions.recognise_decision(decision, by=by, on=on, document="20/QĐ-UBND")
    convention.refresh_from_db()
    return convention


def planned(village, by, year=2025, **more):
    values = {
        "plan": "Kiểm điểm việc đã làm trong năm.",
        "plan_on": date(2026, 1, 5),
        "planned_on": date(2026, 1, 24),
        **more,
    }
    return actions.plan_conference(by=by, unit=village, year=year, **values)


def convened(village, by, **more):
    conference = planned(village, by, **more)
    actions.send_conference_plan(conference, by=by, on=date(2026, 1, 6))
    return actions.convene_conference(
        conference,
        by=by,
        on=date(2026, 1, 19),
        planned_on=date(2026, 1, 24),
        venue="Nhà văn hóa",
    )


def held(village, by, attending=3, **more):
    return actions.hold_conference(
        convened(village, by, **more),
        by=by,
        on=date(2026, 1, 24),
        chair="Trần Văn Trưởng",
        secretary="Lê Thị Thư",
        attending=attending,
    )
