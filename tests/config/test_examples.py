"""The examples for operators work: units by systemd's own verifier, nginx by running it, settings
in the documentation by those that the program reads.
"""

import ast
import http.server
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.architecture.sources import ROOT
from tests.config.conftest import wait_for

EXAMPLES = ROOT / "docs" / "examples"
PATH = f"{os.environ['PATH']}:/usr/sbin:/sbin"
NGINX = shutil.which("nginx", path=PATH)
SYSTEMD = shutil.which("systemd-analyze", path=PATH)


@pytest.mark.skipif(not SYSTEMD, reason="no systemd-analyze on this machine")
def test_systemd_has_nothing_to_say_against_the_units(tmp_path):
    names = ["danchu.service", "danchu-nightly.service", "danchu-nightly.timer"]
    for name in names:
        text = (EXAMPLES / name).read_text(encoding="utf-8")
        # The programs of a real machine are not here: the verifier asks whether they can be run.
        text = text.replace("/srv/danchu/app/.venv/bin/danchu", sys.executable)
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [SYSTEMD, "verify", "--man=no", "--recursive-errors=no", *(tmp_path / n for n in names)],
        capture_output=True,
        text=True,
        env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"},
    )
    ours = [line for line in done.stderr.splitlines() if "danchu" in line]
    assert (done.returncode, ours) == (0, []), done.stderr
    if SYSTEMD:
        when = subprocess.run(
            [SYSTEMD, "calendar", "*-*-* 02:15:00"], capture_output=True, text=True
        )
        assert "02:15:00" in when.stdout


class Upstream(http.server.BaseHTTPRequestHandler):
    """Answers with what reached it, one name of a header a line."""

    def do_GET(self):
        length = int(self.headers.get("Content-Length", 0))
        while length > 0:
            length -= len(self.rfile.read(min(length, 65536))) or length
        text = f"path: {self.path}\n" + "".join(f"{k}: {v}\n" for k, v in self.headers.items())
        self.send_response(200)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    do_POST = do_GET

    def log_message(self, *_words):
        pass


def free_port():
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


