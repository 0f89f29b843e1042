"""Responses that all surfaces share: a page in the frame, error pages, the choice of theme."""

import sys
from urllib.parse import urlsplit

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from danchu.kernel.refusals import Refused
from danchu.look.machines import choices_json, is_for_machines, machine_error
from danchu.look.outbox import is_from_outbox
from danchu.look.resending import is_from_this_site, may_resend, resend_page

THEMES = ("light", "dark")
YEAR_SECONDS = 365 * 24 * 3600
LOG_IN_SECONDS = 300


def page(request, template, *, status=200, **context):
    """Render a template with the context. Views send HTML in this way only."""
    context["is_refusal"] = request.method == "POST" and status >= 400
    response = render(request, template, context, status=status)
    if status == 400 and is_from_outbox(request):  # which reads no HTML
        response.refused_form = context.get("form")
    return response


def refused(request, refusal, status=400):
    """400: the message of a Refused and a link back; what may be chosen instead, as links to the
    same address.
    """
    if is_for_machines(request):
        errors = [{"field": one.field, "detail": str(one.message)} for one in refusal.every]
        more = {"field": refusal.field, "errors": errors, **choices_json(refusal)}
        return machine_error(request, refusal.sentences, status, **more)
    return page(
        request,
        "refused.html",
        status=status,
        refusals=[one.message for one in refusal.every],
        choices=_choice_links(request, refusal),
        back=_back(request),
    )


def _choice_links(request, refusal):
    """[(what a person reads, address)] of the choices of a refusal: this address with the choice in
    place of what was typed; none for a form that was sent.
    """
    if request.method != "GET":
        return []
    links = []
    for choice in refusal.choices:
        query = request.GET.copy()
        for name, values in request.GET.lists():
            query.setlist(
                name,
                [choice.value if value.strip() == refusal.typed else value for value in values],
            )
        links.append((choice.label, f"?{query.urlencode()}"))
    return links


def denied(request, exception=None):
    """403: the message of a Denied; visitors without an account get a link to log in."""
    message = str(
        getattr(exception, "message", "")
        or _("Chức trách hiện tại của ông/bà không cho phép việc này.")
    )
    if is_for_machines(request):
        return machine_error(request, message, 403)
    return page(request, "403.html", status=403, message=message, back=_back(request))


def too_often(request, refusal=None):
    """429: the message of a TooOften, and when to come back; without one, that of the log-in."""
    message = (
        refusal.message if refusal else _("Để bảo vệ tài khoản, hãy đợi vài phút rồi thử lại.")
    )
    if is_for_machines(request):
        answer = machine_error(request, message, 429)
    else:
        answer = page(request, "429.html", status=429, message=message)
    answer.headers["Retry-After"] = str(refusal.seconds if refusal else LOG_IN_SECONDS)
    return answer


def too_big(request, limit):
    """413: the Content-Length exceeds `limit` bytes."""
    size = limit // (1024 * 1024)
    return refused(
        request,
        Refused(_("Tệp gửi lên quá lớn. Giới hạn là %(size)s MB mỗi lần gửi.") % {"size": size}),
        413,
    )


def old_form(request, reason=""):
    """403: the CSRF token of a form is missing or does not match. Where the form is of this site,
    a page with what was typed is sent, from which it can be sent again.
    """
    if may_resend(request) and is_from_this_site(request) and not is_for_machines(request):
        return resend_page(request)
    message = _(
        "Biểu này đã mở quá lâu hoặc không phải do trang này gửi, nên chưa được nhận. "
        "Hãy tải lại trang rồi gửi lại."
    )
    return refused(request, Refused(message), 403)


def wrong_method(request):
    """405: the address of an act was opened as a page, after a log-in for instance."""
    return refused(
        request,
        Refused(
            _("Địa chỉ này chỉ dành cho nút bấm trên trang. Hãy quay lại trang trước rồi bấm nút.")
        ),
        405,
    )


def unreadable(request):
    """400: NUL characters in the address or the form."""
    return refused(
        request, Refused(_("Nội dung gửi lên có ký tự không phải là chữ. Hãy xóa đi và nhập lại."))
    )


def unavailable(request):
    """503: rendered without session, messages and account, since they are in the database."""
    return _bare(
        request,
        "503.html",
        503,
        _("Cơ sở dữ liệu tạm thời không trả lời. Xin thử lại sau ít phút."),
    )


def disk_full(request):
    """507: nothing could be written."""
    return _bare(
        request, "507.html", 507, _("Máy chủ đã hết chỗ lưu trữ. Nội dung vừa gửi chưa được ghi.")
    )


def not_found(request, exception=None):
    """404."""
    if is_for_machines(request):
        return machine_error(request, _("Không tìm thấy."), 404)
    return page(request, "404.html", status=404)


def bad_request(request, exception=None):
    """400 by Django: a form that is too large, an unknown host name."""
    return _bare(
        request, "400.html", 400, _("Yêu cầu không đọc được. Hãy tải lại trang rồi gửi lại.")
    )


def server_error(request):
    """500; 503 where the database failed outside a view."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return _bare(request, "500.html", 500, _("Máy chủ gặp lỗi ngoài dự kiến."))


@csrf_exempt  # a token would set a cookie on every public page
@require_POST
def choose_theme(request):
    """Set the theme cookie for a year, or delete it; works without JavaScript."""
    response = HttpResponseRedirect(_own_address(request, request.POST.get("next")))
    if request.POST.get("theme") in THEMES:
        response.set_cookie(
            "theme", request.POST["theme"], max_age=YEAR_SECONDS, samesite="Lax", httponly=True
        )
    else:
        response.delete_cookie("theme")
    return response


def origin_of(address):
    """scheme://host:port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def own_address(request):
    """The path and query of the request as a link to this site: //host/x would be another one."""
    return "/" + request.get_full_path().lstrip("/\\")


def _bare(request, template, status, message):
    if is_for_machines(request):
        response = machine_error(request, message, status)
    else:
        context = {"message": message, "request_id": getattr(request, "id", "")}
        response = HttpResponse(render_to_string(template, context), status=status)
    if status == 503:
        response.headers["Retry-After"] = "60"
    return response


def _back(request):
    """The page that the reader came from, where it is on this site and not this page."""
    address = _own_address(request, request.headers.get("Referer"))
    return (
        "" if urlsplit(address).path in ("/", request.path) and request.method == "GET" else address
    )


def own_target(request, address):
    """The address where it is on this site, else the front page."""
    return _own_address(request, address)


def _own_address(request, address):
    if address and url_has_allowed_host_and_scheme(
        address, {request.get_host()}, request.is_secure()
    ):
        return address
    return "/"
