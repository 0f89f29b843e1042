"""Petitions on the served product: who denounced is found nowhere, floods stop whatever worker
they meet, a kill leaves no half petition.
"""

import base64
import hmac
import io
import json
import os
import re
import struct
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import unicodedata
import urllib.error
import urllib.parse
import urllib.request
import zipfile
import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest

from danchu.casework.access.rate_limits import MOST
from danchu.config.cluster_place import find_binaries
from danchu.kernel.text import fold
from tests.config.conftest import Installation, kill, rows, wait_for
from tests.config.installed import installed_cluster
from tests.config.test_killed import PASSWORD, Visitor, sound, start_again, up
from tests.config.test_serve import free_port
from tests.sizes import turn

PLANTED = {
    "name": "Quách Thị Ẩn Giấu",
    "address": "số 913 ngách Mù Sương",
    "phone": "0966543210",
    "email": "an.giau@vidu.example",
}
MARKS = [*PLANTED.values(), "Ẩn Giấu", "Mù Sương", "an-giau-ky-ten", "tôi sống sát vách nhà ông ta"]
OPEN = {"name": "Phùng Thị Hiện Rõ", "address": "số 5 phố Sáng Trưng", "phone": "0911222333"}
SCAN = b"%PDF-1.4\n1 0 obj\n<</Author (an-giau-ky-ten 0966543210)>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SECRET = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}")
LONG_PIECE = 200_000  # bytes
CODE = re.compile(r"(?:PA|KN|TC)-[0-9A-Z]{4}-[0-9A-Z]{4}")


class Sender(Visitor):
    """Somebody without an account, seen by the server at an address of his own."""

    def __init__(self, port, address):
        super().__init__(port)
        self.opener.addheaders = [("X-Forwarded-For", address)]

    def petition(self, files=(), **fields):
        """(status, page) of a petition sent by the form of the portal."""
        token = re.search(
            r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get("/petitions/send/")
        ).group(1)
        given = {
            "csrfmiddlewaretoken": token,
            "uid": str(uuid4()),
            "nature": "feedback",
            "matter": "road",
            "place": "Ba Đình, Hà Nội",
            "title": "Thu tiền trái quy định",
            "content": "Thu tiền không có biên lai",
            **fields,
        }
        return self.post("/petitions/send/", *form_body(given, files))

    def follow(self, code, secret):
        token = re.search(
            r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get("/petitions/follow/")
        ).group(1)
        return self.post(
            "/petitions/follow/",
            *form_body({"csrfmiddlewaretoken": token, "code": code, "secret": secret}, ()),
        )

    def post(self, path, body, kind):
        asked = urllib.request.Request(self.base + path, body, {"Content-Type": kind})
        try:
            with self.opener.open(asked, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


def form_body(fields, files):
    mark, lines = "----danchu", []
    for name, value in fields.items():
        lines += [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        ]
    for name, called, held in files:
        lines += [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; '
            f'filename="{called}"\r\nContent-Type: application/pdf\r\n\r\n'.encode()
            + held
            + b"\r\n"
        ]
    return b"".join(lines) + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


@pytest.fixture(scope="module")
def house(django_db_blocker):
    """A served installation with two workers behind one proxy, and an officer of a ward."""
    with tempfile.TemporaryDirectory(prefix="danchu-served-", ignore_cleanup_errors=True) as name:
        root, port = Path(name), free_port()
        root.chmod(0o755)
        for folder in ("var", "db"):
            (root / folder).mkdir()
            (root / folder).chmod(0o755)
        cluster = installed_cluster(root / "db", django_db_blocker)
        installation = Installation(
            root / "var",
            DATABASE_URL=cluster.start(),
            PORT=str(port),
            DANCHU_WORKERS="2",
            DANCHU_PROXIES="1",
        )
        made = SimpleNamespace(
            var=installation,
            cluster=cluster,
            port=port,
            root=root,
            url=cluster.url,
            process=installation.start("serve"),
        )
        try:
            up(made)
            told = {
                "input": PASSWORD,
                "text": True,
                "capture_output": True,
                "env": installation.environment,
                "cwd": installation.var,
                "timeout": 60,
            }
            subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "danchu.config",
                    "account",
                    "create",
                    "tiep@example.vn",
                    "Công chức tiếp dân",
                ],
                check=True,
                **told,
            )
            done = installation.run(
                "account",
                "appoint",
                "tiep@example.vn",
                "petition_officer",
                "00004@2026-01-01",
                "--since",
                "2025-07-01",
            )
            assert done.returncode == 0, done.stderr
            yield made
        finally:
            for pid in installation.processes():
                with suppress(ProcessLookupError):
                    kill(pid)
            cluster.stop()
            cluster.leave()


