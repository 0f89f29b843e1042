"""What was typed of a conference, in the form it is kept; Refused by field."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from danchu.conference.words import Entry, ItemKind
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean, fold
from danchu.law.book import book
from danchu.subjects.texts import check_length

MOST_PLACES = 1_000_000
MOST_MINUTES = 3 * 24 * 60
MOST_HEADS = 100_000
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2900, 1, 1, tzinfo=UTC)
# Which rules of the law say how early something like a conference must be convened.
NOTICE_RULES = ("meeting.notice", "conference.notice")


def line(text, most, field, needed=""):
    """One line of text; `needed` is what to say when it is empty."""
    kept = clean(text or "")
    if needed and not kept:
        raise Refused(needed, field)
    check_length(kept, field, most)
    return kept


def paragraphs(text, most, field, needed=""):
    """Text with its lines."""
    kept = "\n".join(clean(one) for one in str(text or "").splitlines()).strip()
    if needed and not kept:
        raise Refused(needed, field)
    check_length(kept, field, most)
    return kept


def whole(number, most, field, least=0):
    """A whole number within the bounds."""
    if isinstance(number, bool) or not isinstance(number, int) or not least <= number <= most:
        told = _("Hãy ghi số nguyên từ %(least)s đến %(most)s.")
        raise Refused(told % {"least": show_number(least), "most": show_number(most)}, field)
    return number


def instant(moment, field):
    if (
        not isinstance(moment, datetime)
        or moment.tzinfo is None
        or not EARLIEST <= moment <= LATEST
    ):
        raise Refused(_("Hãy ghi ngày, giờ, ví dụ 12/12/2026 08:00."), field)
    return moment


def video_address(text):
    kept = line(text, 500, "video")
    parts = urlsplit(kept)
    if kept and (parts.scheme not in ("https", "http") or not parts.hostname):
        raise Refused(_("Địa chỉ phòng họp hình phải bắt đầu bằng https://"), "video")
    return kept


def checked(fields):
    """The fields of a conference as they are kept."""
    readers = {
        "title": lambda it: line(it, 250, "title", _("Hãy ghi tên hội nghị.")),
        "subject": lambda it: paragraphs(it, 5000, "subject"),
        "starts_at": lambda it: instant(it, "starts_at"),
        "planned_minutes": lambda it: whole(it, MOST_MINUTES, "planned_minutes", 1),
        "capacity": lambda it: whole(it, MOST_PLACES, "capacity"),
        "video": video_address,
        "entry": lambda it: _among(it, Entry.values, "entry"),
        "notice_rule": lambda it: _notice(it),
        "keeps_waiting_list": bool,
        "video_embedded": bool,
    }
    return _read(fields, readers)


def _read(fields, readers):
    unknown = set(fields) - set(readers)
    if unknown:
        raise Refused(_("Không có trường “%s”.") % min(unknown), min(unknown))
    return {name: readers[name](value) for name, value in fields.items()}


def _among(value, known, field):
    if value not in known:
        raise Refused(_("Hãy chọn trong danh sách."), field)
    return value


def _notice(key):
    if key:
        _among(key, NOTICE_RULES, "notice_rule")
        book().versions(key)
    return key or ""


def checked_item(fields):
    """The fields of a line of the programme as they are kept."""
    readers = {
        "title": lambda it: line(it, 250, "title", _("Hãy ghi nội dung của mục.")),
        "speaker": lambda it: line(it, 200, "speaker"),
        "planned_minutes": lambda it: whole(it, 24 * 60, "planned_minutes"),
        "kind": lambda it: _among(it, ItemKind.values, "kind"),
    }
    return _read(fields, readers)


def checked_point(fields):
    """The fields of a bridge point as they are kept."""
    readers = {
        "name": lambda it: line(it, 200, "name", _("Hãy ghi tên điểm cầu.")),
        "room": lambda it: line(it, 200, "room"),
        "technician": lambda it: line(it, 120, "technician"),
        "expected": lambda it: whole(it, MOST_HEADS, "expected"),
        "capacity": lambda it: whole(it, MOST_HEADS, "capacity"),
    }
    return _read(fields, readers)


def checked_delegate(*, name, office="", contact="", entitled=True):
    """The fields of a delegate as they are kept, with the words he is found by."""
    name = line(name, 120, "name", _("Hãy ghi họ và tên."))
    office = line(office, 200, "office")
    return {
        "name": name,
        "office": office,
        "contact": _contact(contact),
        "entitled": bool(entitled),
        "search": fold(f"{name} {office}"),
    }


def _contact(text):
    kept = line(text, 200, "contact")
    if "@" in kept:
        try:
            validate_email(kept)
        except ValidationError:
            raise Refused(
                _("Địa chỉ thư điện tử chưa đúng, ví dụ ten@vidu.vn."), "contact"
            ) from None
    elif kept:
        kept = re.sub(r"[ .()-]", "", kept)
        if not re.fullmatch(r"\+?[0-9]{8,15}", kept):
            raise Refused(
                _("Hãy ghi số điện thoại (8 đến 15 chữ số) hoặc địa chỉ thư điện tử."), "contact"
            )
    return kept
