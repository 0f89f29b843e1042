"""The form by which an official books a place at a reception day for somebody who calls."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.casework.actions.bookings import MOST_MATTER
from danchu.casework.lives import BOOK
from danchu.casework.models import ReceptionDay
from danchu.casework.rules.bookings import places_left, takes_bookings, words_of_day
from danchu.kernel.days import today
from danchu.notices.models import Channel
from danchu.staff.set_up import offer_channels
from danchu.subjects.forms import RecordForm
from danchu.subjects.scoped import within
from danchu.units.names import names_of

MOST_DAYS = 200


class BookingAtDeskForm(RecordForm):
    """A booking; `?day=` in the address names the reception day that it begins with."""

    wide = ("day", "matter")
    lead = gettext_lazy(
        "Ghi lời người gọi đến; đọc lại cho họ mã hẹn và mã bí mật hiện ra sau khi ghi."
    )
    uid = forms.UUIDField(widget=forms.HiddenInput)
    day = forms.ChoiceField(label=gettext_lazy("Ngày tiếp"))
    name = forms.CharField(label=gettext_lazy("Họ và tên"), max_length=120)
    phone = forms.CharField(
        label=gettext_lazy("Điện thoại"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.CharField(
        label=gettext_lazy("Thư điện tử"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    notify_by = forms.ChoiceField(
        label=gettext_lazy("Báo tin bằng"),
        required=False,
        choices=[
            ("", gettext_lazy("Không, gọi điện khi có thay đổi")),
            *[(one.value, one.label) for one in (Channel.EMAIL, Channel.SMS, Channel.ZALO)],
        ],
    )
    matter = forms.CharField(
        label=gettext_lazy("Việc cần gặp"),
        max_length=MOST_MATTER,
        help_text=gettext_lazy("Một câu, để người tiếp chuẩn bị. Không ghi nội dung tố cáo."),
    )

    def prepare(self):
        self.initial |= {"uid": uuid4(), "day": self.query.get("day", "")}
        offer_channels(self.fields["notify_by"])
        scope = self.actor.scope("draft", BOOK)
        days = within(ReceptionDay.objects.coming(today()).with_booked_places(), scope)
        free = [day for day in days[:MOST_DAYS] if takes_bookings(day) and places_left(day)]
        names = names_of({(day.unit_id, day.on) for day in free})
        self.days = {str(day.uid): day for day in free}
        self.fields["day"].choices = [
            (uid, f"{words_of_day(day)} – {names[day.unit_id, day.on]}")
            for uid, day in self.days.items()
        ]
        if not free:
            self.fields["day"].help_text = _("Không có ngày nào còn chỗ: hãy thêm lịch tiếp trước.")

    def clean_day(self):
        return self.days[self.cleaned_data["day"]]

    def values(self):
        """The keyword arguments of `book_place`."""
        values = dict(self.cleaned_data)
        once = values.pop("uid")
        return {**values, "once": once}