def written(mark):
    """How a mark may stand in bytes: in any case, form, coding or without its marks."""
    forms = {
        unicodedata.normalize(form, word)
        for form in ("NFC", "NFD")
        for word in (mark, mark.lower(), mark.upper())
    } | {fold(mark) if " " in mark else mark}
    for word in forms:
        yield from (
            word.encode(),
            word.encode("utf-16-le"),
            word.encode().hex().encode(),
            json.dumps(word)[1:-1].encode(),
            urllib.parse.quote(word).encode(),
        )
        plain = base64.b64encode(word.encode()).rstrip(b"=")
        yield plain[:-1]


def unpacked(held):
    """The bytes and what is packed in them: archives, office files, streams of a PDF."""
    yield held
    if held.startswith(b"PK\x03\x04"):
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(held)) as pack:
            for name in pack.namelist():
                yield name.encode()
                yield pack.read(name)
    for stream in (
        re.findall(rb"stream\r?\n(.*?)\r?\nendstream", held, re.S)
        if held.startswith(b"%PDF")
        else ()
    ):
        with suppress(zlib.error):
            yield zlib.decompress(stream)


def seen_in(held, marks):
    """Which marks stand in the bytes, in whatever way they may be written."""
    return sorted(
        {
            mark
            for piece in unpacked(held)
            if len(piece) < LONG_PIECE or _grep(marks, "-q", input=piece).returncode == 0
            for mark in marks
            if any(way in piece for way in ways_of(mark))
        }
    )


@cache
def ways_of(mark):
    """`written(mark)`, each once."""
    return frozenset(written(mark))


def _grep(marks, *arguments, **more):
    """grep for all ways of all marks at once: hundreds of searches through a whole database folder
    would take a minute.
    """
    with tempfile.NamedTemporaryFile() as patterns:
        patterns.write(b"\n".join(sorted({way for mark in marks for way in ways_of(mark)})))
        patterns.flush()
        found = subprocess.run(
            ["grep", "-a", "-F", "-f", patterns.name, *arguments],
            env={"LC_ALL": "C", "PATH": os.environ["PATH"]},
            stdout=subprocess.PIPE,
            **more,
        )
    assert found.returncode in (0, 1)
    return found


def files_to_read(root, marks):
    """{path from `root`: content} of the files that hold a mark as it is, or are packed."""
    listed = _grep(marks, "-r", "-l", "-Z", ".", cwd=root).stdout.split(b"\0")
    holding = {Path(os.fsdecode(name)) for name in listed if name}
    files = (path for path in root.rglob("*") if path.is_file())
    return {
        str(place): path.read_bytes()
        for path in files
        if (place := path.relative_to(root)) in holding or _is_packed(path)
    }


def _is_packed(path):
    with open(path, "rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"%PDF")


def dump(house):
    """Every table as COPY writes it, bytes decoded."""
    lines = []
    for (table,) in rows(
        house.url,
        "SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables WHERE schemaname "
        "NOT IN ('pg_catalog', 'information_schema')",
    ):
        for (line,) in rows(house.url, f"SELECT t::text FROM {table} t"):
            lines.append(line.encode())
            lines += [
                bytes.fromhex(octets) for octets in re.findall(r"\\+x((?:[0-9a-f]{2})+)", line)
            ]
    return b"\n".join(lines)


def backup(house):
    """The backup's file, each part of it, and its database as SQL text."""
    path = house.root / "var" / "sao-luu.tar"
    done = house.var.run("backup", str(path))
    assert done.returncode == 0, done.stderr
    yield path.read_bytes()
    with tarfile.open(path) as archive:
        for member in archive:
            yield member.name.encode()
            if member.isfile():
                yield archive.extractfile(member).read()
        archive.extract("database.dump", house.root, filter="data")
    folder = find_binaries()
    environment = {"LC_ALL": "C.UTF-8", "LD_LIBRARY_PATH": str(folder.parent / "lib")}
    yield subprocess.run(
        [folder / "pg_restore", "-f", "-", house.root / "database.dump"],
        env=environment,
        capture_output=True,
        check=True,
    ).stdout


def set_up_factor(visitor):
    """Set up the second factor, which who reads letters needs (RFC 6238)."""
    page = "/accounts/2fa/totp/activate/"
    visitor.send("/accounts/reauthenticate/", password=PASSWORD)
    secret = re.search(r'class="secret">([A-Z2-7]+)<', visitor.get(page))[1]
    message = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), message, "sha1")
    place = digest[-1] & 15
    code = (int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF) % 1_000_000
    # The page makes a new secret each time: the token of the form is taken from another one.
    visitor.send(page, page="/accounts/reauthenticate/", code=f"{code:06}")


