"""Processes of the bench: none outlives it, however it ends; ports of this machine; programs
compiled and unpacked beside it.
"""

import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
from contextlib import ExitStack, suppress
from pathlib import Path

from danchu.config.children import tied

ROOT, HERE = Path(__file__).resolve().parents[2], Path(__file__).parent
VAR = ROOT / "var" / "bench-live"
RIVALS = ("nginx", "libnginx-mod-nchan", "nats-server")


class Missing(Exception):
    """Something the bench needs is not on this machine; the message says what."""


def free_ports(number):
    """So many ports that nobody uses now."""
    with ExitStack() as held:
        lines = [held.enter_context(socket.socket()) for _ in range(number)]
        for line in lines:
            line.bind(("127.0.0.1", 0))
        return [line.getsockname()[1] for line in lines]


def launch(command, log, more=None, **options):
    """A process that ends when we do; what it says goes to the file `log`."""
    with open(log, "a") as file:
        process = subprocess.Popen(
            [str(word) for word in command],
            stdout=options.pop("stdout", file),
            stderr=file,
            cwd=ROOT,
            env={**os.environ, **(more or {})},
            preexec_fn=tied(options.pop("ends_by", signal.SIGTERM), alone=True),
            **options,
        )
    prefer([process.pid])
    return process


def prefer(pids):
    """With --before-others (root): the work of others on this machine waits for ours and for
    the rivals', all alike.
    """
    if os.environ.get("BENCH_BEFORE_OTHERS") == "1":
        for pid in pids:
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, pid, -12)
                Path(f"/proc/{pid}/autogroup").write_text("-12")


def end(process, patience=15):
    """End a process of ours."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()


def until(question, seconds, what):
    """Wait for the answer to `question` to be true."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(0.02)
    raise Missing(f"{what}: not within {seconds} s")


def listens(port):
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def compiled(source, *flags):
    """The program (or, with -shared, the library) made of a C file beside us; made again when a
    source is newer.
    """
    made, sources = VAR / "made" / Path(source).stem, [HERE / source, HERE / "common.h"]
    if made.exists() and all(made.stat().st_mtime > path.stat().st_mtime for path in sources):
        return made
    if not shutil.which("gcc"):
        raise Missing("gcc: apt-get install gcc libssl-dev")
    made.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["gcc", "-O2", "-Wall", "-o", made, HERE / source, *flags], capture_output=True, text=True
    )
    if done.returncode:
        raise Missing(f"{source}: {done.stderr.strip()[-500:]}")
    return made


def rivals():
    """The folder of the rivals' programs: Debian's packages, fetched by apt and unpacked beside
    us. Nothing is installed or started.
    """
    place, fetched = VAR / "rivals", VAR / "packages"
    if (place / "usr/sbin/nats-server").exists():
        return place
    if not shutil.which("apt-get"):
        raise Missing("apt-get: the rivals are Debian's packages " + ", ".join(RIVALS))
    fetched.mkdir(parents=True, exist_ok=True)
    for name in RIVALS:
        if not list(fetched.glob(f"{name}_*.deb")):
            done = subprocess.run(
                ["apt-get", "download", "-q", name], cwd=fetched, capture_output=True, text=True
            )
            if done.returncode:
                raise Missing(f"{name}: {done.stderr.strip()[-300:]} (apt-get update?)")
    for package in fetched.glob("*.deb"):
        subprocess.run(["dpkg", "-x", package, place], check=True)
    return place


def certificate():
    """(certificate, key): self-made, ECDSA on P-256, for us and for the rivals alike."""
    made = VAR / "tls"
    if not (made / "key.pem").exists():
        made.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/CN=hall.example",
                "-keyout",
                made / "key.pem",
                "-out",
                made / "cert.pem",
            ],
            check=True,
            capture_output=True,
        )
    ssl.create_default_context().load_verify_locations(made / "cert.pem")
    return made / "cert.pem", made / "key.pem"
