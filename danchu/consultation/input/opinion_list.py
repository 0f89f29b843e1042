"""A table of opinions on paper: what writing all of them would do."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from danchu.consultation.models import Consultation
from danchu.consultation.profiles import Age, Means, Sex
from danchu.consultation.receiving import LONGEST_PAPER, TAKES_OPINIONS, checked_opinion
from danchu.consultation.voices import AT_DESK, OPINION, Stance
from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold
from danchu.register.imports.tables import Column, Table, new_values
from danchu.register.imports.typed_cells import count_of_cell, day_of_cell, text_of_cell
from danchu.subjects.fields import unit_at
from danchu.subjects.texts import line_of

MOST_ROWS = 20_000
COLUMNS = (
    Column(
        "consultation",
        gettext_lazy("Cuộc lấy ý kiến"),
        gettext_lazy("Hỏi về việc gì, như ghi ở cuộc lấy ý kiến."),
        gettext_lazy("Mở rộng đường thôn Đông"),
        True,
    ),
    Column(
        "paper",
        pgettext_lazy("paper", "Số phiếu"),
        gettext_lazy("Mỗi phiếu một số trong cuộc ấy, để không ghi hai lần."),
        gettext_lazy("TĐ-12"),
        True,
    ),
    Column(
        "received_on",
        gettext_lazy("Ngày nhận"),
        gettext_lazy("Viết 01/07/2025 hoặc 2025-07-01."),
        "12/03/2026",
        True,
    ),
    Column(
        "way",
        gettext_lazy("Đến bằng cách nào"),
        gettext_lazy("Phiếu, thư; Ban công tác Mặt trận ghi hộ; Điện thoại; … Trống là phiếu."),
        gettext_lazy("Phiếu, thư"),
    ),
    Column(
        "stance",
        gettext_lazy("Đồng ý hay không"),
        gettext_lazy("Đồng ý, Không đồng ý hoặc Ý kiến khác."),
        gettext_lazy("Không đồng ý"),
        True,
    ),
    Column(
        "passage",
        gettext_lazy("Đoạn"),
        gettext_lazy("Số của đoạn; trống là cả nội dung."),
        "2",
    ),
    Column(
        "text", pgettext_lazy("words", "Nội dung"), gettext_lazy("Không ghi tên, địa chỉ của ai.")
    ),
    Column(
        "people",
        gettext_lazy("Số người"),
        gettext_lazy("Bao nhiêu người nói vậy; trống là không rõ ai, tính là ý kiến."),
        "1",
    ),
    Column(
        "village",
        gettext_lazy("Thôn, tổ dân phố"),
        gettext_lazy("Tên hoặc mã; có thể để trống."),
    ),
    Column("sex", gettext_lazy("Giới"), gettext_lazy("Nữ hoặc Nam; có thể để trống.")),
    Column("age", gettext_lazy("Tuổi"), gettext_lazy("Như “30–44 tuổi”; có thể để trống.")),
    Column("means", gettext_lazy("Hộ"), gettext_lazy("Hộ nghèo, cận nghèo hoặc Hộ khác.")),
)


def may_write_some(actor):
    """Whether the actor may write down opinions somewhere."""
    return actor.scope("draft", OPINION) != frozenset()


def read_opinions(file, name, by):
    """The Outcome of an open binary file; `new` are the columns of opinions, with ids in place of
    rows. Nothing is written. Refused where the file cannot be read at all.
    """
    table = Table(file, name, COLUMNS, most=MOST_ROWS)
    lookup = _Meant(by.scope("draft", OPINION))
    rows = [(row, _values(row, lookup)) for row in table.rows()]
    new, same = new_values(rows, _Existing())
    new = [{**values, **{key: values[key] and values[key].pk for key in _ROWS}} for values in new]
    return table.outcome(new, same, lambda values: lookup.titles[values["consultation"]])


_ROWS = ("consultation", "content", "village")


class _Meant:
    """What the cells mean; each text is looked up once."""

    def __init__(self, scope):
        self.scope = scope
        rows = Consultation.objects.filter(state__in=TAKES_OPINIONS).within(scope)
        self.titles, self.named = {}, {}
        for one in rows.order_by("pk"):
            self.titles[one.pk] = one.title
            self.named.setdefault(fold(one.title), []).append(one)
        self.villages = {}

    def consultation(self, text):
        """The one that takes opinions under this title. Refused where none or several do."""
        rows = self.named.get(fold(text), [])
        if len(rows) != 1:
            raise Refused(
                _("Không có đúng một cuộc lấy ý kiến tên như vậy đang nhận ý kiến."),
                "consultation",
            )
        return rows[0]

    def village(self, text, day):
        if (text, day) not in self.villages:
            self.villages[text, day] = unit_at(text, day, self.scope, "village")
        return self.villages[text, day]


def _choice(choices, instead=""):
    """A reader of a cell with the word, or the key, of a choice."""
    lookup = {fold(str(form)): key for key, word in choices for form in (word, key)}

    def read(cell):
        text = text_of_cell(cell)
        if not text:
            return instead
        if fold(text) not in lookup:
            raise Refused(_("Không có lựa chọn “%s”.") % text[:60])
        return lookup[fold(text)]

    return read


def _values(row, lookup):
    """The columns of an opinion; the row is not good where one is wrong."""
    title = row.read("consultation", text_of_cell, "")
    consultation = row.check(lookup.consultation, title, column="consultation")
    paper = row.read("paper", text_of_cell, "")
    required = _("Hãy ghi số phiếu.")
    paper = row.check(line_of, paper, "paper", LONGEST_PAPER, required, column="paper")
    day = row.read("received_on", day_of_cell)
    words = {
        "way": row.read("way", _choice(AT_DESK, "paper"), ""),
        "stance": row.read("stance", _choice(Stance.choices), ""),
        "text": row.read("text", text_of_cell, ""),
        "passage": row.read("passage", count_of_cell, 0),
        "people": row.read("people", count_of_cell, 0),
    }
    profile = {
        "sex": row.read("sex", _choice(Sex.choices), ""),
        "age": row.read("age", _choice(Age.choices), ""),
        "means": row.read("means", _choice(Means.choices), ""),
    }
    place = row.read("village", text_of_cell, "")
    village = row.check(lookup.village, place, day, column="village") if place and day else None
    if not row.is_good:
        return {}
    columns = row.check(checked_opinion, consultation, day, **words)
    return {
        "consultation": consultation,
        "paper": paper,
        "village": village,
        **profile,
        **(columns or {}),
    }


class _Existing:
    """The papers that were written down before, and those of earlier rows of the file."""

    def __init__(self):
        self.there = {}
        self.of_file = {}

    def _papers(self, consultation):
        if consultation.pk not in self.there:
            rows = consultation.opinions.exclude(paper="")
            self.there[consultation.pk] = set(rows.values_list("paper", flat=True))
        return self.there[consultation.pk]

    def is_there(self, values):
        """Whether a paper with this number was written down."""
        return values["paper"] in self._papers(values["consultation"])

    def accepts(self, row, values):
        """Whether no earlier row is the same paper; else the row has a Problem."""
        key = values["consultation"].pk, values["paper"]
        if key in self.of_file:
            row.report("paper", _("Trùng với dòng %s của tệp.") % self.of_file[key])
        self.of_file.setdefault(key, row.number)
        return row.is_good
