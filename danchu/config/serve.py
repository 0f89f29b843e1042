"""One process to start: the database when it is ours, the tables, the web server; and to stop them all cleanly."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

STOP_SECONDS = 15


def _refuse_a_taken_port(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"Cổng {port} đang có chương trình khác dùng. Hãy chạy: make demo PORT={port + 1} (port is taken)")


def _wait_until_it_answers(address, server):
    for _ in range(300):
        if server.poll() is not None:
            sys.exit("Máy chủ web dừng ngay khi khởi động (the web server stopped at once).")
        try:
            urllib.request.urlopen(address, timeout=2).read()
            return
        except OSError:
            time.sleep(0.2)


def _start_web(port):
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "2", "--blocking-threads", "4", "--workers-kill-timeout", "10", "--log-level", "warning",
        "danchu.config.wsgi:application",
    ]  # fmt: skip
    return subprocess.Popen(command, start_new_session=True)


def serve():
    """Serve until Ctrl-C or SIGTERM."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        port = int(os.environ.get("PORT", "8000"))
    except ValueError:
        sys.exit("PORT phải là một số, ví dụ PORT=8001.")
    _refuse_a_taken_port(port)
    cluster = None
    if not os.environ.get("DATABASE_URL"):
        from danchu.config.cluster import ClusterFailed
        from danchu.config.settings import _embedded

        cluster = _embedded()
        print("Dân Chủ: khởi động cơ sở dữ liệu (database)…", flush=True)
        try:
            cluster.start()
        except ClusterFailed as failure:
            sys.exit(str(failure))
    try:
        _serve_web(port)
    except KeyboardInterrupt:
        print("\nĐang dừng… (stopping)", flush=True)
    finally:
        if cluster:
            cluster.stop()


def _serve_web(port):
    from danchu.config.bootstrap import bootstrap

    bootstrap()
    server, address = _start_web(port), f"http://127.0.0.1:{port}/"
    try:
        _wait_until_it_answers(address, server)
        print(f"\nDân Chủ đang chạy tại {address} (Ctrl-C để dừng)", flush=True)
        print(f"  Xem trước hết: {address}api/v1/figures  (danh mục chỉ tiêu)", flush=True)
        server.wait()
    finally:
        server.terminate()
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()


if __name__ == "__main__":
    serve()
