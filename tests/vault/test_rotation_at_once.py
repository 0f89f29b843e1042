"""The keys are rotated while others seal and read: nothing sealed meanwhile is lost, nobody who
may read is turned away.
"""

import io
import threading
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from danchu.vault import keys
from danchu.vault.actions import ask_opening, judge_opening, read_identity, seal_identity
from danchu.vault.contents import decrypt_words
from danchu.vault.models import Lock, Sealed
from tests.casework.conftest import at, keys_apart, law, registered  # noqa: F401
from tests.people.conftest import country, holder, offices, person, system  # noqa: F401

ROTATIONS = 4


@pytest.mark.django_db(transaction=True)
def test_what_is_sealed_and_read_during_rotations_is_never_lost(law, system, at, country):
    asker, granter, over, faults, reads = (
        at("petition_officer"),
        at("inspectorate_chief"),
        threading.Event(),
        [],
        [],
    )
    known = seal_identity(
        by=system, unit=country.here, pseudonym="NTC-READ-0000", words={"text": "đọc được"}
    )
    judge_opening(
        ask_opening(known, by=asker, reason="Cần mời người tố cáo làm việc"),
        by=granter,
        granted=True,
    )

    def seal(mark):
        for number in range(200):
            if over.is_set():
                break
            seal_identity(
                by=system,
                unit=country.here,
                pseudonym=f"NTC-{mark}-{number:04}",
                words={"text": f"{mark} {number}"},
            )
            time.sleep(0.02)

    def read(_mark):
        while not over.is_set():
            reads.append(read_identity(known, by=asker)[0]["text"])

    def run(act, mark):
        try:
            act(mark)
        except Exception as fault:  # noqa: BLE001
            faults.append(fault)
        finally:
            connection.close()

    before = set(keys.opening_keys())
    threads = [
        threading.Thread(target=run, args=pair)
        for pair in ((seal, "A"), (seal, "B"), (read, "C"), (read, "D"))
    ]
    for thread in threads:
        thread.start()
    try:
        for _ in range(ROTATIONS):
            call_command("vault", "rotate", stdout=io.StringIO())
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert faults == [] and reads and set(reads) == {"đọc được"}
    ring = set(keys.sealing_keys())
    assert len(ring) == 1 and not ring & before
    found = list(Sealed.objects.order_by("pk"))
    assert len(found) > 1 and all(decrypt_words(it)["text"] for it in found)
    assert set(Lock.objects.values_list("key", flat=True)) == ring and Lock.objects.count() == len(
        found
    )


def test_a_key_that_leaves_while_the_ring_is_read_is_simply_not_there(
    settings, tmp_path, monkeypatch
):
    settings.VAULT_ROOT = tmp_path / "ring"
    kept, gone = keys.add_key(), keys.add_key()
    listed = Path.glob

    def late(self, pattern):
        found = list(listed(self, pattern))
        (self / pattern.replace("*", gone)).unlink(missing_ok=True)
        return found

    monkeypatch.setattr(Path, "glob", late)
    assert set(keys.opening_keys()) == set(keys.sealing_keys()) == {kept}
