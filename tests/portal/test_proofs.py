"""A reader's proof of a record: fetched by its page, checked by the script that stands alone, and
saying nothing that the public page does not say.
"""

import json
import re
from datetime import date
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from django.db import connection

from danchu.journal.actions import publish_checkpoint, record
from danchu.journal.digest_form import forms
from danchu.journal.digest_proof import digested_row, public_row_proof
from danchu.journal.loading import found_digests
from danchu.journal.merkle import inclusion_path, nodes_over, streamed_path
from danchu.journal.models import RowDigest
from danchu.journal.verify_rows import row_problems
from danchu.portal.proving import proof_url
from danchu.register.actions import confirm_event, draft_event
from danchu.subjects.proved import proved_kinds
from tests.faults.test_book import plant
from tests.journal.test_checkpoints import run
from tests.people.conftest import country, system  # noqa: F401

DAY = date(2025, 9, 9)
NOTE = "Số điện thoại của bà chủ nhà: 0912 345 678"


@pytest.fixture
def event(db, system, country):  # noqa: F811
    """A confirmed public event with a note that only officials may read, under a checkpoint."""
    found_digests(by=system)
    draft = draft_event(
        "conference",
        by=system,
        unit=country.here,
        held_on=DAY,
        title="Hội nghị “đối thoại” \U0001f1fb\U0001f1f3",
        reference="07/BC",
        note=NOTE,
        participants=57,
        parts=[("bridge_point", country.village, "Điểm cầu", 12)],
    )
    confirmed = confirm_event(draft, by=system)
    publish_checkpoint(by=system)
    return confirmed


def address(event, kind="event"):
    return f"/journal/records/{kind}/{event.uid}/"


def downloaded(client, event, folder):
    """(what the script says, the proof) of the files that the page links to."""
    page = client.get(address(event)).content.decode()
    files = {}
    for name in ("KHOA.txt", "DAU-KIEM.txt", "CHUNG-MINH.json"):
        (link,) = re.findall(rf'href="([^"]+)"\s+download="{name}"', page)
        files[name] = folder / name
        files[name].write_bytes(client.get(link.replace("&amp;", "&")).content)
    assert "kiem-so.py KHOA.txt DAU-KIEM.txt CHUNG-MINH.json" in page
    return run(*files.values()), json.loads(files["CHUNG-MINH.json"].read_text())


@pytest.mark.case("TR1")
def test_a_proof_that_was_downloaded_checks_and_says_what_the_page_says(client, event, tmp_path):
    page = client.get(f"/records/{event.uid}/").content.decode()
    assert f'href="{address(event)}"' in page
    (code, said), proof = downloaded(client, event, tmp_path)
    assert code == 0 and "07/BC" in said and "57" in said
    text = json.dumps(proof, ensure_ascii=False)
    latest = RowDigest.objects.get(kind="event", subject=event.pk)
    for hidden in (NOTE, "0912 345", event.recorded_by, latest.salt.hex, str(latest.salt)):
        assert hidden not in text
    content = json.loads(proof["row"]["content"])[3:]
    values = dict(zip(proof["row"]["fields"], content, strict=False))
    assert values["title"] == event.title and "note" not in values


@pytest.mark.case("TR1")
@pytest.mark.parametrize("change", ["participants = 58", "note = 'khác'", "state = 'withdrawn'"])
def test_a_record_that_was_changed_fails(client, event, tmp_path, change):
    plant(f"UPDATE register_event SET {change}", "register_event")
    (code, said), _proof = downloaded(client, event, tmp_path)
    assert code == 1 and said.startswith("SAI / WRONG")
    assert 'role="alert"' in client.get(address(event)).content.decode()


def test_the_public_salt_opens_nothing_else(event):
    row = digested_row("event", event.pk)
    shown = row.public()
    closed = json.loads(shown["content"])[-1]
    whole = row.whole()["closed"]
    assert NOTE in whole["content"]
    assert sha256(bytes.fromhex(whole["salt"]) + whole["content"].encode()).hexdigest() == closed
    for guessed in (shown["salt"], "00" * 16):
        assert sha256(bytes.fromhex(guessed) + whole["content"].encode()).hexdigest() != closed
    assert UUID(shown["salt"]) != RowDigest.objects.get(kind="event", subject=event.pk).salt


