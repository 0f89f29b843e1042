"""Nothing links a person to a choice: not the tables, their system columns or old row versions, nor
dumps, backups, journal, frames, logs.
"""

import re
import tarfile
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from danchu.conference.models import Ballot, Declaration, Frame, Vote
from danchu.conference.writes.batches import vote
from danchu.config.backup import backup
from danchu.config.pg_tools import run_tool
from danchu.journal.models import Entry
from danchu.live.sequencer import sequence
from danchu.vault.urn import Urn
from tests.conference.voting import ABSTAIN, NO, YES, country, hall, law, system, vault  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)
CHOICES = [YES, NO, YES, YES, ABSTAIN, NO, NO, YES, NO, ABSTAIN, YES, NO]
ORDER = [7, 2, 11, 0, 5, 9, 1, 10, 3, 8, 6, 4]  # who comes to vote when


def dump(folder, name):
    path = folder / name
    run_tool("pg_dump", "-Fp", "-f", path, database=connection.settings_dict["NAME"])
    return path.read_text()


def copied(text):
    """{table: [line]} of a plain dump."""
    return {table: body.splitlines() for table, _names, body in blocks(text)}


def blocks(text):
    return re.findall(r"^COPY public\.(\w+) \((.*?)\) FROM stdin;\n(.*?)^\\\.$", text, re.M | re.S)


def votes_in(text):
    """[{column: as dumped}] of the votes in a plain dump."""
    names, body = next(
        (names.split(", "), body)
        for table, names, body in blocks(text)
        if table == "conference_vote"
    )
    return [dict(zip(names, line.split("\t"), strict=True)) for line in body.splitlines()]


