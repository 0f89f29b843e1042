"""The texts from which an office begins its answers: those of the product to read, its own to add
and to remove.
"""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danchu.casework.actions import drop_answer_text, keep_answer_text
from danchu.casework.models import AnswerText
from danchu.casework.moves import FILE
from danchu.casework.natures import Nature
from danchu.casework.queries.answer_texts import ACTS, product_texts
from danchu.casework.words import STEP_WORDS
from danchu.casework.writes.trail import LONGEST_TEXT
from danchu.desk.guard import official
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused, require
from danchu.look.pages import page
from danchu.people.offices_held import place_of
from danchu.subjects.fields import unit_at
from danchu.subjects.first_rows import first_rows
from danchu.subjects.forms import RefusingForm
from danchu.subjects.order import VietnameseOrder
from danchu.subjects.places import UnitField
from danchu.subjects.scoped import within


class AnswerForm(RefusingForm):
    """A text of the office's own, for the form of one act."""

    unit = UnitField(
        label=gettext_lazy("Dùng ở"), help_text=gettext_lazy("Nơi này và các nơi trực thuộc.")
    )
    act = forms.ChoiceField(
        label=gettext_lazy("Cho việc"), choices=[(act, STEP_WORDS[act]) for act in ACTS]
    )
    nature = forms.ChoiceField(
        label=gettext_lazy("Loại đơn"),
        required=False,
        choices=[("", gettext_lazy("Tất cả")), *Nature.choices],
    )
    title = forms.CharField(label=gettext_lazy("Tên mẫu"), max_length=120)
    text = forms.CharField(
        label=gettext_lazy("Nội dung mẫu"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "Nêu lý do và việc người gửi có thể làm tiếp. {code}, {title}, {place}, "
            "{elsewhere} được điền theo từng đơn."
        ),
    )


@official
def answer_texts(request):
    """The list, and the form for one more."""
    scope = request.actor.scope("draft", FILE)
    require(scope != frozenset(), _("Chức trách của ông/bà không xử lý đơn."))
    form = AnswerForm(request.POST or None, initial={"unit": place_of(request.actor, scope)})
    if request.method == "POST" and form.is_valid():
        try:
            keep_answer_text(
                by=request.actor,
                **{**form.cleaned_data, "unit": unit_at(form.cleaned_data["unit"], today(), scope)},
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã ghi mẫu trả lời."))
            return redirect("desk_answer_texts")
    rows = AnswerText.objects.filter(is_open=True).order_by("act", VietnameseOrder("title"))
    own = within(rows, scope)
    return page(
        request,
        "desk/answer_texts.html",
        status=400 if form.errors else 200,
        form=form,
        own=first_rows(own, 200, request.GET).each(lambda row: (row, STEP_WORDS[row.act])),
        shipped=[(one, STEP_WORDS[one.act]) for one in product_texts()],
    )


@official
@require_POST
def drop(request, pk):
    """Remove one of the list; that somebody else did so before is a message on the list."""
    scope = request.actor.scope("draft", FILE)
    rows = AnswerText.objects.filter(is_open=True)
    text = get_object_or_404(within(rows, scope), pk=pk)
    try:
        drop_answer_text(text, by=request.actor)
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("Đã bỏ mẫu này."))
    return redirect("desk_answer_texts")
