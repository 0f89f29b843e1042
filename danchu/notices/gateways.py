"""How the gateway of a channel is called: address, method, headers and body are templates of the
settings, because each provider of messages in Vietnam has a form of its own.

In a template {to} is the number as it is dialled in Vietnam, {to84} the same with 84 for the 0,
{text} the message, {key} the same for each try of a notice.
"""

import json
import re
from dataclasses import dataclass
from html import escape
from urllib.parse import quote, quote_plus, urlsplit
from urllib.request import Request

from django.conf import settings

METHODS = ("POST", "GET", "PUT")
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
DEFAULT_BODY = '{"to": "{to}", "text": "{text}"}'
LOCAL = ("127.0.0.1", "localhost", "::1")


class WrongGateway(Exception):
    """The settings cannot be used; the message is the part of them that is wrong."""


@dataclass(frozen=True)
class GatewayCall:
    """One call; `receipt` is the text that the answer of a gateway holds when it took the
    message, "" where the status says it.
    """

    address: str
    method: str
    headers: dict[str, str]
    body: bytes | None
    receipt: str

    def request(self):
        return Request(self.address, self.body, self.headers, method=self.method)

    def is_taken(self, answer):
        """Whether the bytes of an answer say that the message was taken. Blanks do not count."""
        return "".join(self.receipt.split()) in "".join(answer.decode(errors="replace").split())


def gateway_call(channel, target, letter):
    """The GatewayCall for a letter to the number; WrongGateway where the settings are wrong."""
    form = settings.NOTICE_GATEWAY_FORMS.get(channel, {})
    address = settings.NOTICE_GATEWAYS.get(channel, "")
    if urlsplit(address).scheme not in ("https", "http"):
        raise WrongGateway("no gateway")
    method = (form.get("method") or "POST").upper()
    if method not in METHODS:
        raise WrongGateway("method")
    headers = gateway_headers(channel)
    kind = next((value for name, value in headers.items() if name.lower() == "content-type"), JSON)
    values = {
        "{to84}": f"84{target[1:]}" if target.startswith("0") else target.lstrip("+"),
        "{to}": target,
        "{text}": letter.text,
        "{key}": letter.key,
    }
    body = None
    if method != "GET":
        body = _fill(form.get("body") or DEFAULT_BODY, values, _writer(kind)).encode()
        headers = {"Content-Type": kind, **headers}
    return GatewayCall(
        _fill(address, values, lambda value: quote(value, safe="")),
        method,
        {"Idempotency-Key": letter.key, **headers},
        body,
        form.get("receipt") or "",
    )


def gateway_headers(channel):
    """The headers of the settings, {name: text}; WrongGateway unless they are a JSON object."""
    text = settings.NOTICE_GATEWAY_FORMS.get(channel, {}).get("headers") or "{}"
    try:
        headers = json.loads(text)
    except ValueError:
        raise WrongGateway("headers") from None
    is_good = isinstance(headers, dict) and all(isinstance(one, str) for one in headers.values())
    if not is_good or not str(headers).isprintable():
        raise WrongGateway("headers")
    return headers


def gateway_faults(channel):
    """The parts of the channel's settings that are wrong: "address", "method", "headers", "to" and
    "text" where no template names them, "open" for a gateway that is called unencrypted.
    """
    form = settings.NOTICE_GATEWAY_FORMS.get(channel, {})
    address = settings.NOTICE_GATEWAYS.get(channel, "")
    parts = urlsplit(address)
    if parts.scheme not in ("https", "http") or not parts.hostname:
        return ["address"]
    faults = []
    if parts.scheme == "http" and parts.hostname not in LOCAL:
        faults.append("open")
    method = (form.get("method") or "POST").upper()
    if method not in METHODS:
        faults.append("method")
    try:
        gateway_headers(channel)
    except WrongGateway:
        faults.append("headers")
    template = address + ("" if method == "GET" else form.get("body") or DEFAULT_BODY)
    if "{to}" not in template and "{to84}" not in template:
        faults.append("to")
    if "{text}" not in template:
        faults.append("text")
    return faults


def _fill(template, values, write):
    """The template with each {name} replaced at once, so that no value is read as a template."""
    names = re.compile("|".join(map(re.escape, values)))
    return names.sub(lambda match: write(values[match[0]]), template)


def _writer(kind):
    """How a value is written into a body of the media type."""
    if JSON in kind or kind.endswith("+json"):
        return lambda value: json.dumps(value, ensure_ascii=False)[1:-1]
    if FORM in kind:
        return quote_plus
    if "xml" in kind:
        return escape
    return str
