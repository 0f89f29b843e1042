"""Responses as JSON or XML, and errors, in the form of the specification."""

from xml.etree.ElementTree import Element, tostring

from django.http import Http404, HttpResponse, JsonResponse

from danchu.kernel.refusals import Refused

# {element of a list: element of its rows}
NAMES = {
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
    "attributes": "attribute",
}

# The fields of the specification for those of a petition.
FIELDS = {
    "matter": "service_code",
    "content": "description",
    "name": "first_name",
    "place": "address_string",
    "unit": "address_id",
}


def answer(root, rows, ending, status=200):
    """A response of `rows`, as JSON or XML by the ending of the address; in XML under the element
    `root`. Raises Http404 for another ending.
    """
    if ending == "json":
        return JsonResponse(
            rows, safe=False, status=status, json_dumps_params={"ensure_ascii": False}
        )
    if ending != "xml":
        raise Http404
    return HttpResponse(
        tostring(_element(root, rows), encoding="utf-8", xml_declaration=True),
        content_type="text/xml; charset=utf-8",
        status=status,
    )


def fault(refusal, ending, status=400):
    """An error response: [{code, description}], as JSON if the ending is neither json nor xml; one
    for each refusal of a Refused, with the field that it is about as `field`.
    """
    refusals = refusal.every if isinstance(refusal, Refused) else [Refused(refusal)]
    return answer(
        "errors",
        [
            {"code": status, "description": str(one.message)}
            | ({"field": FIELDS.get(one.field, one.field)} if one.field else {})
            for one in refusals
        ],
        ending if ending in ("json", "xml") else "json",
        status,
    )


def _element(name, value):
    element = Element(name)
    if isinstance(value, dict):
        for key, inner in value.items():
            element.append(_element(key, inner))
    elif isinstance(value, list):
        for inner in value:
            element.append(_element(NAMES.get(name, "item"), inner))
    else:
        element.text = _text(value)
    return element


def _text(value):
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else _printable(str(value))


def _printable(text):
    """The text without the characters that XML 1.0 cannot contain (section 2.2)."""
    return "".join(
        c
        for c in text
        if c in "\t\n\r" or c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff"
    )
