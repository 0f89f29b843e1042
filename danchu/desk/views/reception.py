"""The reception of citizens at the desk: the register of thirteen columns, the receipt, the days of office holders."""

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from danchu.casework.actions import close_reception_day, plan_reception_day, record_visit
from danchu.casework.actions.reception import BOOK
from danchu.casework.models import ReceptionDay, Visit
from danchu.casework.models.reception import Form
from danchu.casework.natures import Nature
from danchu.desk.fields import CountField, DayField, unit_at
from danchu.desk.guard import official
from danchu.desk.offices import place_of
from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused, require
from danchu.look.pages import page
from danchu.look.qr import qr_svg
from danchu.look.sheets import csv_answer
from danchu.units.names import name_of, names_of

PAGE, MOST_EXPORTED = 50, 20_000


class PlacedForm(forms.Form):
    """A form of one unit on one day, in the reach of the reader."""

    unit = forms.CharField(label=gettext_lazy("Nơi"), max_length=120)
    day_field = "received_on"

    def __init__(self, actor, *arguments, **more):
        super().__init__(*arguments, **more)
        self.scope = actor.scope("draft", BOOK)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get(self.day_field) and cleaned.get("unit"):
            try:
                cleaned["unit"] = unit_at(cleaned["unit"], min(cleaned[self.day_field], today()), self.scope)
            except Refused as refusal:
                self.add_error("unit", refusal.message)
        return cleaned

    def refuse(self, refusal):
        shown = refusal.field in self.fields and not self.fields[refusal.field].widget.is_hidden
        self.add_error(refusal.field if shown else None, refusal.message)


