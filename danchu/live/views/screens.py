"""Screens without controls: the projector of the hall and the clock in front of the speaker."""

from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.live.view_model.hall import SCENES
from danchu.live.views.hall_page import hall_page, visitor_of
from danchu.look.qr import qr_svg


def _views():
    """[(name, key of the keyboard, label)] of the scenes a projector can be told to show."""
    return [
        ("auto", "a", _("Tự động")),
        ("item", "1", _("Mục")),
        ("poll", "2", _("Biểu quyết")),
        ("result", "3", _("Kết quả")),
        ("questions", "4", _("Câu hỏi")),
        ("floor", "5", _("Phát biểu")),
        ("entry", "6", _("Mã vào")),
    ]


def screen(request, pk):
    """The projector: what matters now, or the scene chosen by a key."""
    visitor = visitor_of(request, pk)
    address = request.build_absolute_uri(reverse("hall", args=[pk]))
    view = request.GET.get("view", "auto")
    return hall_page(
        request,
        visitor,
        "live/screen.html",
        qr=qr_svg(address),
        address=address,
        view=view if view in SCENES else "auto",
        views=_views(),
    )


def speaker(request, pk):
    """The current speaker, the time left and the next speaker."""
    return hall_page(request, visitor_of(request, pk), "live/speaker.html")
