"""Groups of opinion of a large consultation, against red-dwarf on the same votes in the same run,
and how soon later votes move the picture.
"""

from uuid import uuid4

from bench.ground import say
from bench.measure import peak_mib, row, seconds
from bench.red_dwarf import groups_by_red_dwarf

RUNS = 3
# Where red-dwarf cannot be had: what it took for LARGE on such a machine before.
RED_DWARF = 75.0
LARGE = (18_081, 9_034, 400_075)
SMALL = (1_808, 903, 40_007)
MOST_MIB = 1024
LEAST_INDEX = 0.95
# Later votes, and within how many seconds they are seen.
LATER, SOON = 2_000, 1.0
BATCH = 10_000


def groups(people, statements, votes):
    """Two rows; asserts that the planted groups come back, and red-dwarf's, and that the memory
    stays bounded. Where every statement is seen by few, red-dwarf finds no groups, so it is asked
    only of votes on the same statements first.
    """
    from danchu.consultation.opinion_groups import groups_of, tally_of
    from tests.consultation.planted import planted

    for in_order in (False, True):
        cast, truth = planted(people, statements, votes, in_order=in_order)
        ours = groups_of(tally_of(cast), cast)
        _agree(ours, dict(enumerate(truth)), "planted")
    least = min(seconds(lambda: _picture(tally_of(cast))) for _run in range(RUNS))
    memory = peak_mib(lambda: _picture(tally_of(cast)))
    assert memory <= MOST_MIB, memory
    rival = groups_by_red_dwarf(cast)
    name = f"nhóm ý kiến: {people:,} người, {statements:,} phát biểu, {len(cast):,} lượt chọn"
    if rival is None:
        taken, against = RED_DWARF * len(cast) / LARGE[2], "red-dwarf đã đo trước"
    else:
        taken, mib, theirs = rival
        say(f"  red-dwarf took {mib:,} MiB")
        against = "red-dwarf cùng lượt chạy"
        _agree(ours, theirs, "red-dwarf's")
    return [
        row(f"{name} / {against}", least, taken, 0.1, memory),
        _later(f"{name}; {LATER:,} lượt chọn mới đổi bức tranh / một giây", cast),
    ]


def _agree(ours, theirs, whose):
    from tests.consultation.planted import adjusted_rand

    both = sorted(ours.keys() & theirs.keys())
    index = adjusted_rand([ours[one] for one in both], [theirs[one] for one in both])
    say(f"  adjusted Rand index with {whose} groups {index:.3f}, {len(both):,} people")
    assert index >= LEAST_INDEX, index


def _picture(tally):
    from danchu.consultation.group_picture import account_of, picture_of

    return picture_of(account_of(tally))


def _later(name, cast):
    """The row of votes that come after a count, by the job that runs when somebody voted: from the
    tables to the numbers that the page shows.
    """
    from django.db import transaction

    with transaction.atomic():  # no journal has these rows: they are rolled back
        consultation, person, statement = _consultation(cast)
        _write_votes(consultation, person, statement, cast[: -RUNS * LATER])
        taken, memory = _moves(consultation, person, statement, cast[-RUNS * LATER :])
        transaction.set_rollback(True)
    return row(name, min(taken), SOON, 1, memory)


def _moves(consultation, person, statement, later):
    """([seconds of each move], peak memory of one)."""
    from django.db import connection

    from danchu.consultation.models import Findings
    from danchu.consultation.writes.findings import move_groups, work_out

    work_out(consultation)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE consultation_vote, consultation_voter")
    taken = []
    for start in range(0, len(later), LATER):
        _write_votes(consultation, person, statement, later[start : start + LATER])
        before = Findings.objects.get(pk=consultation.pk)
        taken.append(seconds(lambda: move_groups(consultation.pk)))
        after = Findings.objects.get(pk=consultation.pk)
        assert bytes(after.groups_kept) != bytes(before.groups_kept)
    assert not consultation.votes.filter(counted_as=None).exists()
    return taken, peak_mib(lambda: move_groups(consultation.pk))


def _consultation(cast):
    """An open consultation with a voter for each person and a proposition for each statement; the
    consultation, {person: id}, {statement: id}.
    """
    from danchu.consultation.models import Consultation, Proposition, Voter
    from danchu.kernel.days import now, today
    from danchu.units.models import Standing

    unit = Standing.objects.filter(kind__in=("xa", "phuong")).order_by("pk").first().unit
    written = {"unit": unit, "made_by": "bench", "made_at": now()}
    consultation = Consultation.objects.create(
        uid=uuid4(),
        matter=1,
        title="Đo",
        is_individual=False,
        planned_on=today(),
        opened_on=today(),
        until=today(),
        required_on=today(),
        state="open",
        **written,
    )
    written["consultation"] = consultation
    people, statements = ({vote[place] for vote in cast} for place in (0, 1))
    voters = Voter.objects.bulk_create(
        (Voter(number=one + 1, key=f"{one}", way="paper", **written) for one in sorted(people)),
        batch_size=BATCH,
    )
    propositions = Proposition.objects.bulk_create(
        (
            Proposition(uid=uuid4(), number=one + 1, kind="proposition", text=f"{one}", **written)
            for one in sorted(statements)
        ),
        batch_size=BATCH,
    )
    return (
        consultation,
        {one.number - 1: one.pk for one in voters},
        {one.number - 1: one.pk for one in propositions},
    )


def _write_votes(consultation, person, statement, cast):
    from danchu.consultation.models import Vote

    Vote.objects.bulk_create(
        (
            Vote(
                consultation=consultation,
                voter_id=person[one],
                proposition_id=statement[other],
                choice=choice,
            )
            for one, other, choice in cast
        ),
        batch_size=BATCH,
    )
