"""The input of a round, checked without the database, and the conflict between two rounds."""

import hashlib
import json
import re
from decimal import Decimal, InvalidOperation

from django.conf import settings
from django.utils.translation import gettext as _

from danchu.inspection.rules.membership import KINDS
from danchu.kernel.days import check_day
from danchu.kernel.lines import line_refusals
from danchu.kernel.refusals import Refused, all_refusals
from danchu.kernel.text import clean, paragraphs
from danchu.papers.names import clean_name
from danchu.subjects.texts import check_length

LENGTHS = {"title": 200, "place": 200, "minutes": 20_000}
NOTED = {"title": 180, "detail": 10_000, "place": 200}
MOST_NOTED = 20
MOST_PHOTOS = 30
MOST_PEOPLE = 10_000
FIVE_PLACES = Decimal("0.00001")


class Conflict(Refused):
    """The round conflicts with the sheet `other`: `kind` is "changed", "discarded", "plan" or
    "alike".
    """

    def __init__(self, kind, other_sheet, message):
        super().__init__(message, "uid")
        self.kind = kind
        self.other = other_sheet


def checked_round(values):
    """The columns of a round, cleaned; Refused by field. `values` may have held_on, title, place,
    participants, minutes, noted, point and keeps_trace.
    """
    texts = {
        name: paragraphs(values.get(name) or "")
        if name == "minutes"
        else clean(values.get(name) or "")
        for name in LENGTHS
    }
    people = values.get("participants") or 0
    is_count = not isinstance(people, bool) and isinstance(people, int)
    with all_refusals() as rule:
        for name, most in LENGTHS.items():
            with rule():
                check_length(texts[name], name, most)
        if not texts["title"]:
            with rule():
                raise Refused(_("Hãy ghi đã kiểm tra, giám sát việc gì."), "title")
        with rule():
            check_day(values.get("held_on"), None, "held_on")
        if not is_count or not 0 <= people <= MOST_PEOPLE:
            with rule():
                raise Refused(
                    _("Số người dự phải là số nguyên từ 0 đến %s.") % MOST_PEOPLE, "participants"
                )
        with rule():
            noted = _checked_violations(values.get("noted") or ())
        with rule():
            point = _point(values.get("point"))
    return {
        **texts,
        "held_on": values["held_on"],
        "participants": people,
        "noted": noted,
        "keeps_trace": bool(values.get("keeps_trace")),
        **point,
    }


def check_board(board):
    """Refused unless it is a board of a kind that holds rounds."""
    if board is None or board.kind not in KINDS:
        raise Refused(
            _("Hãy chọn một Ban Thanh tra nhân dân hoặc Ban Giám sát đầu tư của cộng đồng."),
            "board",
        )


def _checked_violations(rows):
    """[{"title", "detail", "place"}] of the violations of a round, without empty lines; Refused on
    "noted".
    """
    lines = []
    for row in list(rows)[: MOST_NOTED + 1]:
        if not isinstance(row, dict):
            raise Refused(_("Hãy ghi vụ việc vi phạm."), "noted")
        line = {
            name: clean(row.get(name) or "")
            if name != "detail"
            else paragraphs(row.get(name) or "")
            for name in NOTED
        }
        if any(line.values()):
            lines.append(line)
    if len(lines) > MOST_NOTED:
        raise Refused(
            _("Một cuộc ghi tối đa %s vụ việc. Hãy ghi các vụ còn lại ở sổ vụ việc.") % MOST_NOTED,
            "noted",
        )
    with line_refusals(_("Vụ việc thứ %(number)s: %(why)s"), "noted") as numbered:
        for number, line in enumerate(lines, 1):
            with numbered(number), all_refusals() as rule:
                if not line["title"]:
                    with rule():
                        raise Refused(_("Hãy ghi vụ việc vi phạm."))
                for name, most in NOTED.items():
                    with rule():
                        check_length(line[name], "noted", most)
    return lines


def _point(point):
    """{"latitude", "longitude", "accuracy"} in degrees and metres, all None without coordinates;
    Refused on "point" when out of range.
    """
    if not point:
        return {"latitude": None, "longitude": None, "accuracy": None}
    try:
        lat, lon, accuracy = (Decimal(str(number)) for number in point)
        if abs(lat) <= 90 and abs(lon) <= 180 and 0 <= accuracy <= 10**7:
            return {
                "latitude": lat.quantize(FIVE_PLACES),
                "longitude": lon.quantize(FIVE_PLACES),
                "accuracy": int(accuracy),
            }
    except (InvalidOperation, TypeError, ValueError, OverflowError):
        pass
    raise Refused(_("Tọa độ không đọc được. Hãy ghi lại hoặc bỏ trống."), "point")


def checked_photos(photos):
    """[(SHA-256, name, size in bytes)] of the announced photos, without duplicates; Refused on
    "photos".
    """
    photos_by_hash = {}
    for photo in photos:
        sent_hash, name, size = photo
        if (
            not isinstance(sent_hash, str)
            or not re.fullmatch(r"[0-9a-f]{64}", sent_hash)
            or isinstance(size, bool)
            or not isinstance(size, int)
            or size < 1
        ):
            raise Refused(_("Ảnh không đọc được. Hãy chọn lại."), "photos")
        if size > settings.PAPER_BYTES:
            raise Refused(
                _("Ảnh “%(name)s” lớn hơn %(most)s MB. Hãy chụp ở độ phân giải thấp hơn.")
                % {"name": clean_name(str(name)), "most": settings.PAPER_BYTES // 2**20},
                "photos",
            )
        photos_by_hash.setdefault(sent_hash, (sent_hash, clean_name(str(name)), size))
    if len(photos_by_hash) > MOST_PHOTOS:
        raise Refused(_("Một cuộc có tối đa %s ảnh.") % MOST_PHOTOS, "photos")
    return list(photos_by_hash.values())


def round_digest(fields, board, plan, project, photos):
    """The SHA-256 of what was sent, in hex: a retry has the same."""
    content = {name: str(value) for name, value in fields.items()} | {
        "noted": fields["noted"],
        "board": board.pk,
        "plan": plan and plan.pk,
        "project": project and project.pk,
        "photos": sorted(sent_hash for sent_hash, _name, _size in photos),
    }
    return hashlib.sha256(
        json.dumps(content, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()
