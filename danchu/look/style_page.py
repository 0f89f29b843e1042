"""The style guide: every component once, with sample values."""

from types import SimpleNamespace

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.kernel.days import parse_day
from danchu.look.pages import page

YEARS = [("2019", 612), ("2020", 540), ("2021", 701), ("2022", 934), ("2023", 845)]
OTHERS = [("2019", 488), ("2020", 455), ("2021", None), ("2022", 760), ("2023", 902)]
PLACES = [
    ("Hà Nội", 21.03, 105.85, 2480, "/style/"),
    ("Huế", 16.46, 107.59, 310, "/style/"),
    ("Đà Nẵng", 16.06, 108.2, 540, "/style/"),
    ("Cần Thơ", 10.04, 105.78, 420, "/style/"),
    ("Thành phố Hồ Chí Minh", 10.78, 106.7, 1912, "/style/"),
]
COLOURS = (
    "paper",
    "paper-deep",
    "ink",
    "ink-soft",
    "rule",
    "lacquer",
    "teal",
    "bronze",
    "error",
    "warning",
    "done",
)


class SampleForm(forms.Form):
    """One field of each kind."""

    is_sample = True  # a wrong field of it does not take the focus

    title = forms.CharField(
        label=_("Tên cuộc"), help_text=_("Viết như trong giấy mời hoặc biên bản.")
    )
    held_on = forms.CharField(
        label=_("Ngày tổ chức"), help_text=_("Ngày/tháng/năm, ví dụ 12/12/2023.")
    )
    participants = forms.IntegerField(label=_("Số người dự"), required=False)
    form = forms.ChoiceField(
        label=_("Hình thức"), choices=[("1", _("Hội nghị")), ("2", _("Văn bản"))]
    )
    role = forms.ChoiceField(
        label=_("Vai trò"),
        widget=forms.RadioSelect,
        choices=[("1", _("Chủ trì")), ("2", _("Phối hợp"))],
    )
    note = forms.CharField(
        label=_("Ghi chú"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    agreed = forms.BooleanField(label=_("Đã đối chiếu với biên bản giấy"), required=False)


def style_page(request, ground=()):
    """Render the style guide. `ground` are points of communes, [(lat, lon)], from the surface."""
    form = SampleForm(
        {
            "title": _("Hội nghị phản biện dự thảo nghị quyết"),
            "held_on": "31/02/2023",
            "form": "1",
            "role": "1",
        }
    )
    form.add_error(
        "held_on", _("Không có ngày “31/02/2023” trong lịch. Hãy kiểm tra lại ngày và tháng.")
    )
    return page(
        request,
        "style.html",
        form=form,
        years=YEARS,
        lines=[("Hà Nội", YEARS), ("Thành phố Hồ Chí Minh", OTHERS)],
        places=PLACES,
        ground=ground,
        rows=_rows(),
        items=_items(),
        colours=COLOURS,
        bars=[
            (name, value, url)
            for name, _lat, _lon, value, url in sorted(PLACES, key=lambda p: -p[3])
        ],
        near=PLACES[:1],
        near_ground=[p for p in ground if 20.5 < p[0] < 21.5 and 105.2 < p[1] < 106.1],
        exports=[("CSV", "/style/"), ("XLSX", "/style/")],
        breaks=[
            ("2023", _("Từ 01/07/2023 áp dụng Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15"))
        ],
    )


def _rows():
    row = {
        "day": parse_day("12/12/2023"),
        "where": "Phường Ba Đình",
        "amount": 12,
        "share": 1,
        "counted": 12,
        "url": "/style/",
    }
    return [
        SimpleNamespace(**row, title=_("Hội nghị phản biện dự thảo đề án"), reference="12/BB-MTTQ"),
        SimpleNamespace(
            **{**row, "share": None, "counted": None},
            title=_("Hội nghị góp ý kiến"),
            reference="13/BB-MTTQ",
        ),
        SimpleNamespace(**row, title=None, reference="14/BB-MTTQ"),
    ]


def _items():
    return [
        (
            "01/07/2025",
            _("Phường Ba Đình mới thành lập"),
            _("Nghị quyết 1656/NQ-UBTVQH15"),
            "/style/",
            "main",
        ),
        ("01/07/2023", _("Luật Thực hiện dân chủ ở cơ sở có hiệu lực"), "", "", ""),
        ("31/12/2022", _("Phường cũ kết thúc"), _("Nhập vào phường mới"), "", "gone"),
    ]
