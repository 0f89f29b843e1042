"""The doors of a hall: codes, lines of devices, desks of rooms, secret results, keys of urns."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings as project
from django.test import Client

from danchu.casework.access import rate_limits
from danchu.conference.access.codes import personal_code
from danchu.conference.actions.conferences import convene_conference, draft_conference
from danchu.conference.actions.programme import add_item
from danchu.conference.actions.registration import cancel_registration, register_delegate
from danchu.conference.actions.rooms import take_room_entries
from danchu.conference.input.fields import clean_video_address, video_origin
from danchu.conference.models import Attendance, Delegate
from danchu.conference.sections.polls import _declared
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused
from danchu.live.places import with_hall_policy
from danchu.vault.urn import Urn, UrnLost, make_urn
from tests.conference.conftest import (  # noqa: F401
    STARTS,
    _law_loaded_once,
    at,
    committee,
    conference,
    convened,
    country,
    delegates,
    holder,
    in_march,
    offices,
    person,
    running,
    steward,
    system,
)
from tests.conference.test_rooms import entry, room  # noqa: F401
from tests.conference.voting import Hall

CODE = "HN-7QK4-M2ZD"
ROOT = project.ROOT


@pytest.fixture
def hall(country, system, committee):
    return Hall(country.here, system)


@pytest.mark.case("SE-M7")
def test_above_the_limit_no_code_is_looked_up_the_right_one_neither(
    convened, delegates, monkeypatch
):
    monkeypatch.setitem(rate_limits.MOST, "hall", 5)
    (one,) = delegates(convened, 1)
    right = personal_code(one.uid, 1)
    guesser, other = (Client(REMOTE_ADDR=f"203.0.113.{n}") for n in (9, 10))
    for _try in range(5):
        assert guesser.post("/h/", {"code": "AAAAA-AAAAA"}).status_code == 400
    refused = guesser.post("/h/", {"code": right})
    assert refused.status_code == 429 and "Quá nhiều lần" in refused.content.decode()
    assert guesser.post("/h/", {"code": CODE}).status_code == 429
    assert other.post("/h/", {"code": right}).status_code == 302


@pytest.mark.case("SE-M7")
def test_right_codes_do_not_count(convened, delegates, monkeypatch):
    monkeypatch.setitem(rate_limits.MOST, "hall", 3)
    for one in delegates(convened, 6):  # a whole room behind one address
        answer = Client().post("/h/", {"code": personal_code(one.uid, 1)})
        assert answer.status_code == 302, answer.content.decode()


SCAN = """
import sys
from django.conf import settings
settings.configure(VAULT_ROOT=__import__("pathlib").Path(sys.argv[1]))
from danchu.vault.urn import Urn
mask = bytes.fromhex(sys.argv[2])  # the key, each byte turned over: it stands nowhere as it is
for _group in range(20):
    with Urn("u") as urn:
        sealed = urn.seal(1, 2, 1)
        assert urn.unseal(1, 2, sealed)[0] == 1
del urn
found = 0
window = bytearray(1 << 20)
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", buffering=0) as memory:
    for line in list(maps):
        span, rights = line.split()[:2]
        if not rights.startswith("rw"):
            continue
        start, end = (int(part, 16) for part in span.split("-"))
        while start < end:
            try:
                memory.seek(start)
                size = memory.readinto(memoryview(window)[: min(len(window), end - start)])
            except (OSError, ValueError, OverflowError):
                break
            turned = window.translate(bytes(255 - n for n in range(256)))
            found += turned.find(mask, 0, size) >= 0
            start += max(size - 64, 4096) if size == len(window) else max(size, 4096)
            window[:] = bytes(len(window))
