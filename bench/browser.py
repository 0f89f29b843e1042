"""Forms filled in over HTTP, with the cookies that come back."""

import re
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar


class Browser:
    """Keeps the cookies of the server at the port of this machine."""

    def __init__(self, port):
        self._root = f"http://127.0.0.1:{port}"
        self._cookies = CookieJar()
        cookies = urllib.request.HTTPCookieProcessor(self._cookies)
        self._opener = urllib.request.build_opener(cookies)

    def send(self, path, **fields):
        """Fill in the form at the path; the address where that leads."""
        address = self._root + path
        page = self._opener.open(address, timeout=60).read().decode()
        field = next(one for one in re.findall("<input[^>]*>", page) if "csrfmiddleware" in one)
        token = re.search(r'value="?([^" >]+)', field)[1]
        form = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
        request = urllib.request.Request(address, form, {"Referer": address})  # noqa: S310
        with self._opener.open(request, timeout=60) as answer:
            return answer.url

    @property
    def cookie(self):
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._cookies)
