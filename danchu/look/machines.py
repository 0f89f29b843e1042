"""Errors in the format of the caller, for the addresses that programs call."""

import re
from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpResponse, JsonResponse

from danchu.look.outbox import is_from_outbox

# Characters that XML 1.0 cannot contain (section 2.2).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def is_for_machines(request):
    """Whether the address belongs to the API or to Open311, or the outbox of a device asks."""
    return request.path_info.startswith(("/api/", "/open311/")) or is_from_outbox(request)


def choices_json(refusal):
    """{"choices": […]} where one of the refusals has choices, else {}."""
    choices = [choice.as_json() for one in refusal.every for choice in one.choices]
    return {"choices": choices} if choices else {}


def machine_error(request, message, status, **more):
    """An error of the API, {"error", "errors", "message", …}: `error` and `errors` as everywhere in
    the API, `message` for our own scripts. Of Open311 [{"code", "description"}], in XML where the
    address ends so.
    """
    if not request.path_info.startswith("/open311/"):
        errors = [{"field": more.get("field", ""), "detail": str(message)}]
        return JsonResponse(
            {"error": message, "message": message, "errors": errors, **more}, status=status
        )
    if not request.path_info.endswith(".xml"):
        return JsonResponse(
            [{"code": status, "description": str(message)}], safe=False, status=status
        )
    errors = Element("errors")
    error = SubElement(errors, "error")
    SubElement(error, "code").text = str(status)
    SubElement(error, "description").text = _NOT_XML.sub("", str(message))
    return HttpResponse(
        tostring(errors, encoding="utf-8", xml_declaration=True),
        content_type="text/xml; charset=utf-8",
        status=status,
    )
