"""Forms of the election of a head: its plan, and what each act asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.subjects.editing import EditingForm
from danchu.subjects.fields import CountField, DayField, lines_of_text
from danchu.subjects.forms import ActForm, DayForm
from danchu.village.lives import OFFICE
from danchu.village.models.elections import LONGEST_NAME, Source
from danchu.village.sections.village_form import NAMES_HELP, VillageForm, village_field

CHOSEN = "chosen_"


class ElectionForm(VillageForm):
    """The decision and plan of the chair of the commune."""

    kind = OFFICE
    day = "plan_on"
    unit = village_field("plan_on")
    plan_on = DayField(label=_("Ngày ra quyết định, kế hoạch"))
    document = forms.CharField(label=_("Số văn bản"), max_length=60)
    planned_on = DayField(label=_("Ngày bầu"))
    term_until = DayField(label=_("Nhiệm kỳ đến trước ngày"))


class NominateForm(ActForm):
    name = forms.CharField(label=_("Họ và tên"), max_length=LONGEST_NAME)
    born_on = DayField(label=_("Ngày sinh"), help_text=_("Để xét tuổi, không công khai."))
    source = forms.ChoiceField(label=_("Ai giới thiệu"), choices=Source.choices)


class TeamForm(EditingForm, DayForm):
    stays_on_device = False  # names of people
    wide = ("team",)
    team = lines_of_text(_("Tổ bầu cử"), help_text=NAMES_HELP)

    def prepare(self):
        super().prepare()
        self.initial["team"] = self.row.team


class ChosenForm(ActForm):
    """A number for each candidate."""

    # The fields that stand before the candidates.
    first: tuple[str, ...] = ()

    def prepare(self):
        names = []
        for one in self.row.candidates.order_by("number"):
            names.append(f"{CHOSEN}{one.pk}")
            self.fields[names[-1]] = CountField(label=one.name)
        self.order_fields([*self.first, *names])

    def values(self):
        values = dict(self.cleaned_data)
        names = [name for name in values if name.startswith(CHOSEN)]
        chosen = {int(name.removeprefix(CHOSEN)): values.pop(name) for name in names}
        return {"chosen": chosen, **values}


class VoteForm(ChosenForm):
    wide = ("witnesses",)
    against = CountField(label=_("Không chọn ai"))
    blank = CountField(label=_("Phiếu trắng"))
    witnesses = lines_of_text(
        _("Hộ chứng kiến kiểm phiếu"),
        rows=2,
        required=False,
        help_text=_("Khi bỏ phiếu kín: hai người, mỗi người một dòng."),
    )


class CountForm(ChosenForm):
    """One person's count of the ballots, from the sheets."""

    first = ("issued", "returned")
    issued = CountField(label=_("Phiếu phát ra"), required=True)
    returned = CountField(label=_("Phiếu thu về"), required=True)
    against = CountField(label=_("Không chọn ai"))
    blank = CountField(label=_("Phiếu trắng"))
    unreadable = CountField(label=_("Phiếu không đọc được"))
    double = CountField(label=_("Phiếu chọn hai lần"))
    foreign = CountField(label=_("Tờ không phải phiếu của lần này, ngoài số thu về"))
    late = CountField(label=_("Phiếu nộp muộn, ngoài số thu về"))