def test_of_a_form_without_halves_only_the_digest_is_shown(event, country, tmp_path, client):  # noqa: F811
    unit = country.here
    latest = RowDigest.objects.filter(kind="unit", subject=unit.pk).latest("pk")
    proof = public_row_proof(digested_row("unit", unit.pk), _size(client))
    assert proof["row"]["content"] == f'["unit", {latest.form}, {unit.pk}]'
    assert "salt" not in proof["row"] or not proof["row"]["salt"]
    (tmp_path / "proof").write_text(json.dumps(proof))
    (tmp_path / "note").write_bytes(client.get("/journal/checkpoint").content)
    (tmp_path / "keys").write_bytes(client.get("/journal/keys").content)
    files = [tmp_path / name for name in ("keys", "note", "proof")]
    assert run(*files)[0] == 0
    # A content beside a digest is never believed: it is hashed itself.
    proof["row"]["content"] = f'["unit", {latest.form}, {unit.pk}, "khác"]'
    (tmp_path / "proof").write_text(json.dumps(proof))
    assert run(*files)[0] == 1
    plant("UPDATE units_unit SET since = since + 1", "units_unit")
    with pytest.raises(LookupError):
        public_row_proof(digested_row("unit", unit.pk), _size(client))


def _size(client):
    return int(client.get("/journal/checkpoint").content.decode().split("\n")[1])


@pytest.mark.parametrize("ending", ["", "proof.json"])
def test_a_hidden_record_answers_as_one_that_is_not_there(client, event, system, country, ending):  # noqa: F811
    draft = draft_event(
        "petition", by=system, unit=country.here, held_on=DAY, title="Kín", form="complaint"
    )
    hidden = confirm_event(draft, by=system)
    publish_checkpoint(by=system)
    answers = [
        client.get(f"{start}{ending}")
        for start in (
            address(hidden),
            address(event).replace(str(event.uid), str(uuid4())),
            address(event, "petition"),
            address(event, "no_kind"),
        )
    ]
    assert {answer.status_code for answer in answers} == {404}
    uids = re.compile(r"[0-9a-f-]{36}")
    assert len({uids.sub("", answer.content.decode()) for answer in answers[:2]}) == 1
    assert client.get(f"{address(event)}{ending}").status_code == 200


@pytest.mark.case("FI9")
def test_a_proof_tells_no_count_of_what_is_not_public(client, event, system, country):  # noqa: F811
    """An entry that digests a record of a sensitive kind beside a public one, as an import does."""
    draft = draft_event("petition", by=system, unit=country.here, held_on=DAY, title="Kín")
    hidden = confirm_event(draft, by=system)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_change (transaction, recorded, kind, subject) SELECT "
            "txid_current(), journal_recorded(), 'event', unnest(%s::bigint[])",
            [[event.pk, hidden.pk]],
        )
    entry = record(system, "test.imported")
    publish_checkpoint(by=system)
    assert entry.rows.split()[1] == "2" and list(row_problems()) == []
    assert client.get(f"{address(event)}proof.json").status_code == 404
    page = client.get(address(event)).content.decode()
    assert "danchu checkpoint proof" in page and "CHUNG-MINH.json" not in page


def test_a_record_that_no_checkpoint_covers_yet_has_no_file(client, event, system):  # noqa: F811
    draft = draft_event("conference", by=system, unit=event.unit, held_on=DAY, title="Mới")
    assert proof_url("record", draft) == ""
    later = confirm_event(draft, by=system)
    assert proof_url("record", later) == address(later)
    assert client.get(f"{address(later)}proof.json").status_code == 404
    assert "ngày mai" in client.get(address(later)).content.decode()
    publish_checkpoint(by=system)
    assert client.get(f"{address(later)}proof.json").status_code == 200
    assert client.get(f"{address(later)}proof.json?size=1").status_code == 404


def test_rows_of_evidence_lead_to_their_proof(client, event, system):  # noqa: F811
    draft = draft_event("training", by=system, unit=event.unit, held_on=DAY, title="Lớp")
    training = confirm_event(draft, by=system)
    question = f"unit={event.unit_id}&since=2025-09-01&last=2025-09-30"
    page = client.get(f"/figures/training_classes/?{question}").content.decode()
    assert address(training) in page and address(event) not in page


def test_each_kind_that_is_proved_to_readers_is_digested_and_names_public_fields():
    assert set(proved_kinds()) <= set(forms())
    for form in forms().values():
        for number, names in form.rule.public.items():
            assert set(names.split()) <= set(form.names(number))
            assert not set(names.split()) & {"note", "reason", "made_by", "recorded_by", "salt"}


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 13])
def test_a_path_over_streamed_leaves_is_that_over_leaves_in_memory(size):
    leaves = [sha256(bytes([number])).digest() for number in range(size)]
    for index in range(size):
        expected = inclusion_path(nodes_over(leaves), index, size)
        assert streamed_path(iter(leaves), index, size) == expected
