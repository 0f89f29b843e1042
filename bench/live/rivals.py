"""The rivals: nginx with nchan, and NATS over WebSocket, with as many processes as our hubs."""

import shutil
import socket
import time
from contextlib import suppress
from pathlib import Path

from bench.live.processes import (
    VAR,
    Missing,
    certificate,
    end,
    free_ports,
    is_listening,
    launch,
    rivals,
    wait_until,
)

NGINX = """
user root; daemon off; worker_processes {workers}; worker_rlimit_nofile 20000;
pid {home}/nginx.pid; error_log {home}/error.log crit;
load_module {modules}/ngx_nchan_module.so;
events {{ worker_connections 40000; }}
http {{
  access_log off; client_body_temp_path {home}/a; proxy_temp_path {home}/b;
  fastcgi_temp_path {home}/c; uwsgi_temp_path {home}/d; scgi_temp_path {home}/e;
  nchan_shared_memory_size 256m; {tls}
  server {{
    listen 127.0.0.1:{port} {ssl} reuseport backlog=16384;
    location = /stream {{
      nchan_subscriber eventsource; nchan_channel_id hall; nchan_subscriber_first_message newest;
    }}
  }}
  server {{
    listen 127.0.0.1:{publish};
    location = /publish {{
      nchan_publisher; nchan_channel_id hall; nchan_message_buffer_length 600;
      nchan_message_timeout 30m; client_max_body_size 2m; client_body_buffer_size 2m;
    }}
  }}
}}
"""
# More connections than descriptors are announced to it: below a sixteenth of free ones nginx hangs
# up on clients by itself.
NCHAN_TEMPORARY = Path("/var/lib/nginx/body")
TLS = "ssl_certificate {0}; ssl_certificate_key {1}; ssl_protocols TLSv1.3;"
NATS = """
listen: "127.0.0.1:{port}", max_connections: 64000, ping_interval: "10m"
authorization {{ timeout: 60 }}, logfile: "{home}/nats-{port}.log"
websocket {{ listen: "127.0.0.1:{web}", no_tls: true, handshake_timeout: "60s" }}
cluster {{ name: hall, listen: "127.0.0.1:{between}", routes: ["nats://127.0.0.1:{other}"] }}
"""


class Nchan:
    """nginx with nchan; `publish(v, body)` sends one frame."""

    path = "/stream"

    def __init__(self, workers=2, tls=False):
        place, self.home = rivals(), VAR / f"nchan{'-tls' if tls else ''}"
        self.home.mkdir(parents=True, exist_ok=True)
        port, publish = free_ports(2)
        settings = self.home / "nginx.conf"
        certified = TLS.format(*certificate()) if tls else ""
        settings.write_text(
            NGINX.format(
                workers=workers,
                home=self.home,
                modules=place / "usr/lib/nginx/modules",
                port=port,
                publish=publish,
                tls=certified,
                ssl="ssl" if tls else "",
            )
        )
        self.made_folder = _make_nchan_folder()
        self.process = launch(
            [place / "usr/sbin/nginx", "-p", self.home, "-c", settings], self.home / "said.log"
        )
        self.ports, self.roots = [port], [self.process.pid]
        wait_until(
            lambda: is_listening(port) and is_listening(publish),
            10,
            f"nginx ({self.home}/said.log)",
        )
        self._line_to = ("127.0.0.1", publish)
        self._line = socket.create_connection(self._line_to)

    def publish(self, v, body):
        """Send one frame; when, in microseconds since 1970."""
        data = body.encode()
        request = (
            f"POST /publish HTTP/1.1\r\nHost: x\r\nContent-Type: "
            f"application/json\r\nContent-Length: {len(data)}\r\n\r\n".encode()
            + data
        )
        for _attempt in range(2):
            at = time.time_ns() // 1000
            with suppress(OSError):
                self._line.sendall(request)
                answer = b""
                while b"\r\n\r\n" not in answer and (more := self._line.recv(4096)):
                    answer += more
                if answer:
                    return at
            self._line = socket.create_connection(
                self._line_to
            )  # nginx hangs up on a line that was idle for a minute
        raise Missing(f"nchan takes no frame ({self.home}/error.log)")

    def close(self):
        self._line.close()
        end(self.process)
        if self.made_folder:
            shutil.rmtree(NCHAN_TEMPORARY.parent, ignore_errors=True)


def _make_nchan_folder():
    """Create the folder whose path nchan has compiled in; whether it was missing."""
    if NCHAN_TEMPORARY.parent.exists():
        return False
    try:
        NCHAN_TEMPORARY.mkdir(parents=True)
    except OSError as error:
        raise Missing(
            f"{NCHAN_TEMPORARY}: mkdir as root, or apt-get install nginx ({error})"
        ) from None
    return True


class Nats:
    """Two NATS servers in a cluster."""

    path = "/"

    def __init__(self):
        place, self.home = rivals(), VAR / "nats"
        self.home.mkdir(parents=True, exist_ok=True)
        ports = free_ports(6)
        self.ports, self.processes = ports[2:4], []
        for n in (0, 1):
            settings = self.home / f"nats-{n}.conf"
            settings.write_text(
                NATS.format(
                    port=ports[n],
                    web=ports[2 + n],
                    between=ports[4 + n],
                    other=ports[5 - n],
                    home=self.home,
                )
            )
            self.processes.append(
                launch([place / "usr/sbin/nats-server", "-c", settings], self.home / "said.log")
            )
        self.roots = [process.pid for process in self.processes]
        wait_until(lambda: all(map(is_listening, ports)), 10, f"nats-server ({self.home}/said.log)")
        time.sleep(1)  # until the two know each other
        self._line = socket.create_connection(("127.0.0.1", ports[0]))
        self._line.sendall(b'CONNECT {"verbose":false,"pedantic":false}\r\nPING\r\n')
        while b"PONG" not in self._line.recv(4096):
            pass

    def publish(self, v, body):
        data, at = body.encode(), time.time_ns() // 1000
        self._line.sendall(b"PUB hall %d\r\n%b\r\n" % (len(data), data))
        return at

    def close(self):
        self._line.close()
        for process in self.processes:
            end(process)
