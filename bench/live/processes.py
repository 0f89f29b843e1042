"""Processes of the bench, which end with it; free ports; programs that are compiled or unpacked."""

import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
from contextlib import ExitStack, suppress
from pathlib import Path

from danchu.config.children import end_with_parent

ROOT, HERE = Path(__file__).resolve().parents[2], Path(__file__).parent
VAR = ROOT / "var" / "bench-live"
RIVALS = ("nginx", "libnginx-mod-nchan", "nats-server")


class Missing(Exception):
    """Something that the bench needs is missing on this machine; the message says what."""


def free_ports(number):
    """[port] of so many ports that are free now."""
    with ExitStack() as stack:
        lines = [stack.enter_context(socket.socket()) for _ in range(number)]
        for line in lines:
            line.bind(("127.0.0.1", 0))
        return [line.getsockname()[1] for line in lines]


def launch(command, log, more=None, **options):
    """Start a process that ends with this one; its output goes to the file `log`."""
    with open(log, "a") as file:
        process = subprocess.Popen(
            [str(word) for word in command],
            stdout=options.pop("stdout", file),
            stderr=file,
            cwd=ROOT,
            env={**os.environ, **(more or {})},
            preexec_fn=end_with_parent(options.pop("ends_by", signal.SIGTERM), alone=True),
            **options,
        )
    raise_priority([process.pid])
    return process


def raise_priority(pids):
    """With --before-others, as root: give these processes priority over other work on the machine;
    called for ours and the rivals' alike.
    """
    if os.environ.get("BENCH_BEFORE_OTHERS") == "1":
        for pid in pids:
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, pid, -12)
                Path(f"/proc/{pid}/autogroup").write_text("-12")


def end(process, patience=15):
    """Terminate a process; kill it after `patience` seconds."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()


def wait_until(question, seconds, name):
    """Wait until `question()` is true and return its answer; Missing after `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(0.02)
    raise Missing(f"{name}: not within {seconds} s")


def is_listening(port):
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def compile_c(source, *flags):
    """The path of the program (with -shared, library) compiled from a C file of this folder; again
    when a source is newer.
    """
    target, sources = VAR / "made" / Path(source).stem, [HERE / source, HERE / "common.h"]
    if target.exists() and all(target.stat().st_mtime > path.stat().st_mtime for path in sources):
        return target
    if not shutil.which("gcc"):
        raise Missing("gcc: apt-get install gcc libssl-dev")
    target.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["gcc", "-O2", "-Wall", "-o", target, HERE / source, *flags], capture_output=True, text=True
    )
    if done.returncode:
        raise Missing(f"{source}: {done.stderr.strip()[-500:]}")
    return target


def rivals():
    """The folder of the rivals' programs: Debian packages, downloaded by apt and unpacked under
    VAR. Nothing is installed.
    """
    folder, packages = VAR / "rivals", VAR / "packages"
    if (folder / "usr/sbin/nats-server").exists():
        return folder
    if not shutil.which("apt-get"):
        raise Missing("apt-get: the rivals are Debian's packages " + ", ".join(RIVALS))
    packages.mkdir(parents=True, exist_ok=True)
    for name in RIVALS:
        if not list(packages.glob(f"{name}_*.deb")):
            done = subprocess.run(
                ["apt-get", "download", "-q", name], cwd=packages, capture_output=True, text=True
            )
            if done.returncode:
                raise Missing(f"{name}: {done.stderr.strip()[-300:]} (apt-get update?)")
    for package in packages.glob("*.deb"):
        subprocess.run(["dpkg", "-x", package, folder], check=True)
    return folder


def certificate():
    """(certificate, key): self-signed, ECDSA on P-256, for us and for the rivals."""
    folder = VAR / "tls"
    if not (folder / "key.pem").exists():
        folder.mkdir(parents=True, exist_ok=True)
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
                folder / "key.pem",
                "-out",
                folder / "cert.pem",
            ],
            check=True,
            capture_output=True,
        )
    ssl.create_default_context().load_verify_locations(folder / "cert.pem")
    return folder / "cert.pem", folder / "key.pem"
