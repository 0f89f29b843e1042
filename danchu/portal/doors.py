"""The three doors of a petition: something is broken, a complaint, a denunciation. Each has a form
of its own with what its law needs, and no more.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.casework.natures import Nature
from danchu.casework.rules.outlooks import Line, outlook_of_complaint
from danchu.casework.rules.timebars import bar_of_first
from danchu.kernel.days import show_day, today
from danchu.portal.petition_form import PetitionForm

PERSON = ("name", "address", "phone", "email", "notify_by")


class DoorForm(PetitionForm):
    """A petition of one nature. `main` and `person` are its fields in order; others are left out.
    `needed` are those that its law does not do without.
    """

    of_nature: Nature
    main: tuple[str, ...] = ()
    person: tuple[str, ...] = PERSON
    needed: tuple[str, ...] = ()

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        for name in set(self.fields) - {"uid", "website", *self.main, *self.person}:
            del self.fields[name]
        for name in self.needed:
            self.fields[name].required = True

    def foretell(self) -> list[Line]:
        """What the law says; faults of the fields in `foretells` stay on the form, those of others
        are not told yet.
        """
        self.full_clean()
        for name in set(self.errors) - set(self.foretells):
            del self.errors[name]
        if self.errors:
            return []
        return self.check(self.outlook) or []

    def outlook(self) -> list[Line]:
        """The lines of `foretell`. Refused by field."""
        return []

    @property
    def main_fields(self):
        return [self[name] for name in self.main]

    @property
    def person_fields(self):
        return [self[name] for name in self.person]

    def values(self):
        left_out = {"nature": self.of_nature, "secret_text": "", "known_on": None}
        self.cleaned_data = {**left_out, **self.cleaned_data}
        return super().values()


class FaultForm(DoorForm):
    """Something is broken: one sentence, its place, what kind of thing; a picture comes first."""

    of_nature = Nature.FEEDBACK
    main = ("title", "place", "matter")
    person = ("phone", "email", "notify_by")

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["title"].label = _("Hỏng gì, ở đoạn nào")
        self.fields["title"].help_text = _("Một câu, ví dụ: Đèn đường ngõ 5 tắt ba hôm nay.")

    def values(self):
        self.cleaned_data["content"] = self.cleaned_data["title"]
        return super().values()


class ComplaintForm(DoorForm):
    """A complaint against a decision or an act: Law 02/2011/QH13 asks when it was known (art. 9)
    and who complains (art. 8).
    """

    of_nature = Nature.COMPLAINT
    main = ("title", "known_on", "place", "matter", "content")
    needed = ("known_on", "name", "address")
    foretells = ("known_on", "place", "matter")

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["title"].label = _("Khiếu nại quyết định hoặc việc làm nào")
        self.fields["title"].help_text = _("Số, ngày của quyết định; không ghi tên người gửi.")
        self.fields["known_on"].label = _("Ngày nhận quyết định hoặc biết việc ấy")
        self.fields["known_on"].help_text = _known_on_help()
        self.fields["place"].label = _("Nơi ra quyết định")
        self.fields["content"].label = _("Vì sao không đồng ý, yêu cầu gì")
        self.fields["name"].help_text = ""

    def outlook(self) -> list[Line]:
        cleaned = self.cleaned_data
        matter = self.matters[cleaned["matter"]]
        return outlook_of_complaint(cleaned["known_on"], cleaned["place"], matter)


def _known_on_help():
    """An example, and until when one may complain of what became known today, by the law."""
    bar = bar_of_first(today())
    example = _("Ví dụ 12/12/2025.")
    if bar is None:
        return example
    last = _("Nếu là hôm nay thì khiếu nại được đến hết ngày %s.") % show_day(bar.due_on)
    return f"{example} {last}"


class DenunciationForm(DoorForm):
    """A denunciation: what may reveal the denouncer is sealed (Law 25/2018/QH14, art. 56)."""

    of_nature = Nature.DENUNCIATION
    main = ("title", "place", "matter", "content", "secret_text")


@dataclass(frozen=True)
class Door:
    """One door: its last part of the address, its words, its form. `photo_first`: the file box is
    for a picture and stands before the fields; `has_open_files`: a second box for evidence that
    says nothing of who denounces.
    """

    name: str
    title: Any
    lead: Any
    form: type[DoorForm]
    photo_first: bool = False
    has_open_files: bool = False


DOORS = {
    door.name: door
    for door in (
        Door(
            "fault",
            gettext_lazy("Báo việc hỏng"),
            gettext_lazy(
                "Đèn tắt, cống tắc, rác, vỉa hè… Chụp ảnh, ghi một câu, chọn nơi rồi gửi."
            ),
            FaultForm,
            photo_first=True,
        ),
        Door(
            "complaint",
            gettext_lazy("Khiếu nại"),
            gettext_lazy("Không đồng ý với một quyết định hay việc làm của cơ quan đối với mình."),
            ComplaintForm,
        ),
        Door(
            "denunciation",
            gettext_lazy("Tố cáo"),
            gettext_lazy(
                "Họ tên, địa chỉ, điện thoại và tệp được niêm phong riêng: muốn mở phải có hai "
                "người và lý do. Người xử lý đọc phần nội dung, không biết ai tố cáo."
            ),
            DenunciationForm,
            has_open_files=True,
        ),
    )
}