print(found)
"""


@pytest.mark.case("SE-M9")
def test_the_key_of_an_urn_is_not_left_in_the_memory_of_who_used_it(tmp_path):
    folder = tmp_path / "urns"
    folder.mkdir()
    key = os.urandom(32)
    (folder / "u.key").write_bytes(key)
    turned = bytes(255 - byte for byte in key).hex()
    done = subprocess.run(
        [sys.executable, "-c", SCAN, str(tmp_path), turned],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    assert (done.stdout.strip(), done.stderr) == ("0", "")


@pytest.mark.case("SE-M9")
def test_no_core_dump_is_made_of_a_worker_that_seals_choices_of_households():
    asks = "import ctypes, resource; print(ctypes.CDLL(None).prctl(3), *resource.getrlimit(4))"
    ran = subprocess.run(
        [sys.executable, "-c", f"import danchu.config.wsgi; {asks}"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    assert ran.stdout.split() == ["0", "0", "0"], ran.stderr


@pytest.mark.case("SE-M9")
def test_an_urn_that_was_closed_opens_nothing(settings, tmp_path):
    settings.VAULT_ROOT = tmp_path
    make_urn("u")
    with Urn("u") as urn:
        sealed = urn.seal(1, 2, 1)
        secret, codes = urn._secret, urn._codes
        assert urn.unseal(1, 2, sealed)[0] == 1
    assert secret == bytes(32) and codes == bytes(32)
    with pytest.raises(AttributeError):
        urn.unseal(1, 2, sealed)
    (tmp_path / "urns" / "u.key").write_bytes(b"short")
    with pytest.raises(UrnLost):
        Urn("u")


@pytest.mark.case("SE-M10")
@pytest.mark.parametrize(("ballots", "declared"), [(1, False), (2, False), (3, True), (0, True)])
def test_a_secret_result_of_one_or_two_ballots_is_not_declared(hall, ballots, declared):
    hall.add(5)
    poll = hall.open()
    hall.vote(poll, [0, 1, 0][:ballots])
    if declared:
        assert hall.declare(poll).result["counts"][0] == (2 if ballots else 0)
        return
    with pytest.raises(Refused, match="biết ai đã chọn gì"):
        hall.declare(poll)
    poll.refresh_from_db()
    assert poll.result is None or "counts" not in (poll.result or {})
    assert poll.state == "closed"


@pytest.mark.case("SE-M10")
def test_a_poll_of_the_whole_hall_is_no_exception(hall):
    hall.add(5)
    poll = hall.open(kind="opinion", electorate="hall")
    hall.vote(poll, [1])
    with pytest.raises(Refused, match="biết ai đã chọn gì"):
        hall.declare(poll)


@pytest.mark.case("SE-M10")
def test_a_secret_result_in_which_all_are_alike_is_told_with_a_warning(hall):
    hall.add(4)
    poll = hall.open()
    hall.vote(poll, [0, 0, 0, 0])
    assert "ai cũng biết" in _declared(hall.declare(poll))


@pytest.mark.case("SE-M11")
def test_the_desk_of_a_room_moves_only_its_own_delegates(room, clock):
    point = room
    others = Delegate.objects.filter(conference=point.conference).exclude(point=point)
    stranger = others.exclude(point=None).first()
    Attendance.objects.create(
        delegate=stranger,
        point=stranger.point,
        movement="arrived",
        how="room",
        at=now(),
        noted_by="x",
    )
    clock.forward(minutes=1)
    sent = [
        entry(1, "left", delegate=stranger.pk),
        entry(2, "arrived", delegate=stranger.pk),
        entry(3, "arrived", delegate=point.mine[0].pk),
        entry(4, "left", delegate=point.mine[0].pk),
    ]
    answers = take_room_entries(point, sent, by=point.desk)
    assert [one["outcome"] for one in answers] == ["refused", "refused", "counted", "counted"]
    assert "không thuộc điểm cầu này" in answers[0]["told"]
    assert Attendance.objects.filter(delegate=stranger).count() == 1


@pytest.mark.case("SE-L10")
@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://hop.hanoi.gov.vn/phong-1", "https://hop.hanoi.gov.vn"),
        ("https://hop.hanoi.gov.vn:8443/?a=;b", "https://hop.hanoi.gov.vn:8443"),
        ("http://10.0.0.1", "http://10.0.0.1"),
        ("https://x;script-src *", ""),
        ("https://x;script-src/", ""),
        ("https://a b/", ""),
        ("https://ai:mat-khau@hop.vn/", ""),
        ("https://*/", ""),
        ("https://'unsafe-inline'/", ""),
        ("https://hop.vn,evil.example/", ""),
        ("https://hop.vn\n/", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_the_address_of_a_video_adds_nothing_to_the_policy(rf, address, origin):
    assert video_origin(address) == origin
    conference = SimpleNamespace(video=address, video_embedded=True)
    answer = with_hall_policy(SimpleNamespace(headers={}), rf.get("/"), conference)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.endswith(f"frame-src {origin or chr(39) + 'none' + chr(39)}")
    if not origin and "\n" not in address:
        with pytest.raises(Refused):
            clean_video_address(address)


@pytest.mark.case("FA21")
@pytest.mark.parametrize(
    ("again", "stands"),
    [
        ({"contact": "0912000001"}, True),
        ({"contact": "+84 912 000 001"}, True),
        ({"contact": "0912.000.001", "name": "AN THỊ A"}, True),
        ({"contact": "0084912000001", "name": "An  Thị\u00a0A\u200b"}, True),
        ({"contact": "AN@Vidu.VN", "before": "an@vidu.vn"}, True),
        ({"contact": "0912000002"}, False),
        ({"contact": ""}, False),
        ({"contact": "0912000001", "name": "Ân Thị A"}, False),
    ],
)
def test_one_person_has_one_place_from_whatever_browser(committee, country, system, again, stands):
    conference = open_to_all(country, system)
    again = dict(again)
    contact = again.pop("before", "0912000001")
    first = {"code": conference.entry_code, "name": "An Thị A", "contact": contact}
    delegate, _code = register_delegate(conference, by=system, **first)
    if not stands:
        register_delegate(conference, by=system, **{**first, **again})
        assert Delegate.objects.count() == 2
        return
    with pytest.raises(Refused) as refusal:
        register_delegate(conference, by=system, **{**first, **again})
    assert refusal.value.field == "contact" and Delegate.objects.count() == 1
    cancel_registration(delegate, by=system)
    register_delegate(conference, by=system, **{**first, **again})


@pytest.mark.case("FA21", "FA5")
@pytest.mark.parametrize(
    ("name", "contact", "stands"),
    [
        ("Trần Thị Hoà", "hoa@vidu.vn", True),
        ("Tra\u0302\u0300n Thi\u0323 Ho\u0300a", "HOA@vidu.vn", True),
        ("Trần Thị Hoa", "hoa@vidu.vn", False),
    ],
)
def test_a_name_is_one_wherever_its_tone_is_typed(
    committee, country, system, name, contact, stands
):
    conference = open_to_all(country, system)
    code = conference.entry_code
    register_delegate(conference, by=system, code=code, name="Trần Thị Hòa", contact="hoa@vidu.vn")
    if not stands:
        register_delegate(conference, by=system, code=code, name=name, contact=contact)
        return
    with pytest.raises(Refused):
        register_delegate(conference, by=system, code=code, name=name, contact=contact)
    assert Delegate.objects.count() == 1


def open_to_all(country, system):
    conference = draft_conference(
        by=system, unit=country.here, title="Hội nghị", starts_at=STARTS, entry="link", capacity=5
    )
    add_item(conference, by=system, title="Báo cáo")
    return convene_conference(conference, by=system)
