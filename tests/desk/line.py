"""A line between the browser and the site that can be cut, for good or after so many bytes, fall
silent without breaking, and be mended.
"""

import socket
import threading
import time
from contextlib import suppress
from urllib.parse import urlsplit


class Line:
    """Listens on a port of its own and passes everything to the site while `up`. `sent` counts
    the bytes towards the site.
    """

    def __init__(self, site):
        self.target = urlsplit(site).hostname, urlsplit(site).port
        self.up, self.left, self.sent, self.open = True, None, 0, set()
        self.is_silent = False
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def cut(self):
        self.up = self.is_silent = False
        for end in list(self.open):
            _end(end)

    def cut_after(self, bytes_towards_site):
        """Let so many more bytes towards the site pass, then be cut."""
        self.left = bytes_towards_site

    def fall_silent(self):
        """Nothing passes any more and nobody is told, until it is mended."""
        self.is_silent = True

    def mend(self):
        self.left, self.up, self.is_silent = None, True, False

    def close(self):
        self.cut()
        self.listener.close()

    def _accept(self):
        while True:
            try:
                near, _address = self.listener.accept()
            except OSError:
                return
            if not self.up:
                _end(near)
                continue
            far = socket.create_connection(self.target)
            self.open |= {near, far}
            threading.Thread(target=self._pass, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._pass, args=(far, near, False), daemon=True).start()

    def _pass(self, source, target, towards_site):
        try:
            while self.up and (data := source.recv(16 * 1024)):
                while self.is_silent:
                    time.sleep(0.05)
                if towards_site and self.left is not None:
                    data, self.left = data[: self.left], self.left - len(data)
                target.sendall(data)
                self.sent += len(data) if towards_site else 0
                if self.left is not None and self.left <= 0:
                    self.cut()
        except OSError:
            pass
        finally:
            self.open -= {source, target}
            _end(source)
            _end(target)


def _end(end):
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