def write_certificate(folder, name):
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begin = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=3))
        .sign(key, hashes.SHA256())
    )
    (folder / "danchu.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "danchu.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


@pytest.fixture
def nginx(tmp_path):
    """(port of HTTP, port of HTTPS) of an nginx that runs the example before a stand-in."""
    if not NGINX:
        pytest.skip("no nginx on this machine")
    write_certificate(tmp_path, "danchu.hanoi.gov.vn")
    upstream = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    plain, secure = free_port(), free_port()
    example = (EXAMPLES / "nginx.conf").read_text(encoding="utf-8")
    for here, there in (
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{secure} ssl"),
        ("127.0.0.1:8000", f"127.0.0.1:{upstream.server_port}"),
        ("/etc/ssl/", f"{tmp_path}/"),
    ):
        assert here in example
        example = example.replace(here, there)
    (tmp_path / "site.conf").write_text(example, encoding="utf-8")
    folders = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (tmp_path / "nginx.conf").write_text(
        f"daemon off;\npid {tmp_path}/pid;\nerror_log {tmp_path}/error.log;\nworker_processes 1;\n"
        f"events {{}}\nhttp {{\n{folders}include {tmp_path}/site.conf;\n}}\n"
    )
    process = subprocess.Popen(
        [NGINX, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf"), "-e", "error.log"],
        stderr=subprocess.PIPE,
    )

    def answers():
        assert process.poll() is None, process.stderr.read().decode()
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", secure)) == 0

    try:
        wait_for(answers)
        yield plain, secure
    finally:
        process.terminate()
        process.wait()
        upstream.shutdown()


def test_nginx_passes_on_who_asks_and_keeps_out_what_is_not_for_all(nginx):
    plain, secure = nginx
    trusting = ssl._create_unverified_context()

    def ask(path, content=None, **headers):
        request = urllib.request.Request(
            f"https://127.0.0.1:{secure}{path}",
            data=content,
            headers={"Host": "danchu.hanoi.gov.vn", **headers},
        )
        try:
            with urllib.request.urlopen(request, context=trusting, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, ""

    status, text = ask("/h/ABCDE-FGHIJ/", **{"X-Forwarded-For": "203.0.113.9"})
    assert status == 200 and "path: /h/ABCDE-FGHIJ/" in text
    # The address that nginx saw comes last: DANCHU_PROXIES=1 counts from the end.
    assert "X-Forwarded-For: 203.0.113.9, 127.0.0.1" in text
    assert "X-Forwarded-Proto: https" in text and "Host: danchu.hanoi.gov.vn" in text
    assert ask("/metrics")[0] == 404 and ask("/health")[0] == 200
    assert ask("/desk/papers/", b"x" * (62 << 20))[0] == 413
    assert ask("/accounts/restore/", b"x" * (62 << 20))[0] == 200
    assert ask("/en/accounts/restore/", b"x" * (62 << 20))[0] == 200

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_words):
            return None

    with pytest.raises(urllib.error.HTTPError) as moved:
        urllib.request.build_opener(Stay).open(
            urllib.request.Request(
                f"http://127.0.0.1:{plain}/search/?q=a", headers={"Host": "danchu.hanoi.gov.vn"}
            )
        )
    assert moved.value.code == 301
    assert moved.value.headers["Location"] == "https://danchu.hanoi.gov.vn/search/?q=a"


NAME = re.compile(r"DANCHU_[A-Z0-9_]*[A-Z0-9]|DATABASE_URL|PORT|PG_BIN")
CHANNELS = ("EMAIL", "SMS", "ZALO")
GATEWAYS = ("SMS", "ZALO")
PARTS = ("METHOD", "HEADERS", "BODY", "RECEIPT")
# Names that the code puts together: {how they begin: what they can be}.
COMPOSED = {
    "DANCHU_NOTICES_": [f"DANCHU_NOTICES_{one}" for one in CHANNELS],
    "DANCHU_GATEWAY_": [
        f"DANCHU_GATEWAY_{one}{part}"
        for one in GATEWAYS
        for part in ("", *(f"_{part}" for part in PARTS))
    ],
}
# Passed from a process of the product to those that it starts, or by its tests; names in scripts.
INSIDE = {"DANCHU_EMBEDDED_URL", "DANCHU_TEST_DATABASE", "DANCHU_HALL"}


def reads_of(tree):
    """Every name of a setting that is written in a module by itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            first = node.values[0]
            if isinstance(first, ast.Constant) and first.value in COMPOSED:
                yield from COMPOSED[first.value]
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and NAME.fullmatch(node.value):
            yield node.value


def settings_read():
    return {
        name
        for path in (ROOT / "danchu").rglob("*.py")
        for name in reads_of(ast.parse(path.read_text(encoding="utf-8")))
    } - INSIDE


def settings_described():
    """The names of the first column of the table of settings; `_ZALO` after `DANCHU_X_SMS` is
    DANCHU_X_ZALO.
    """
    text = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
    table = text.split("## 3.")[1].split("\n## ")[0]
    names = set()
    for line in table.splitlines():
        words = re.findall(r"`([^`]+)`", line.split("|")[1]) if line.startswith("| `") else []
        first = next(iter(words), "")
        for word in words:
            if word == "_ZALO_…":
                names |= {name.replace("_SMS_", "_ZALO_") for name in names if "_SMS_" in name}
            elif word.startswith("_"):
                names.add(first.rpartition("_")[0] + word)
            else:
                names.add(word)
    return names


def test_every_setting_that_is_read_is_described_and_the_other_way_round():
    read, described = settings_read(), settings_described()
    assert sorted(read - described) == [], "not in docs/operate.md"
    assert sorted(described - read) == [], "described, and nothing reads it"
    assert len(read) > 50
