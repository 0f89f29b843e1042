"""The published file recounted by the standalone script: it detects every change, and needs none of
our packages.
"""

import hashlib
import io
import json
import re
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from danchu.conference.models import Declaration
from danchu.conference.votes.ballot_proofs import proof_of
from danchu.conference.writes.batches import vote
from danchu.vault import merkle
from danchu.vault.signatures import result_text
from danchu.vault.signed_file import csv_line, file_text, signed_lines
from tests.conference.voting import ABSTAIN, NO, YES, country, hall, law, system, vault  # noqa: F401

SCRIPT = (
    Path(__file__).resolve().parents[2]
    / "danchu"
    / "portal"
    / "static"
    / "portal"
    / "kiem-phieu.py"
)
# Where the script finds no `cryptography`, it checks the signature by itself.
ALONE = [sys.executable, "-I", "-S"]


def recount(*arguments, python=ALONE):
    """(exit code, what it printed) of the script, in a process without our packages."""
    done = subprocess.run(
        [*python, str(SCRIPT), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd="/",
        env={},
    )
    assert done.stderr == "", done.stderr
    return done.returncode, done.stdout


def recount_here(path):
    """The same in this process, for hundreds of files that differ by a byte."""
    script = {"__name__": "script"}
    exec(compile(SCRIPT.read_text(encoding="utf-8"), str(SCRIPT), "exec"), script)
    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with redirect_stdout(printed):
        code = script["main"]([str(path)])
    return code, printed.buffer.getvalue().decode()


@pytest.fixture
def declared(hall):
    """{name: Declaration} of a secret vote, a named one, one with names, one with rooms, and an
    opinion poll.
    """
    hall.add(7)
    room = hall.point('Điểm cầu "A", tầng 2')
    hall.add(2, point=room)
    hall.add(3, present=False)
    made = {}
    for name, asked in {
        "secret": {"threshold_rule": "vote.present.majority", "quorum_rule": "quorum.staff"},
        "named": {
            "secrecy": "named",
            "electorate": "entitled",
            "threshold_rule": "vote.entitled.two_thirds",
        },
        "names": {"secrecy": "named", "publishes_names": True},
        "rooms": {
            "secrecy": "named",
            "franchise": "both",
            "threshold_rule": "vote.present.two_thirds",
        },
        "opinion": {"secrecy": "named", "kind": "opinion"},
    }.items():
        poll = hall.open(**asked)
        hall.vote(poll, [YES, YES, NO, ABSTAIN, YES, YES, NO])
        if name == "rooms":
            hall.hands(poll, room, 20, [15, 3, 1])
        made[name] = Declaration.objects.get(poll=hall.declare(poll))
    return made


_kept = {}


@pytest.fixture
def texts(request):
    """The same, made once for all tests: the files outlive the rows."""
    if not _kept:
        _kept.update(request.getfixturevalue("declared"))
    return _kept


def saved(tmp_path, text, name="ket-qua.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def signed_anew(lines, key=None):
    """The file of these lines with a matching root and a signature by another key, as a forger
    would make it.
    """
    key = key or Ed25519PrivateKey.generate()
    uid = next(line for line in lines if line.startswith("poll,")).split(",")[1]
    root = merkle.root(lines)
    signature = key.sign(result_text(uid, len(lines), root).encode()).hex()
    return file_text(lines, root, key.public_key().public_bytes_raw().hex(), signature)


@pytest.mark.django_db
@pytest.mark.parametrize("python", [ALONE, [sys.executable]], ids=["alone", "with cryptography"])
def test_every_kind_of_result_is_recounted_alike(texts, tmp_path, python):
    for name, it in texts.items():
        code, told = recount(saved(tmp_path, it.content), "--key", it.public_key, python=python)
        assert code == 0, (name, told)
        assert "ALL HOLDS" in told
        numbers = [int(found) for found in re.findall(r"^ +(\d+)  ", told, re.M)]
        assert numbers == it.poll.result["counts"], name
        assert {
            "passed": "được thông qua /",
            "not_passed": "không được thông qua /",
            "counted": "các con số /",
        }[it.poll.result["outcome"]] in told


def dropped(lines):
    return [line for at, line in enumerate(lines) if at != len(lines) - 2]


def doubled(lines):
    return [*lines, lines[-1]]


def changed(lines):
    key, _comma, choice = lines[-1].rpartition(",")
    return [*lines[:-1], f"{key},{'2' if choice != '2' else '1'}"]


def reordered(lines):
    return [*lines[:-2], lines[-1], lines[-2]]


def one_more_option_of_no_name(lines):
    return [*lines[:-1], lines[-1].rpartition(",")[0] + ",9"]


def head(old, new):
    def change(lines):
        found = [re.sub(old, new, line) for line in lines]
        assert found != lines
        return found

    return change


TAMPERED = {
    "dropped": dropped,
    "doubled": doubled,
    "changed": changed,
    "reordered": reordered,
    "no such option": one_more_option_of_no_name,
    "verdict": head(r"^verdict,.*", "verdict,void"),
    "counts": head(r"^count,1,\d+,0,\d+", "count,1,6,0,6"),
    "cast": head(r"^cast,\d+", "cast,9"),
    "roll": head(r"^roll,\d+", "roll,1"),
    "rule": head(r",more_than,1/2,", ",at_least,1/9,"),
    "quorum": head(r"^present,\d+", "present,2"),
    "written another way": head(r"^cast,(\d+)", r'"cast",\1'),
    "a zero before": head(r"^cast,(\d+)", r"cast,0\1"),
    "order of the head": lambda lines: [lines[0], lines[2], lines[1], *lines[3:]],
    "no kind": lambda lines: [line for line in lines if not line.startswith("kind,")],
    "two verdicts": head(r"^(verdict,.*)", r"\1"),
}
TAMPERED["two verdicts"] = lambda lines: [
    line for one in lines for line in ([one, one] if one.startswith("verdict,") else [one])
]


@pytest.mark.django_db
@pytest.mark.parametrize("how", TAMPERED)
def test_a_changed_file_is_found_out_even_when_its_root_and_signature_were_made_to_fit(
    texts, tmp_path, how
):
    lines = TAMPERED[how](signed_lines(texts["secret"].content))
    code, told = recount(saved(tmp_path, signed_anew(lines)))
    assert code == 1, told
    assert "SAI / WRONG" in told and "ALL HOLDS" not in told


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["secret", "named", "names", "rooms", "opinion"])
def test_any_byte_changed_below_the_signature_is_found_out(texts, tmp_path, name):
    content = texts[name].content
    lines = content.split("\n")
    for at, line in enumerate(lines[:-1]):
        spoiled = line[:-1] + ("0" if line[-1] != "0" else "1")
        path = saved(tmp_path, "\n".join([*lines[:at], spoiled, *lines[at + 1 :]]))
        code, told = recount_here(path)
        assert code in (1, 2), (line, told)
        if at in (0, len(lines) // 2):
            assert recount(path) == (code, told)


@pytest.mark.django_db
def test_hands_that_cannot_be_are_found_out(texts, tmp_path):
    lines = signed_lines(texts["rooms"].content)
    more = [line.replace(",20,0,15,3,1", ",18,0,15,3,1") for line in lines]
    assert more != lines
    code, told = recount(saved(tmp_path, signed_anew(more)))
    assert code == 1 and "19 tay + 0 phiếu máy > 18 người" in told


@pytest.mark.django_db
def test_a_file_signed_by_another_key_is_found_out_by_who_knows_the_key(texts, tmp_path):
    it = texts["secret"]
    path = saved(tmp_path, signed_anew(signed_lines(it.content)))
    assert recount(path)[0] == 0  # it is a true file of somebody else's key …
    code, told = recount(path, "--key", it.public_key)  # … and so not ours
    assert code == 1 and "khóa khác" in told


@pytest.mark.django_db
def test_the_signature_of_another_file_does_not_fit(texts, tmp_path):
    it, other = texts["secret"], texts["named"]
    code, told = recount(
        saved(
            tmp_path, file_text(signed_lines(it.content), it.root, it.public_key, other.signature)
        )
    )
    assert code == 1 and "chữ ký" in told


@pytest.mark.django_db
def test_the_proof_of_each_ballot_holds_alone_and_in_its_file_only(declared, tmp_path):
    for name, it in declared.items():
        path = saved(tmp_path, it.content)
        lines = signed_lines(it.content)
        for at in range(
            next(n for n, line in enumerate(lines) if line.startswith("ballots,")) + 1, len(lines)
        ):
            proof = saved(tmp_path, json.dumps(proof_of(it, at)), "phieu.json")
            assert recount(path, "--proof", proof, "--key", it.public_key)[0] == 0, name
        assert recount("--proof", proof)[0] == 0
        other = declared["named" if name != "named" else "secret"]
        code, told = recount(saved(tmp_path, other.content, "khac.csv"), "--proof", proof)
        assert code == 1 and "tệp khác" in told
        forged = {**proof_of(it, at), "line": changed(lines)[-1]}
        assert recount("--proof", saved(tmp_path, json.dumps(forged), "phieu.json"))[0] == 1


@pytest.mark.django_db
def test_a_proof_is_of_a_ballot_of_its_voter(hall):
    hall.add(5)
    poll = hall.open()
    told = [
        vote(poll, one, choice)
        for one, choice in zip(hall.delegates, [YES, NO, YES, NO, ABSTAIN], strict=True)
    ]
    it = Declaration.objects.get(poll=hall.declare(poll))
    lines = signed_lines(it.content)
    for one, choice in zip(told, [YES, NO, YES, NO, ABSTAIN], strict=True):
        at = lines.index(csv_line((one.code, choice + 1)))
        proof = proof_of(it, at)
        assert merkle.path_proves(
            proof["line"], proof["index"], proof["size"], proof["path"], it.root
        )


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\n",
        "a\n",
        "danchu-poll,1\nroot,1,00\nsigned,a,b\n",
        "\ufeffdanchu-poll,1\n",
        "root,,\n" * 5,
        '"a\n' * 9,
    ],
)
def test_what_is_no_result_is_called_so(tmp_path, content):
    code, told = recount(saved(tmp_path, content))
    assert code in (1, 2) and "✗" in told


