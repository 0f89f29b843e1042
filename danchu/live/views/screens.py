"""Screens that are only looked at: the projector of the hall and the clock before the speaker."""

from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.live.view_model.hall import SCENES
from danchu.live.views.doors import guest, hall
from danchu.look.qr import qr_svg


def _views():
    """[(name, key, words)] a projector can be told to show."""
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
    """The projector: by itself what matters now, or the view its keys chose."""
    met = guest(request, pk)
    address = request.build_absolute_uri(reverse("hall", args=[pk]))
    view = request.GET.get("view", "auto")
    return hall(
        request,
        met,
        "live/screen.html",
        qr=qr_svg(address),
        address=address,
        view=view if view in SCENES else "auto",
        views=_views(),
    )


def speaker(request, pk):
    """Who speaks, what is left of his time, who follows."""
    return hall(request, guest(request, pk), "live/speaker.html")