@turn(4, together=1)
def test_who_denounced_is_found_nowhere(house):
    sender = Sender(house.port, "10.1.0.1")
    status, told = sender.petition(
        nature="denunciation",
        secret_text="Tôi sống sát vách nhà ông ta",
        files=[("files", "an-giau-ky-ten.pdf", SCAN)],
        **PLANTED,
    )
    assert status == 200, told
    code, secret = CODE.search(told)[0], SECRET.search(told)[0]
    refused = sender.petition(nature="denunciation", content=f"Tôi là {PLANTED['name']}", **PLANTED)
    assert refused[0] == 400 and "niêm phong" in refused[1]
    assert sender.petition(title="Đường hỏng nặng", **OPEN)[0] == 200
    officer = Visitor(house.port)
    officer.send("/accounts/login/", login="tiep@example.vn", password=PASSWORD)
    set_up_factor(officer)
    officer.send(
        "/desk/reception/new/",
        uid=str(uuid4()),
        unit="00004",
        received_on="02/03/2026",
        form="regular",
        nature="denunciation",
        people="1",
        content="Đến tố cáo việc thu tiền",
        secret_text="Tôi sống sát vách nhà ông ta",
        **{name: PLANTED[name] for name in ("name", "address")},
    )
    assert house.var.run("notices").returncode == 0
    ((uid,),) = rows(house.url, "SELECT uid::text FROM casework_petition WHERE code = %s", code)
    pages = {
        path: fetched(officer, path)
        for path in (
            f"/desk/petitions/{uid}/",
            "/desk/petitions/?which=all",
            "/desk/petitions.csv?which=all",
            "/desk/petitions/tables/",
            "/desk/petitions/tables.csv",
            f"/desk/petitions/{uid}/letters/1.docx",
            f"/desk/petitions/{uid}/letters/1.pdf",
            "/desk/reception/",
            "/desk/reception.csv",
            "/desk/reception.xlsx",
            "/desk/notices/",
            "/desk/obligations/",
            "/desk/obligations.csv",
            f"/desk/vault/N{code}/",
            "/petitions/",
            "/search/?q=thu+tien",
            "/reception/?unit=ba+dinh",
            "/api/v1/openapi.json",
            "/api/v1/figures/files_received?unit=1",
            "/api/v1/figures/files_received/evidence?unit=1",
            "/open311/v2/requests.json",
            "/figures/",
        )
    }
    for words in (
        "an+giau",
        "quach+thi+an",
        "0966543210",
        "mu+suong",
    ):  # a search says the words again, and finds nothing
        assert (
            code
            not in fetched(officer, f"/desk/petitions/?which=all&q={words}").decode()
            + fetched(officer, f"/search/?q={words}").decode()
        )
    pages["follow"] = sender.follow(code, secret)[1].encode()
    kept = {
        "dump": dump(house),
        "said": house.var.log_text().encode(),
        **{f"backup {n}": held for n, held in enumerate(backup(house))},
    }
    disk = files_to_read(house.root, [*MARKS, *OPEN.values()])
    names = [str(path.relative_to(house.root)) for path in house.root.rglob("*")]
    found = {
        place: seen
        for place, held in {**pages, **kept, **disk}.items()
        if (seen := seen_in(held, MARKS))
    }
    assert seen_in("\n".join([*pages, *names]).encode(), MARKS) == []
    assert found == {}
    # The search itself works: what is no secret is found where it belongs.
    assert seen_in(kept["dump"], OPEN.values()) == sorted(OPEN.values()) and any(
        seen_in(kept[f"backup {n}"], [OPEN["name"]]) for n in range(1, 30) if f"backup {n}" in kept
    )
    assert seen_in(pages[f"/desk/petitions/{uid}/"], ["Thu tiền trái quy định"]) and seen_in(
        pages["/desk/petitions.csv?which=all"], ["Thu tiền trái quy định"]
    )
    assert any(
        seen_in(held, [OPEN["name"]]) for place, held in disk.items() if place.startswith("db")
    ) and seen_in(pages["/desk/reception.csv"], ["Đến tố cáo việc thu tiền"])
    assert list((house.root / "var" / "uploads").iterdir()) == []


