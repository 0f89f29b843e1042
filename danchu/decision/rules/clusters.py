"""Whether a village may meet by clusters, and the clusters of a plan as they are typed."""

from datetime import date

from django.utils.translation import gettext as _

from danchu.kernel.days import parse_day, show_day
from danchu.kernel.refusals import Refused
from danchu.law.thresholds import explain_judgement, judge, threshold
from danchu.subjects.texts import line_of

FEWEST = 2
PARTS = 4


def check_may_divide(households: int, ground: str, day: date) -> None:
    """Refused, on "ground", for a village with fewer households than the law asks for, unless the
    ground says how its houses are scattered.
    """
    judgement = judge(households, households, threshold("meeting.clusters", day))
    if not judgement.passed and not ground:
        raise Refused(
            _("%s Ít hộ hơn thì ghi địa bàn dân cư sống phân tán thế nào.")
            % explain_judgement(judgement),
            "ground",
        )


def read_clusters(text: str, first: date) -> list[dict[str, object]]:
    """The clusters of a plan, each with `name`, `chair`, `meets_on` and `place`, of a text with one
    on each line; none meets before the day `first`. Refused, on "clusters", where a line does not
    read or there are fewer than two.
    """
    lines = [line.strip() for line in (text or "").splitlines() if line.strip()]
    rows = [_read(place, line, first) for place, line in enumerate(lines, 1)]
    if len(rows) < FEWEST:
        raise Refused(_("Họp theo cụm dân cư thì có ít nhất hai cụm."), "clusters")
    return rows


def _read(place, line, first):
    parts = [part.strip() for part in line.split(";")]
    if len(parts) != PARTS or not all(parts):
        raise _wrong(place, _("Hãy ghi tên cụm; người chủ trì; ngày họp; địa điểm."))
    name, chair, day, where = parts
    try:
        meets_on = parse_day(day)
    except Refused as refusal:
        raise _wrong(place, refusal.message) from None
    if meets_on < first:
        raise _wrong(place, _("Cụm không họp trước ngày họp %s.") % show_day(first))
    return {
        "name": line_of(name, "clusters", 120),
        "chair": line_of(chair, "clusters", 120),
        "meets_on": meets_on,
        "place": line_of(where, "clusters", 200),
    }


def _wrong(place, message):
    return Refused(
        _("Dòng %(line)s: %(message)s") % {"line": place, "message": message}, "clusters"
    )
