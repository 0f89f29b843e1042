"""The catalogue of what must be disclosed: at the desk with its acts, and for everyone."""

from dataclasses import replace

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danchu.disclosure import actions
from danchu.disclosure.lives import ITEM_LIFE, Form, ItemState, PlaceKind, item_state
from danchu.disclosure.models import Item, Sphere
from danchu.disclosure.sections.shared import words_of_rules
from danchu.kernel.days import today
from danchu.law.rule import mark_words
from danchu.subjects.columns import state_column
from danchu.subjects.editing import EditingForm
from danchu.subjects.fields import DayField
from danchu.subjects.filters import Choice, Last, Since, Words
from danchu.subjects.forms import ActForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, Record, Section
from danchu.subjects.verbs import KNOW
from danchu.units.reform_2025 import NATION

STATES = {"in_force": Q(until=None), "ended": Q(until__isnull=False)}


def _labels(choices, keys):
    return ", ".join(str(choices(key).label) for key in keys)


def forms_of(line):
    """The forms that are owed, in words."""
    return _labels(Form, line.row.forms)


def places_of(line):
    """The kinds of places where they are owed, in words."""
    return _labels(PlaceKind, line.row.places)


class AmendForm(EditingForm, ActForm):
    """The row that takes the place of this one from a day on."""

    wide = ("owed_forms", "owed_places", "reason")
    since = DayField(label=_("Áp dụng từ ngày"))
    article = forms.CharField(label=_("Điều, khoản"), max_length=120)
    owed_forms = forms.MultipleChoiceField(
        label=_("Hình thức bắt buộc"),
        choices=Form.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    owed_places = forms.MultipleChoiceField(
        label=_("Nơi bắt buộc"),
        choices=PlaceKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    posting_rule = forms.CharField(
        label=_("Quy tắc về số ngày niêm yết"),
        max_length=60,
        required=False,
        help_text=_("Mã của quy tắc ở trang Luật, ví dụ disclosure.posting."),
    )
    is_permanent = forms.BooleanField(label=_("Niêm yết thường xuyên"), required=False)
    reason = forms.CharField(label=_("Lý do"), max_length=500)

    def prepare(self):
        self.initial |= {
            "article": self.row.article,
            "owed_forms": self.row.forms,
            "owed_places": self.row.places,
            "posting_rule": self.row.posting_rule,
            "is_permanent": self.row.is_permanent,
        }


def _facts(item, actor):
    return {
        "rules": words_of_rules(item, item.since if item.until else today()),
        "forms": [Form(form).label for form in item.forms],
        "places": [PlaceKind(kind).label for kind in item.places],
        "mark": mark_words(item.mark),
        "earlier": list(Item.objects.filter(key=item.key).exclude(pk=item.pk).order_by("-since")),
    }


def _rows(actor):
    return Item.objects.select_related("text")


LISTING = Listing(
    name="disclosure-items",
    title=_("Danh mục phải công khai"),
    lead=_("Những gì luật buộc phải công khai: ai, điều nào, hình thức nào, ở đâu, từ ngày nào."),
    rows=_rows,
    placed=lambda item: (NATION, item.since),
    sorted_by="number",
    columns=(
        Column("number", _("Mục"), sort="number", is_number=True),
        Column(
            "name",
            _("Nội dung"),
            links=True,
            under=lambda line: f"{line.row.article}, {line.row.text.vi}",
        ),
        Column("sphere", _("Nơi phải công khai"), lambda line: line.row.get_sphere_display()),
        Column("forms", _("Hình thức bắt buộc"), forms_of),
        Column("since", _("Áp dụng từ ngày"), sort="since"),
        state_column(lambda line: item_state(line.row).label),
        Column("places", _("Nơi bắt buộc"), places_of, on_page=False),
        Column("article", _("Điều, khoản"), on_page=False),
        Column("is_special", _("Quy định riêng"), on_page=False),
        Column("is_permanent", _("Niêm yết thường xuyên"), on_page=False),
        Column("until", _("Đến trước ngày"), on_page=False),
    ),
    filters={
        "sphere": Choice(Sphere.choices, _("Nơi phải công khai"), "sphere"),
        "state": Choice(ItemState.choices, _("Trạng thái"), conditions=STATES),
        "since": Since("since"),
        "last": Last("since"),
        "q": Words("vi", "en"),
    },
    lacks={"unit": "an item is of the law, not of a place"},
    file_name="danh-muc-phai-cong-khai",
    empty=_("Chưa có mục nào."),
)

ITEMS = Section(
    one="disclosure_item",
    key="pk",
    verb=KNOW,
    listing=LISTING,
    life=ITEM_LIFE,
    above=("desk_disclosures", _("Nội dung công khai")),
    record=Record(
        template="disclosure/item.html",
        rows=_rows,
        title=lambda item: item.name,
        state=lambda item: item_state(item).label,
        facts=_facts,
    ),
    acts=(Act("amend", _("Sửa dòng danh mục"), actions.amend_item, AmendForm, own_page=True),),
)
PUBLIC_ITEMS = Section(
    one="disclosure_item",
    key="pk",
    verb=KNOW,
    listing=replace(LISTING),
    record=Record(
        template="disclosure/public_item.html",
        rows=_rows,
        title=lambda item: item.name,
        state=lambda item: item_state(item).label,
        facts=_facts,
    ),
)
