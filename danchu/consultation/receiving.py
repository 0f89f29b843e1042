"""What may be taken as an opinion: on which days, about which passage, in which words."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from danchu.consultation.difference import paragraphs_of
from danchu.consultation.lives import State
from danchu.consultation.matters import Form
from danchu.consultation.models import Consultation
from danchu.consultation.profiles import Age, Means, Sex
from danchu.consultation.voices import Stance, Way
from danchu.kernel.days import check_day, today
from danchu.kernel.refusals import Refused, all_refusals
from danchu.subjects.texts import text_of

LONGEST_OPINION = 5000
LONGEST_PAPER = 20
MOST_PEOPLE = 100_000
# Papers that came in time are often entered after the last day.
TAKES_OPINIONS = (State.OPEN, State.CLOSED)


def takes_from_portal(consultation: Consultation) -> bool:
    """Whether anyone may send an opinion through the portal today."""
    return (
        consultation.state == State.OPEN
        and not consultation.is_individual
        and Form.PORTAL in consultation.ways
        and consultation.opened_on <= today() <= consultation.until
    )


def checked_profile(sex: str, age: str, means: str) -> dict[str, str]:
    """{column: choice} of what was said of whoever spoke. Refused by field."""
    typed = {"sex": (sex, Sex.values), "age": (age, Age.values), "means": (means, Means.values)}
    for name, (value, values) in typed.items():
        if value and value not in values:
            raise Refused(_("Không có lựa chọn “%s”.") % str(value)[:60], name)
    return {name: value for name, (value, _values) in typed.items() if value}


def takes_votes(consultation: Consultation) -> bool:
    """Whether whoever has a key may vote through the portal today."""
    return takes_from_portal(consultation) and consultation.voters.exists()


def checked_opinion(
    consultation: Consultation,
    received_on: date,
    way: str,
    stance: str,
    text: str,
    passage: int,
    people: int,
) -> dict[str, Any]:
    """The columns of an opinion as they are stored. Refused by field, or at once where the
    consultation takes none.
    """
    _check_taking(consultation)
    with all_refusals() as rule:
        with rule():
            check_received(consultation, received_on)
        with rule():
            text = text_of(text, "text", LONGEST_OPINION)
            _check_words(way, stance, text)
        with rule():
            content = _content_about(consultation, received_on, passage)
        with rule():
            if not 0 <= people <= MOST_PEOPLE:
                raise Refused(_("Hãy ghi bao nhiêu người nói vậy."), "people")
    return {
        "content": content,
        "passage": passage,
        "way": way,
        "stance": stance,
        "text": text,
        "people": people,
        "received_on": received_on,
    }


def check_received(consultation: Consultation, day: date, field: str = "received_on") -> None:
    """Refused unless something that came on the day may be written down now."""
    _check_taking(consultation)
    check_day(day, consultation.opened_on, field)
    if day > (consultation.closed_on or consultation.until):
        raise Refused(_("Ý kiến đến sau ngày cuối nhận ý kiến."), field)


def _check_taking(consultation):
    if consultation.state not in TAKES_OPINIONS:
        raise Refused(_("Cuộc lấy ý kiến này chưa mở, hoặc đã tổng hợp xong."))


def _check_words(way, stance, text):
    if way not in Way.values:
        raise Refused(_("Hãy chọn ý kiến đến bằng cách nào."), "way")
    if stance not in Stance.values:
        raise Refused(_("Hãy chọn đồng ý, không đồng ý hay ý kiến khác."), "stance")
    if stance == Stance.OTHER and not text:
        raise Refused(_("Ý kiến khác thì phải ghi nội dung."), "text")


def _content_about(consultation, day, passage):
    """The version of the content on the day, which has the paragraph."""
    contents = consultation.contents.order_by("-number")
    content = (isinstance(day, date) and contents.filter(since__lte=day).first()) or contents.last()
    if not 0 <= passage <= len(paragraphs_of(content.text)):
        raise Refused(_("Nội dung không có đoạn này."), "passage")
    return content