class VisitForm(PlacedForm):
    """One line of the register."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    received_on = DayField(label=gettext_lazy("Ngày tiếp"))
    form = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=Form.choices)
    name = forms.CharField(label=gettext_lazy("Họ tên người được tiếp"), max_length=120)
    address = forms.CharField(label=gettext_lazy("Địa chỉ"), max_length=200, required=False)
    identity = forms.CharField(label=gettext_lazy("Số giấy tờ"), max_length=20, required=False)
    people = CountField(label=gettext_lazy("Số người"))
    nature = forms.ChoiceField(label=gettext_lazy("Phân loại"), choices=Nature.choices)
    content = forms.CharField(label=gettext_lazy("Nội dung trình bày"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))
    is_repeat = forms.BooleanField(label=gettext_lazy("Vụ việc đã tiếp trước đây"), required=False)
    handled_before = forms.CharField(label=gettext_lazy("Cơ quan đã giải quyết"), max_length=200, required=False)
    not_competent = forms.BooleanField(label=gettext_lazy("Không thuộc thẩm quyền"), required=False)
    guidance = forms.CharField(label=gettext_lazy("Hướng dẫn, trả lời"), max_length=300, required=False)
    handler = forms.CharField(label=gettext_lazy("Chuyển cơ quan giải quyết"), max_length=200, required=False)
    follow_up = forms.CharField(label=gettext_lazy("Theo dõi kết quả"), max_length=300, required=False)
    note = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=300, required=False)

    def values(self):
        given = dict(self.cleaned_data)
        repeat, other = given.pop("is_repeat"), given.pop("not_competent")
        return {**given, "people": given["people"] or 1, "is_first": not repeat, "competent": not other}


class DayForm(PlacedForm):
    """A day on which somebody receives."""

    day_field = "on"
    office = forms.CharField(label=gettext_lazy("Chức vụ người tiếp"), max_length=120)
    on = DayField(label=gettext_lazy("Ngày"))
    form = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=Form.choices)
    hours = forms.CharField(label=gettext_lazy("Giờ"), max_length=40, required=False)
    room = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=200)


def _seen(request, model):
    scope = request.actor.scope("view", BOOK)
    require(scope != frozenset(), _("Chức trách của ông/bà không xem sổ tiếp công dân."))
    return model.objects.all() if scope is None else model.objects.filter(unit__in=scope)


@official
@never_cache
def register(request):
    """The register, the newest first, and the days planned."""
    rows = _seen(request, Visit).order_by("-received_on", "-pk")
    if request.GET.get("before", "").isdecimal() and len(request.GET["before"]) < 18:
        rows = rows.filter(pk__lt=int(request.GET["before"]))
    found = list(rows[: PAGE + 1])
    days = list(_seen(request, ReceptionDay).order_by("-on", "-pk")[:30])
    names = names_of({(it.unit_id, it.received_on) for it in found} | {(it.unit_id, it.on) for it in days})
    may = request.actor.scope("draft", BOOK)
    return page(
        request, "desk/reception.html", rows=[(it, names[it.unit_id, it.received_on]) for it in found[:PAGE]], after=found[PAGE - 1].pk if len(found) > PAGE else None,
        days=[(it, names[it.unit_id, it.on], it.on <= today() and (may is None or it.unit_id in may)) for it in days], may_draft=may != frozenset(),
    )  # fmt: skip


@official
def register_csv(request):
    """The register as the form has it: thirteen columns (form 03/TCD)."""
    head = [
        _("Số thứ tự"), _("Ngày tiếp"), _("Họ tên, địa chỉ"), _("Số giấy tờ"), _("Nội dung"), _("Phân loại"), _("Số người"), _("Cơ quan đã giải quyết"),
        _("Thuộc thẩm quyền"), _("Hướng dẫn, trả lời"), _("Chuyển cơ quan giải quyết"), _("Theo dõi kết quả"), _("Ghi chú"),
    ]  # fmt: skip
    rows = _seen(request, Visit).order_by("received_on", "number")[:MOST_EXPORTED]
    return csv_answer("so-tiep-cong-dan", head, (_thirteen(it) for it in rows.iterator(2000)))


def _thirteen(it):
    return [
        it.number, show_day(it.received_on), ", ".join(filter(None, (it.name, it.address))), it.identity, it.content, it.get_nature_display(), it.people,
        it.handled_before, _("có") if it.competent else _("không"), it.guidance, it.handler, it.follow_up, it.note,
    ]  # fmt: skip


@official
@never_cache
def new_visit(request):
    """One more line of the register."""
    scope = request.actor.scope("draft", BOOK)
    require(scope != frozenset(), _("Chức trách của ông/bà không ghi sổ tiếp công dân."))
    form = VisitForm(request.actor, request.POST or None, initial={"uid": uuid4(), "unit": place_of(request.actor, scope), "received_on": show_day(today()), "people": "1", "nature": Nature.FEEDBACK})
    if request.method == "POST" and form.is_valid():
        try:
            made = record_visit(by=request.actor, **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("desk_visit", uid=made.uid)
    return page(request, "desk/plain_form.html", status=400 if form.errors else 200, form=form, title=_("Ghi lượt tiếp công dân"), back="desk_reception", wide=("content",))


@official
@never_cache
def visit(request, uid):
    """One visit, to be printed as the receipt."""
    found = get_object_or_404(_seen(request, Visit), uid=uid)
    return page(request, "desk/visit.html", it=found, where=name_of(found.unit_id, found.received_on), qr=qr_svg(f"{found.code} {show_day(found.received_on)}"))


@official
def new_day(request):
    """Publish a day of reception."""
    scope = request.actor.scope("draft", BOOK)
    require(scope != frozenset(), _("Chức trách của ông/bà không lập lịch tiếp công dân."))
    form = DayForm(request.actor, request.POST or None, initial={"unit": place_of(request.actor, scope), "form": Form.PERIODIC})
    if request.method == "POST" and form.is_valid():
        try:
            plan_reception_day(by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã đưa lịch lên."))
            return redirect("desk_reception")
    return page(request, "desk/plain_form.html", status=400 if form.errors else 200, form=form, title=_("Lịch tiếp công dân"), back="desk_reception", wide=())


@official
@require_POST
def close_day(request, uid):
    """It was held, or missed and why."""
    found = get_object_or_404(_seen(request, ReceptionDay), uid=uid)
    close_reception_day(found, by=request.actor, held=request.POST.get("held") == "yes", reason=request.POST.get("reason", ""))
    messages.success(request, _("Đã ghi."))
    return redirect("desk_reception")
