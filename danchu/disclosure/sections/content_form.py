"""The forms of a content: a new one, a new version, a special law, a posting, taken down."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.disclosure.actions.contents import LONGEST_CHANGE, LONGEST_DOCUMENT, LONGEST_TITLE
from danchu.disclosure.actions.postings import Evidence
from danchu.disclosure.lives import DISCLOSURE, Form, Proof
from danchu.disclosure.models import Item, PostingPlace, Sphere
from danchu.disclosure.sections.masking import MaskFields
from danchu.disclosure.sections.shared import choice_of_posting
from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused
from danchu.people.offices_held import place_of
from danchu.subjects.editing import EditingForm
from danchu.subjects.fields import DayField, InstantField, unit_at
from danchu.subjects.forms import ActForm, DayForm, RecordForm
from danchu.subjects.places import UnitField

GENERAL = ("", _("Theo Luật Thực hiện dân chủ ở cơ sở"))


def item_choices(rows):
    """The choices of items by key, grouped by the kind of unit whose list has them: communes
    first, which disclose most.
    """
    groups = {sphere: {} for sphere in Sphere}
    for item in rows.order_by("number", "pk"):
        words = f"{item.number}. {item.name}" if item.number else item.name
        groups[Sphere(item.sphere)][item.key] = words
    return [(sphere.label, list(one.items())) for sphere, one in groups.items() if one]


def special_choices(rows):
    """The choices of special laws by key."""
    return [GENERAL, *((row.key, f"{row.name} ({row.text.vi})") for row in rows)]


def item_on(key, day, field):
    """The row of the catalogue with the key on a day; None for an empty key. Refused, on `field`,
    where it has none.
    """
    if not key:
        return None
    item = Item.objects.on(day).filter(key=key).first()
    if item is None:
        raise Refused(_("Mục này không áp dụng vào ngày ban hành. Hãy chọn mục khác."), field)
    return item


def _file_field(label, help_text=""):
    return forms.FileField(label=label, required=False, help_text=help_text)


class ContentForm(MaskFields, RecordForm):
    """Something that is to be disclosed, with its first version."""

    wide = ("title", "item", "file", "masked_words", "hides_numbers", "masked_areas")
    field_order = ("uid", "unit", "item", "title", "decided_on", "document", "special", "file")
    uid = forms.UUIDField(widget=forms.HiddenInput)
    unit = UnitField(day_field="decided_on")
    item = forms.ChoiceField(label=_("Mục của danh mục"))
    title = forms.CharField(
        label=_("Nội dung công khai"),
        max_length=LONGEST_TITLE,
        help_text=_("Sẽ công khai: không ghi tên, địa chỉ của ai."),
    )
    decided_on = DayField(label=_("Ngày ban hành quyết định, văn bản"))
    document = forms.CharField(
        label=_("Số, ký hiệu văn bản"), max_length=LONGEST_DOCUMENT, required=False
    )
    special = forms.ChoiceField(label=_("Quy định riêng thay quy định chung"), required=False)

    def prepare(self):
        self.fields["file"].help_text = _("Ai cũng đọc được; tên người soạn được xóa khỏi tệp.")
        self.scope = self.actor.scope("draft", DISCLOSURE)
        self.fields["item"].choices = item_choices(Item.objects.general())
        specials = Item.objects.special().select_related("text")
        self.fields["special"].choices = special_choices(specials)
        self.initial |= {
            "uid": uuid4(),
            "unit": place_of(self.actor, self.scope),
            "decided_on": show_day(today()),
        }

    def clean(self):
        cleaned = super().clean()
        day = cleaned.get("decided_on")
        if day and cleaned.get("unit"):
            cleaned["unit"] = self.check(unit_at, cleaned["unit"], day, self.scope)
        if day:
            for name in ("item", "special"):
                if name in cleaned:
                    cleaned[name] = self.check(item_on, cleaned[name], day, name)
        return cleaned


class RenewForm(MaskFields, ActForm):
    wide = ("changed", "file", "masked_words", "hides_numbers", "masked_areas")
    field_order = ("decided_on", "document", "changed", "file")
    decided_on = DayField(label=_("Ngày ban hành bản mới"))
    document = forms.CharField(
        label=_("Số, ký hiệu văn bản"), max_length=LONGEST_DOCUMENT, required=False
    )
    changed = forms.CharField(label=_("Điều đã thay đổi"), max_length=LONGEST_CHANGE)

    def prepare(self):
        self.initial["decided_on"] = show_day(today())


class SpecialiseForm(EditingForm, ActForm):
    special = forms.ChoiceField(label=_("Quy định áp dụng"), required=False)

    def prepare(self):
        self.rows = {row.key: row for row in special_rows(self.row)}
        self.fields["special"].choices = special_choices(self.rows.values())
        self.initial["special"] = self.row.special.key if self.row.special else ""

    def values(self):
        return {"special": self.rows.get(self.cleaned_data["special"])}


def special_rows(content):
    """The special laws that may govern a content."""
    item = content.item
    rows = Item.objects.on(content.decided_on).special().select_related("text")
    return rows.filter(sphere=item.sphere, number=item.number).order_by("pk")


class PostForm(ActForm):
    """One posting in one form at one place, with its proof."""

    lead = _("Mỗi nơi, mỗi hình thức là một lần ghi. Hạn và số ngày phải để được tính, không nhập.")
    shown_on = {"text": "proof_text"}
    uid = forms.UUIDField(widget=forms.HiddenInput)
    form = forms.ChoiceField(label=_("Hình thức"), choices=Form.choices)
    place = forms.ChoiceField(
        label=_("Nơi công khai"),
        required=False,
        help_text=_("Với niêm yết, loa, trang, trưởng thôn."),
    )
    where = forms.CharField(
        label=_("Ở đâu, bằng cách nào"),
        max_length=200,
        required=False,
        help_text=_("Với các hình thức khác."),
    )
    since = DayField(label=_("Từ ngày"))
    until = DayField(
        label=_("Đến hết ngày"),
        required=False,
        help_text=_("Để trống nếu đang còn; với loa là ngày phát cuối."),
    )
    proof = forms.ChoiceField(label=_("Minh chứng"), choices=Proof.choices)
    file = _file_field(_("Ảnh, bản chụp giấy ký nhận"))
    taken_at = InstantField(label=_("Chụp lúc"), required=False)
    proof_text = forms.CharField(
        label=_("Số nhật ký phát thanh, địa chỉ trang, số văn bản"), max_length=300, required=False
    )
    witness = forms.CharField(
        label=_("Người chứng kiến"),
        max_length=120,
        required=False,
        help_text=_("Khi không chụp được ảnh. Không công khai."),
    )
    second_witness = forms.CharField(
        label=_("Người chứng kiến thứ hai"), max_length=120, required=False
    )

    def prepare(self):
        rows = PostingPlace.objects.filter(unit=self.row.unit_id, until=None).order_by("kind", "pk")
        self.places = {str(place.uid): place for place in rows}
        self.fields["place"].choices = [
            ("", ""),
            *((uid, f"{one.name} ({one.get_kind_display()})") for uid, one in self.places.items()),
        ]
        self.initial |= {"uid": uuid4(), "since": show_day(today())}

    def values(self):
        cleaned = self.cleaned_data
        file = cleaned["file"]
        return {
            "form": cleaned["form"],
            "place": self.places.get(cleaned["place"]),
            "where": cleaned["where"],
            "since": cleaned["since"],
            "until": cleaned["until"],
            "uid": cleaned["uid"],
            "evidence": Evidence(
                proof=cleaned["proof"],
                text=cleaned["proof_text"],
                taken_at=cleaned["taken_at"],
                witness=cleaned["witness"],
                second_witness=cleaned["second_witness"],
                file=file,
                file_name=file.name if file else "",
            ),
        }


class TakeDownForm(DayForm):
    posting = forms.ChoiceField(label=_("Gỡ ở đâu"))
    on = DayField(label=_("Ngày gỡ"))

    def prepare(self):
        super().prepare()
        rows = self.row.postings.filter(until=None).select_related("place").order_by("since", "pk")
        self.rows = {str(posting.uid): posting for posting in rows}
        self.fields["posting"].choices = [
            (uid, choice_of_posting(posting)) for uid, posting in self.rows.items()
        ]

    def values(self):
        return {"posting": self.rows[self.cleaned_data["posting"]], "on": self.cleaned_data["on"]}