def asked(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def heap(table):
    """The table's file on disk, with every old row version that was not yet vacuumed."""
    asked("SELECT 1 FROM pg_class LIMIT 1")
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    ((root,),) = asked("SHOW data_directory")
    ((path,),) = asked("SELECT pg_relation_filepath(%s)", table)
    try:
        return (Path(root) / path).read_bytes()
    except OSError:
        pytest.skip("the server's files lie elsewhere")


@pytest.fixture
def ballot(hall):
    """(poll, [VoteAnswer] by index of the delegate): a secret vote in which each vote came alone,
    in a known order, with frames published in between.
    """
    hall.add(len(CHOICES))
    poll, told = hall.open(), {}
    for place in ORDER:
        told[place] = vote(poll, hall.delegates[place], CHOICES[place])
        sequence(hall.conference)
    return poll, [told[place] for place in range(len(CHOICES))]


def test_while_it_is_open_a_dump_holds_ciphertexts_of_one_length_and_no_code(
    hall, ballot, tmp_path
):
    poll, told = ballot
    text = dump(tmp_path, "during.sql")
    votes = votes_in(text)
    assert len(votes) == len(CHOICES)
    assert {one["choice"] for one in votes} == {r"\N"}
    sealed = [one["sealed"] for one in votes]
    assert len({len(one) for one in sealed}) == 1 and len(set(sealed)) == len(sealed)
    # No place in the ciphertexts says the same of all: nothing of a plain text shows through.
    alike = [bytes.fromhex(one.removeprefix(r"\\x")) for one in sealed]
    assert not any(
        {row[at] for row in alike} <= {row[at]} for at in range(len(alike[0])) for row in alike
    )
    assert [one.code for one in told if one.code in text] == []
    assert not copied(text).get("conference_ballot")


def test_a_backup_holds_no_key_of_an_urn(hall, ballot, tmp_path, vault):
    poll, _told = ballot
    (key,) = (vault / "urns").iterdir()
    secret = key.read_bytes()
    backup(tmp_path / "during.tar")
    hall.declare(poll)
    backup(tmp_path / "after.tar")
    for name in ("during.tar", "after.tar"):
        content = (tmp_path / name).read_bytes()
        assert secret not in content and secret.hex().encode() not in content
        with tarfile.open(tmp_path / name) as archive:
            assert [one for one in archive.getnames() if "urn" in one or ".key" in one] == []
    assert list((vault / "urns").iterdir()) == []


def test_after_the_result_no_table_joins_a_person_to_a_choice(hall, ballot, tmp_path):
    poll, told = ballot
    hall.declare(poll)
    text = dump(tmp_path, "after.sql")
    tables = copied(text)
    for one, delegate in zip(told, hall.delegates, strict=True):
        assert {
            table for table, lines in tables.items() if any(one.code in line for line in lines)
        } == {"conference_ballot", "conference_declaration"}
        marks = (delegate.name, str(delegate.uid))
        told_of = {
            table
            for table, lines in tables.items()
            if any(mark in line for line in lines for mark in marks)
        }
        assert told_of == {"conference_delegate"}
    (declared,) = tables["conference_declaration"]
    assert not any(
        delegate.name in declared or str(delegate.uid) in declared for delegate in hall.delegates
    )
    assert [(one["choice"], one["sealed"]) for one in votes_in(text)] == [(r"\N", r"\N")] * len(
        CHOICES
    )


def test_neither_order_nor_time_of_arrival_is_kept_with_a_choice(hall, ballot):
    poll, told = ballot
    hall.declare(poll)
    on_disk = [
        code
        for (code,) in asked(
            "SELECT code FROM conference_ballot WHERE poll_id = %s ORDER BY ctid", poll.pk
        )
    ]
    assert on_disk == sorted(one.code for one in told)
    assert (
        len(asked("SELECT DISTINCT xmin::text FROM conference_ballot WHERE poll_id = %s", poll.pk))
        == 1
    )
    columns = asked(
        "SELECT table_name, column_name, data_type, column_default, is_identity FROM "
        "information_schema.columns WHERE table_name IN ('conference_vote', "
        "'conference_ballot')"
    )
    assert {(table, name) for table, name, *_rest in columns} == {
        ("conference_vote", "poll_id"),
        ("conference_vote", "voter_id"),
        ("conference_vote", "choice"),
        ("conference_vote", "sealed"),
        ("conference_ballot", "poll_id"),
        ("conference_ballot", "code"),
        ("conference_ballot", "choice"),
    }
    assert [
        one
        for *_names, kind, default, identity in columns
        for one in [(kind, default, identity)]
        if "time" in kind or default or identity == "YES"
    ] == []


def test_old_versions_of_rows_on_disk_hold_ciphertexts_only(hall, ballot):
    poll, told = ballot
    sealed = [
        bytes(one)
        for (one,) in asked("SELECT sealed FROM conference_vote WHERE poll_id = %s", poll.pk)
    ]
    hall.declare(poll)
    left = heap("conference_vote")
    assert any(
        one in left for one in sealed
    )  # the old versions are there: what follows is no empty claim
    assert [one.code for one in told if one.code.encode() in left] == []


def test_what_is_told_journalled_and_logged_meanwhile_speaks_of_no_choice(
    hall, ballot, caplog, capfd
):
    poll, told = ballot
    frames = " ".join(
        Frame.objects.filter(conference=hall.conference).values_list("body", flat=True)
    )
    assert '"cast":12' in frames and '"counts":[' not in frames
    hall.declare(poll)
    sequence(hall.conference)
    frames = " ".join(
        Frame.objects.filter(conference=hall.conference).values_list("body", flat=True)
    )
    entries = " ".join(f"{entry.actor_name} {entry.data}" for entry in Entry.objects.all())
    said = frames + entries + caplog.text + "".join(capfd.readouterr())
    assert '"counts":[5,5,2]' in frames
    for one, delegate in zip(told, hall.delegates, strict=True):
        assert not [
            mark
            for mark in (one.code, one.signature, delegate.name, str(delegate.uid))
            if mark in said
        ]


def test_with_the_choices_of_two_people_exchanged_everything_kept_is_the_same(hall):
    """Whatever an observer of all tables could distinguish would show here: the same people vote in
    the same order, two of them with exchanged choices.
    """
    hall.add(len(CHOICES))
    exchanged = [CHOICES[1], CHOICES[0], *CHOICES[2:]]
    assert exchanged != CHOICES
    seen = []
    for choices in (CHOICES, exchanged):
        poll = hall.open()
        for place in ORDER:
            vote(poll, hall.delegates[place], choices[place])
        during = view(poll)
        hall.declare(poll)
        seen.append((during, view(poll)))
    assert seen[0] == seen[1]


def view(poll):
    """What the tables say about a poll, in physical order, except random values and times."""
    rows = {
        "vote": asked(
            "SELECT voter_id, choice, length(sealed) FROM conference_vote WHERE poll_id "
            "= %s ORDER BY ctid",
            poll.pk,
        ),
        "order of writing": asked(
            "SELECT voter_id, rank() OVER (ORDER BY xmin::text::bigint) FROM "
            "conference_vote WHERE poll_id = %s ORDER BY 2, 1",
            poll.pk,
        ),
        "roll": asked(
            "SELECT voter_id FROM conference_rollentry WHERE poll_id = %s ORDER BY ctid", poll.pk
        ),
        "ballot": Counter(
            asked("SELECT choice, length(code) FROM conference_ballot WHERE poll_id = %s", poll.pk)
        ),
        "poll": asked(
            "SELECT state, secrecy, result -> 'told', result -> 'rooms', basis -> 'roll' "
            "FROM conference_poll WHERE id = %s",
            poll.pk,
        ),
        "journal": [
            (act, re.sub(r"[0-9a-f]{16,}", "hex", str(data)))
            for act, data in asked(
                "SELECT act, data FROM journal_entry WHERE kind = 'poll' AND subject = "
                "%s ORDER BY number",
                str(poll.pk),
            )
        ],
    }
    declared = Declaration.objects.filter(poll=poll).first()
    lines = declared.content.splitlines() if declared else []
    rows["file"] = Counter(
        re.sub(r"[0-9a-f-]{32,}|[0-9A-Z]{16}|\d{4}-\d\d-\d\dT[\d:]+Z", "*", line) for line in lines
    )
    return rows


def test_the_codes_are_sorted_so_that_no_place_in_the_file_is_a_place_in_the_queue(hall, ballot):
    poll, told = ballot
    hall.declare(poll)
    assert list(
        Ballot.objects.filter(poll=poll).order_by("code").values_list("choice", flat=True)
    ) == [
        choice
        for _code, choice in sorted(
            (one.code, choice) for one, choice in zip(told, CHOICES, strict=True)
        )
    ]


def test_a_sealed_vote_opens_for_its_own_voter_and_poll_only(hall, ballot):
    poll, told = ballot
    urn, (first, second, *_rest) = Urn(poll.uid), Vote.objects.filter(poll=poll).order_by("voter")
    assert urn.unseal(poll.pk, first.voter_id, first.sealed) == (CHOICES[0], told[0].code)
    for wrong in ((poll.pk, second.voter_id), (poll.pk + 1, first.voter_id)):
        with pytest.raises(Exception, match=str(poll.uid)):
            urn.unseal(*wrong, first.sealed)
