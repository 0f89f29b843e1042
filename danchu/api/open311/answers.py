"""Answers as JSON or as the XML of the specification; errors as it has them."""

from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import Http404, HttpResponse, JsonResponse

NAMES = {
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
    "attributes": "attribute",
}


def answer(root, rows, ending, status=200):
    """`rows` under `root`, as the ending of the address asks."""
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


def fault(message, ending, status=400):
    """[{code, description}]"""
    return answer(
        "errors",
        [{"code": status, "description": str(message)}],
        ending if ending in ("json", "xml") else "json",
        status,
    )


def _element(name, value):
    made = Element(name)
    if isinstance(value, dict):
        for key, inner in value.items():
            made.append(_element(key, inner))
    elif isinstance(value, list):
        for inner in value:
            made.append(_element(NAMES.get(name, "item"), inner)) if not isinstance(
                inner, dict
            ) else _fill(SubElement(made, NAMES.get(name, "item")), inner)
    else:
        made.text = _text(value)
    return made


def _text(value):
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else _printable(str(value))


def _fill(made, row):
    for key, inner in row.items():
        made.append(_element(key, inner))


def _printable(text):
    """Without the control characters that XML has no way to write."""
    return "".join(
        c
        for c in text
        if c in "\t\n\r" or c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff"
    )
