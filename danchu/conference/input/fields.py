"""Validation of what is typed for a conference: the value as it is stored, or Refused with its
field.
"""

import re
from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from danchu.conference.words import Entry, ItemKind
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused, all_refusals
from danchu.kernel.telephones import telephone
from danchu.kernel.text import clean, fold, paragraphs
from danchu.law.book import book
from danchu.subjects.texts import check_length

MOST_PLACES = 1_000_000
MOST_MINUTES = 3 * 24 * 60
MOST_HEADS = 100_000
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2900, 1, 1, tzinfo=UTC)
# What of the address of a video goes into a policy: nothing but a plain host and its port.
PLAIN_ORIGIN = re.compile(
    r"(https?://(?:[a-z0-9-]+\.)*[a-z0-9-]+(?::\d{1,5})?)(?:[/?#]|\Z)", re.IGNORECASE
)
# The rules of the law that set a period of notice for conferences and meetings.
NOTICE_RULES = ("meeting.notice", "conference.notice")


def clean_line(text, most, field, needed=""):
    """One line of text, at most `most` characters; `needed` is what to say when it is empty."""
    value = clean(text or "")
    if needed and not value:
        raise Refused(needed, field)
    check_length(value, field, most)
    return value


def clean_paragraphs(text, most, field, needed=""):
    """Text of several lines, at most `most` characters; `needed` is what to say when it is
    empty.
    """
    value = "\n".join(clean(row) for row in paragraphs(text or "").split("\n")).strip()
    if needed and not value:
        raise Refused(needed, field)
    check_length(value, field, most)
    return value


def check_whole(number, most, field, least=0):
    """The number, where it is whole and from `least` to `most`."""
    if isinstance(number, bool) or not isinstance(number, int) or not least <= number <= most:
        template = _("Hãy ghi số nguyên từ %(least)s đến %(most)s.")
        raise Refused(template % {"least": show_number(least), "most": show_number(most)}, field)
    return number


def check_instant(moment, field):
    """The moment, where it is a datetime with a time zone from EARLIEST to LATEST."""
    if (
        not isinstance(moment, datetime)
        or moment.tzinfo is None
        or not EARLIEST <= moment <= LATEST
    ):
        raise Refused(_("Hãy ghi ngày, giờ, ví dụ 12/12/2026 08:00."), field)
    return moment


def clean_video_address(text):
    """An http or https address, or ""."""
    address = clean_line(text, 500, "video")
    if address and not video_origin(address):
        raise Refused(
            _(
                "Địa chỉ phòng họp hình phải bắt đầu bằng https:// rồi đến tên máy viết bằng chữ "
                "không dấu, ví dụ https://hop.hanoi.gov.vn/phong-1."
            ),
            "video",
        )
    return address


def video_origin(address):
    """scheme://host:port of the address of a video, as it stands in a content security policy;
    empty where the address has no plain host: anything else would add to the policy.
    """
    match = PLAIN_ORIGIN.match(address)
    return match[1] if match else ""


def clean_conference(fields):
    """The named fields of a conference. Refused for a field that is not known."""
    readers = {
        "title": lambda value: clean_line(value, 250, "title", _("Hãy ghi tên hội nghị.")),
        "subject": lambda value: clean_paragraphs(value, 5000, "subject"),
        "starts_at": lambda value: check_instant(value, "starts_at"),
        "planned_minutes": lambda value: check_whole(value, MOST_MINUTES, "planned_minutes", 1),
        "capacity": lambda value: check_whole(value, MOST_PLACES, "capacity"),
        "video": clean_video_address,
        "entry": lambda value: _check_choice(value, Entry.values, "entry"),
        "notice_rule": lambda value: _clean_notice_rule(value),
        "keeps_waiting_list": bool,
        "video_embedded": bool,
    }
    return _clean_fields(fields, readers)


def _clean_fields(fields, readers):
    unknown = set(fields) - set(readers)
    if unknown:
        raise Refused(_("Không có trường “%s”.") % min(unknown), min(unknown))
    values = {}
    with all_refusals() as rule:
        for name, value in fields.items():
            with rule():
                values[name] = readers[name](value)
    return values


def _check_choice(value, choices, field):
    if value not in choices:
        raise Refused(_("Hãy chọn trong danh sách."), field)
    return value


def _clean_notice_rule(key):
    if key:
        _check_choice(key, NOTICE_RULES, "notice_rule")
        book().versions(key)
    return key or ""


def clean_item(fields):
    """The named fields of an item of the programme. Refused for a field that is not known."""
    readers = {
        "title": lambda value: clean_line(value, 250, "title", _("Hãy ghi nội dung của mục.")),
        "speaker": lambda value: clean_line(value, 200, "speaker"),
        "planned_minutes": lambda value: check_whole(value, 24 * 60, "planned_minutes"),
        "kind": lambda value: _check_choice(value, ItemKind.values, "kind"),
    }
    return _clean_fields(fields, readers)


def clean_point(fields):
    """The named fields of a bridge point. Refused for a field that is not known."""
    readers = {
        "name": lambda value: clean_line(value, 200, "name", _("Hãy ghi tên điểm cầu.")),
        "room": lambda value: clean_line(value, 200, "room"),
        "technician": lambda value: clean_line(value, 120, "technician"),
        "expected": lambda value: check_whole(value, MOST_HEADS, "expected"),
        "capacity": lambda value: check_whole(value, MOST_HEADS, "capacity"),
    }
    return _clean_fields(fields, readers)


def clean_delegate(*, name, office="", contact="", entitled=True):
    """The fields of a delegate, with the folded text for searching."""
    with all_refusals() as rule:
        with rule():
            name = clean_line(name, 120, "name", _("Hãy ghi họ và tên."))
        with rule():
            office = clean_line(office, 200, "office")
        with rule():
            contact = _clean_contact(contact)
    return {
        "name": name,
        "office": office,
        "contact": contact,
        "entitled": bool(entitled),
        "search": fold(f"{name} {office}"),
    }


def _clean_contact(text):
    contact = clean_line(text, 200, "contact")
    if "@" in contact:
        try:
            validate_email(contact)
        except ValidationError:
            raise Refused(
                _("Địa chỉ thư điện tử chưa đúng, ví dụ ten@vidu.vn."), "contact"
            ) from None
        return contact.lower()  # one address, however it was typed
    try:
        return telephone(
            contact, _("Hãy ghi số điện thoại (8 đến 15 chữ số) hoặc địa chỉ thư điện tử.")
        )
    except Refused as refusal:
        raise Refused(refusal.message, "contact") from None