def fetched(visitor, path):
    """The body of a page, and its headers: file names stand there."""
    try:
        with visitor.opener.open(visitor.base + path, timeout=60) as answer:
            return (
                answer.read() + str(answer.headers).encode()
                if answer.headers.get_content_type().startswith("text")
                else answer.read()
            )
    except urllib.error.HTTPError as error:
        assert error.code in (400, 404), (path, error.code)
        return error.read()


@turn(4, together=1)
def test_a_flood_stops_at_the_same_count_whatever_worker_it_meets(house):
    flood, other = Sender(house.port, "10.2.0.1"), Sender(house.port, "10.2.0.2")
    statuses = [flood.petition(title=f"Lũ {n}")[0] for n in range(MOST["send"] + 4)]
    assert statuses == [200] * MOST["send"] + [429] * 4
    status, told = other.petition(title="Người khác")
    assert status == 200
    code, secret = CODE.search(told)[0], SECRET.search(told)[0]
    guesses = [
        flood.follow(code if n % 2 else "PA-0000-0000", "AAAA-AAAA-AAAA-AAAA")[0]
        for n in range(MOST["follow"] + 3)
    ]
    assert guesses == [400] * MOST["follow"] + [429] * 3
    assert other.follow(code, secret)[0] == 200 and flood.follow(code, secret)[0] == 200
    assert rows(house.url, "SELECT count(*) FROM casework_petition WHERE title LIKE 'Lũ %%'") == [
        (MOST["send"],)
    ]


@turn(4, together=1)
def test_killed_between_any_two_steps_no_petition_is_half_there_and_no_code_is_lost(house):
    answered, sent = {}, []

    def write():
        with suppress(OSError, AttributeError, ConnectionError):
            for n in range(400):
                fields = {
                    "uid": str(uuid4()),
                    "title": f"Giết {n}",
                    "nature": ("feedback", "denunciation", "complaint")[n % 3],
                    **OPEN,
                }
                sent.append(fields)
                status, told = Sender(house.port, f"10.3.{n // 200}.{n % 200}").petition(**fields)
                if status == 200:
                    answered[fields["uid"]] = (CODE.search(told)[0], SECRET.search(told)[0])

    writer = threading.Thread(target=write)
    writer.start()
    wait_for(lambda: len(answered) >= 5, 120)
    for pid in house.var.processes():
        with suppress(ProcessLookupError):
            kill(pid)
    house.process.wait()
    writer.join(90)
    start_again(house)
    whole = """
        SELECT p.code FROM casework_petition p WHERE p.title LIKE 'Giết %%' AND EXISTS (SELECT 1
            FROM casework_step s WHERE s.petition_id = p.id)
        AND EXISTS (SELECT 1 FROM obligations_obligation o WHERE o.subject_kind = 'petition' AND
            o.subject = p.id::text)
        AND CASE p.nature WHEN 'denunciation' THEN EXISTS (SELECT 1 FROM vault_lock l WHERE
            l.sealed_id = p.sealed_id)
            ELSE EXISTS (SELECT 1 FROM casework_petitioner r WHERE r.petition_id = p.id) END"""
    found = {code for (code,) in rows(house.url, whole)}
    assert {code for code, _secret in answered.values()} <= found
    assert rows(house.url, "SELECT count(*) FROM casework_petition WHERE title LIKE 'Giết %%'") == [
        (len(found),)
    ]
    assert rows(
        house.url,
        "SELECT count(*) FROM vault_sealed s WHERE NOT EXISTS (SELECT 1 FROM "
        "casework_petition p WHERE p.sealed_id = s.id) AND NOT EXISTS (SELECT 1 FROM "
        "casework_visit v WHERE v.sealed_id = s.id)",
    ) == [(0,)]
    assert list((house.root / "var" / "uploads").iterdir()) == []
    for n, fields in enumerate(
        sent[-3:]
    ):  # sent again: one petition each, and its code and secret lead to it
        sender = Sender(house.port, f"10.4.0.{n}")
        status, told = sender.petition(**fields)
        assert status == 200, told
        code, secret = CODE.search(told)[0], SECRET.search(told)[0]
        assert answered.get(fields["uid"], (code, secret)) == (code, secret)
        assert sender.follow(code, secret)[0] == 200
    assert rows(house.url, "SELECT count(*) FROM casework_petition WHERE title LIKE 'Giết %%'") == [
        (len(sent),)
    ]
    sound(house)