def test_bytes_that_are_no_text_and_files_that_are_not_there_are_unreadable(tmp_path):
    (tmp_path / "rac.csv").write_bytes(b"\xff\xfe\x00" * 50)
    assert recount(tmp_path / "rac.csv")[0] == 2
    assert recount(tmp_path / "khong-co.csv")[0] == 2


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=70, unique=True), st.data())
def test_a_path_proves_its_own_line_at_its_own_place_and_no_other(lines, data):
    tree = merkle.levels(lines)
    at = data.draw(st.integers(0, len(lines) - 1))
    steps, root = merkle.path(tree, at), merkle.root(lines)
    assert merkle.path_proves(lines[at], at, len(lines), steps, root)
    assert not merkle.path_proves(lines[at] + "x", at, len(lines), steps, root)
    for other in {at + 1, at - 1} & set(range(len(lines))):
        assert not merkle.path_proves(lines[at], other, len(lines), steps, root)
    assert not merkle.path_proves(lines[at], at, len(lines), [*steps, "00" * 32], root)


def oracle(lines):
    """RFC 6962, section 2.1, transcribed literally."""
    if len(lines) == 1:
        return hashlib.sha256(b"\x00" + lines[0].encode()).digest()
    k = 1
    while 2 * k < len(lines):
        k *= 2
    return hashlib.sha256(b"\x01" + oracle(lines[:k]) + oracle(lines[k:])).digest()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=5), min_size=1, max_size=40))
def test_the_root_is_that_of_the_standard(lines):
    assert merkle.root(lines) == oracle(lines).hex()
