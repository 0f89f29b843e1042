"""Every file that is kept has passed the scanner of the installation; without its verdict none is.

The scanner is a stand-in that speaks as clamd does, or ends as clamdscan does.
"""

import io
import socket
import sys
import threading
import time
from contextlib import suppress

import pytest

from danchu.config import scanner_checks
from danchu.config.scanner_checks import EICAR
from danchu.kernel.refusals import Refused
from danchu.papers.store import Draft
from tests.config.test_check import troubles

CLEAN = b"stream: OK"
HARMLESS = "Biên bản họp tổ dân phố.\n".encode()


class Clamd:
    """Answers INSTREAM as clamd does: harmful is what holds `EICAR` anywhere."""

    def __init__(self, family, address, answer=None, patience=0.0):
        self.answer, self.patience, self.received = answer, patience, []
        self.listener = socket.socket(family)
        self.listener.bind(address)
        self.listener.listen()
        self.port = self.listener.getsockname()[1] if family == socket.AF_INET else 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        with suppress(OSError):
            while True:
                line, _peer = self.listener.accept()
                with line, line.makefile("rb") as stream:
                    content = self._stream(stream)
                    self.received.append(content)
                    time.sleep(self.patience)
                    verdict = b"stream: Eicar-Signature FOUND" if EICAR in content else CLEAN
                    answer = verdict if self.answer is None else self.answer
                    with suppress(OSError):
                        line.sendall(answer + b"\0")

    def _stream(self, stream):
        assert stream.read(10) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(stream.read(4), "big"):
            content += stream.read(length)
        return content


@pytest.fixture
def clamd(settings, tmp_path):
    started = []

    def start(**options):
        started.append(Clamd(socket.AF_UNIX, str(tmp_path / "clamd"), **options))
        settings.SCANNER = f"clamd://{tmp_path}/clamd"
        return started[-1]

    yield start
    for one in started:
        one.listener.close()


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.PAPERS_ROOT = tmp_path / "papers"
    settings.SCANNER_SECONDS = 5


def kept(content):
    with Draft(io.BytesIO(content), 10_000_000) as draft:
        draft.keep()
    return draft.hash


def files_in(root):
    return [path for path in root.rglob("*") if path.is_file()]


def test_a_harmful_file_is_refused_by_a_sentence_and_leaves_nothing(clamd, settings):
    scanner = clamd()
    with pytest.raises(Refused, match="mã độc") as refusal:
        kept(b"x" * 600_000 + EICAR)
    assert refusal.value.field == "file" and files_in(settings.PAPERS_ROOT) == []
    assert scanner.received == [b"x" * 600_000 + EICAR], "it was read whole, in pieces"
    kept(HARMLESS)
    assert len(files_in(settings.PAPERS_ROOT)) == 1


def test_a_scanner_behind_a_port_is_asked_too(settings):
    scanner = Clamd(socket.AF_INET, ("127.0.0.1", 0))
    settings.SCANNER = f"clamd://127.0.0.1:{scanner.port}"
    kept(HARMLESS)
    with pytest.raises(Refused, match="mã độc nên"):
        kept(EICAR)
    scanner.listener.close()


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR", b"", b"stream: whatever", b"\xff" * 5000]
)
def test_without_a_verdict_nothing_is_kept(clamd, settings, answer, caplog):
    clamd(answer=answer)
    with pytest.raises(Refused, match="Chưa kiểm tra được"):
        kept(HARMLESS)
    assert files_in(settings.PAPERS_ROOT) == []
    assert "not scanned" in caplog.text


def test_a_scanner_that_is_away_or_silent_is_waited_for_no_longer_than_allowed(clamd, settings):
    settings.SCANNER_SECONDS = 0.3
    clamd(patience=3)
    began_at = time.monotonic()
    with pytest.raises(Refused, match="Chưa kiểm tra được"):
        kept(HARMLESS)
    settings.SCANNER = f"{sys.executable} -c 'import time; time.sleep(30)'"
    with pytest.raises(Refused, match="Chưa kiểm tra được"):
        kept(HARMLESS)
    for missing in ("clamd:///nowhere/clamd.ctl", "/nowhere/clamdscan -", "clamd://:x"):
        settings.SCANNER = missing
        with pytest.raises(Refused, match="Chưa kiểm tra được"):
            kept(HARMLESS)
    assert time.monotonic() - began_at < 3


COMMAND = """
import sys
content = (open(sys.argv[1], "rb") if sys.argv[1:] else sys.stdin.buffer).read()
harmful = b"EICAR" in content
if harmful:
    print("stdin: Eicar-Signature FOUND")
sys.exit(2 if b"unreadable" in content else int(harmful))
"""


@pytest.mark.parametrize("path", ["", " {}"])
def test_a_command_reads_its_input_or_the_path_and_answers_by_its_exit(settings, tmp_path, path):
    program = tmp_path / "scan.py"
    program.write_text(COMMAND)
    settings.SCANNER = f"{sys.executable} {program}{path}"
    kept(HARMLESS)
    with pytest.raises(Refused, match="mã độc nên"):
        kept(EICAR)
    with pytest.raises(Refused, match="Chưa kiểm tra được"):
        kept(b"unreadable")


def test_without_a_scanner_every_file_passes(settings):
    assert settings.SCANNER == ""
    kept(EICAR)


def test_the_log_names_neither_the_file_nor_what_is_in_it(clamd, caplog):
    clamd()
    with pytest.raises(Refused):
        kept(b"Nguyen Van Kin " + EICAR)
    assert "Eicar-Signature" in caplog.text and "Kin" not in caplog.text


def test_the_check_tries_the_scanner_with_the_file_that_all_of_them_know(clamd, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    assert troubles("scanner") == [], "none is set"
    scanner = clamd()
    assert troubles("scanner") == [] and scanner.received[0] == EICAR
    scanner.answer = b"stream: OK"
    assert ["EICAR" in one for one in troubles("scanner")] == [True]
    scanner.answer = b"stream: Anything FOUND"
    assert ["vô hại" in one for one in troubles("scanner")] == [True]
    settings.SCANNER = "clamd:///nowhere/clamd.ctl"
    assert ["không trả lời" in one for one in troubles("scanner")] == [True]
    assert len(EICAR) == 68 and scanner_checks.HARMLESS
