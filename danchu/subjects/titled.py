"""A title that somebody typed and that names another period than the record covers: asked about
before the record leaves the house.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.kernel.days import Period, show_day
from danchu.kernel.periods_named import other_period_in
from danchu.kernel.refusals import Refused
from danchu.subjects.forms import ActForm

FIELD = "title_is_right"


def other_period_words(titles: Iterable[str], period: Period) -> str:
    """The sentence that says which other period one of the titles names; "" where none does."""
    for title in titles:
        if words := other_period_in(title, period):
            return _(
                "Tên báo cáo nêu “%(words)s”, mà báo cáo gồm các ngày %(since)s – %(last)s."
            ) % {
                "words": words,
                "since": show_day(period.since),
                "last": show_day(period.last),
            }
    return ""


def check_titles(titles: Iterable[str], period: Period, is_right: bool) -> None:
    """Refused, on FIELD, where a title names another period and nobody said that it `is_right`."""
    sentence = other_period_words(titles, period)
    if sentence and not is_right:
        raise Refused(_("%s Hãy sửa tên, hoặc xác nhận rằng tên vẫn đúng.") % sentence, FIELD)


class TitledForm(ActForm):
    """An act by which a record with a title leaves the house; it asks only where the title names
    another period. Its act takes FIELD.
    """

    title_is_right = forms.BooleanField(
        label=gettext_lazy("Tên báo cáo vẫn đúng, không phải sửa"), required=False
    )

    def prepare(self) -> None:
        super().prepare()
        sentence = other_period_words(self.titles(), self.period())
        if sentence:
            self.fields[FIELD].help_text = sentence
        else:
            del self.fields[FIELD]

    def titles(self) -> Iterable[str]:
        """The titles of the record, in each language it has one."""
        return (self.row.title,)

    def period(self) -> Period:
        """The days that the record covers."""
        return Period(self.row.since, self.row.until)

    def values(self) -> dict[str, Any]:
        return {FIELD: False, **super().values()}
