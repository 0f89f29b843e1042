"""Asks the scanner of the installation whether a file is harmful, before it is kept.

DANCHU_SCANNER is the address of a clamd, `clamd:///run/clamav/clamd.ctl` or `clamd://host:3310`, to
which the file is sent (INSTREAM), or a command that reads it from its standard input, or from the
path in place of `{}`, and ends with 0 for harmless, 1 for harmful: those of clamdscan. What cannot
be scanned in time is not kept.
"""

import logging
import os
import re
import shlex
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from danchu.kernel.metrics import scans
from danchu.kernel.refusals import Refused

PIECE = 256 * 1024
CLAMD = "clamd"
PORT = 3310
HARMLESS, HARMFUL = 0, 1
LONGEST_ANSWER = 4096
_SIGNATURE = re.compile(r"([\w.:/()-]{1,80}) FOUND")

log = logging.getLogger("danchu")


class ScanFailed(Exception):
    """The scanner gave no verdict; the message says why, for the operator."""


def refuse_harmful(file: BinaryIO, path: Path) -> None:
    """Refused, on "file", when the scanner knows the open file at `path` as harmful, or gives no
    verdict. Without a scanner every file passes.
    """
    if not settings.SCANNER:
        return
    try:
        signature = scan(file, path)
    except ScanFailed as failure:
        scans.labels("failed").inc()
        log.error("An upload was not scanned: %s", failure)
        raise Refused(
            _(
                "Chưa kiểm tra được tệp có mã độc hay không, nên tệp chưa được nhận. Xin thử lại "
                "sau ít phút; nếu vẫn vậy, hãy báo người vận hành."
            ),
            "file",
        ) from failure
    if signature is not None:
        scans.labels("harmful").inc()
        log.warning("An upload was refused as harmful: %s", signature or "-")
        raise Refused(
            _(
                "Tệp có mã độc nên không được nhận. Hãy quét vi-rút máy vừa dùng, rồi gửi một bản "
                "tạo lại, ví dụ ảnh chụp trang giấy."
            ),
            "file",
        )
    scans.labels("harmless").inc()


def scan(file: BinaryIO, path: Path) -> str | None:
    """What the scanner calls the harm that is in the file, "" where it does not say; None for
    harmless. ScanFailed without a verdict within SCANNER_SECONDS.
    """
    deadline = time.monotonic() + settings.SCANNER_SECONDS
    try:
        if urlsplit(settings.SCANNER).scheme == CLAMD:
            return _by_clamd(file, deadline)
        return _by_command(file, path)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise ScanFailed(f"{type(error).__name__}: {getattr(error, 'strerror', '')}") from error


def _by_clamd(file: BinaryIO, deadline: float) -> str | None:
    with _line_to_clamd() as line:
        for piece in _instream(file):
            line.settimeout(_left(deadline))
            line.sendall(piece)
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            line.settimeout(_left(deadline))
            piece = line.recv(LONGEST_ANSWER)
            if not piece:
                break
            answer += piece
    text = answer.rstrip(b"\0").decode("utf-8", "replace").strip()
    if text.endswith("FOUND"):
        return _signature_of(text)
    if text != "stream: OK":
        raise ScanFailed(text[:120] or "no answer")
    return None


def _line_to_clamd() -> socket.socket:
    address = urlsplit(settings.SCANNER)
    if address.hostname:
        return socket.create_connection(
            (address.hostname, address.port or PORT), settings.SCANNER_SECONDS
        )
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(settings.SCANNER_SECONDS)
    try:
        line.connect(address.path)
    except OSError:
        line.close()
        raise
    return line


def _instream(file: BinaryIO) -> Iterator[bytes]:
    """The command of clamd with the file, in pieces that each say their length; the last is
    empty.
    """
    yield b"zINSTREAM\0"
    file.seek(0)
    while piece := file.read(PIECE):
        yield len(piece).to_bytes(4, "big") + piece
    yield bytes(4)


def _left(deadline: float) -> float:
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


def _by_command(file: BinaryIO, path: Path) -> str | None:
    words = [str(path) if word == "{}" else word for word in shlex.split(settings.SCANNER)]
    file.flush()
    with open(path, "rb") as content:
        process = subprocess.Popen(
            words,
            stdin=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    try:
        output, _errors = process.communicate(timeout=settings.SCANNER_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # with whatever it has started
        process.communicate()
        raise
    if process.returncode not in (HARMLESS, HARMFUL):
        raise ScanFailed(f"exit code {process.returncode}")
    if process.returncode == HARMLESS:
        return None
    return _signature_of(output[:LONGEST_ANSWER].decode("utf-8", "replace"))


def _signature_of(text: str) -> str:
    match = _SIGNATURE.search(text)
    return match[1] if match else ""
