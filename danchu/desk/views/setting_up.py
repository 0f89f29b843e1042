"""Setting the installation up, for its operators: what is still missing, and each thing done."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from danchu.desk.guard import official
from danchu.desk.set_up_forms import (
    CodeForm,
    FolderForm,
    MessageCodeForm,
    PhoneForm,
    PlaceForm,
)
from danchu.kernel.days import show_instant, today
from danchu.kernel.refusals import Refused, require
from danchu.look.once import note_done
from danchu.look.pages import page
from danchu.people.operators import operators
from danchu.staff.actions import (
    choose_backup_folder,
    confirm_mail,
    confirm_sms,
    describe_installation,
    leave_sms,
    print_code,
    try_mail,
    try_sms,
)
from danchu.staff.actions.installing import NO_RIGHT
from danchu.staff.models import Installation
from danchu.staff.set_up import missing_things
from danchu.units.choices import value_of_unit

# {act: (form, what it does, what is said afterwards)}
ACTS = {
    "place": (PlaceForm, describe_installation, gettext_lazy("Đã ghi.")),
    "backup": (
        FolderForm,
        choose_backup_folder,
        gettext_lazy("Đã thử ghi vào thư mục và ghi nhận."),
    ),
    "mail": (None, try_mail, gettext_lazy("Đã gửi thư thử tới địa chỉ của ông/bà.")),
    "mail-code": (CodeForm, confirm_mail, gettext_lazy("Thư đã tới nơi.")),
    "sms": (PhoneForm, try_sms, gettext_lazy("Đã gửi tin thử.")),
    "sms-code": (MessageCodeForm, confirm_sms, gettext_lazy("Tin đã tới nơi.")),
    "sms-none": (None, leave_sms, gettext_lazy("Đã ghi: nơi này không dùng tin nhắn.")),
}
PRINT = "print-code"


def operator(view):
    """Let in those who may appoint in the whole country."""

    @official
    @never_cache
    @wraps(view)
    def guarded(request, *arguments, **more):
        require(request.actor.may("appoint", "office", None), NO_RIGHT)
        return view(request, *arguments, **more)

    return guarded


@operator
def setting_up(request):
    """What is missing, and what was said."""
    return _page(request)


@operator
@require_POST
def setting_up_act(request, act):
    """Do one of ACTS; a refused form is shown with what was typed."""
    if act == PRINT:
        code = print_code(by=request.actor)
        note_done(request, reverse("desk_setup"))
        return page(request, "staff/printed_code.html", code=code)
    if act not in ACTS:
        raise Http404
    form_class, do, sentence = ACTS[act]
    form = form_class(request.POST) if form_class else None
    if form is None or form.is_valid():
        try:
            do(by=request.actor, **(form.values() if form else {}))
        except Refused as refusal:
            if form is None:
                return _page(request, fault=refusal.message)
            form.refuse(refusal)
        else:
            messages.success(request, sentence)
            return redirect("desk_setup")
    return _page(request, refused=(act, form))


def _page(request, refused=("", None), fault=""):
    installation = Installation.objects.first() or Installation()
    place = value_of_unit(installation.place_id, today()) if installation.place_id else ""
    begun = {
        "place": PlaceForm(initial={"title": installation.name, "place": place}),
        "backup": FolderForm(
            initial={"folder": installation.backup_folder or settings.BACKUPS_ROOT}
        ),
        "mail-code": CodeForm(),
        "sms": PhoneForm(),
        "sms-code": MessageCodeForm(),
    }
    act, form = refused
    forms = {**begun, act: form} if form else begun
    return page(
        request,
        "desk/setup.html",
        status=400 if form or fault else 200,
        fault=fault,
        place_form=forms["place"],
        folder_form=forms["backup"],
        code_form=forms["mail-code"],
        phone_form=forms["sms"],
        sms_code_form=forms["sms-code"],
        wanting=list(missing_things()),
        mail_tried_at=_instant(installation.mail_tried_at),
        mail_worked_at=_instant(installation.mail_worked_at),
        sms_tried_at=_instant(installation.sms_tried_at),
        sms_worked_at=_instant(installation.sms_worked_at),
        uses_sms=installation.uses_sms,
        may_print=operators().filter(account=request.actor.account_id).exists(),
    )


def _instant(instant):
    return show_instant(instant) if instant else ""
