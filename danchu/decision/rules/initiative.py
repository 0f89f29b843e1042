"""Initiatives of citizens: the consents that are alive on the day of submission, and whether they
oblige the head of the village.
"""

import re

from django.utils.translation import gettext as _

from danchu.decision.models import Household
from danchu.kernel.days import parse_day, show_day
from danchu.kernel.refusals import Refused
from danchu.law.book import book
from danchu.law.thresholds import explain_judgement, judge, threshold

_LINE = re.compile(r"(\d{1,5})\D+?(\d\S*)")


def read_consents(text, village, day, field="consents"):
    """[(household, day of its consent)] of a list with a number and a day on each line, of the roll
    of the village on the day. Refused, on the field, where a line does not read.
    """
    households = {}
    for one in Household.objects.on_roll(village, day):
        households.setdefault(one.number, []).append(one)
    consents = {}
    for place, line in enumerate(filter(None, map(str.strip, (text or "").splitlines())), 1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise _wrong(
                place, _("Hãy ghi số của hộ rồi ngày đồng thuận, ví dụ 12 05/02/2026."), field
            )
        try:
            given_on = parse_day(match[2])
        except Refused as refusal:
            raise _wrong(place, refusal.message, field) from None
        if given_on > day:
            raise _wrong(place, _("Ngày đồng thuận sau ngày đề xuất %s.") % show_day(day), field)
        alike = households.get(int(match[1]), [])
        if len(alike) != 1:
            raise _wrong(
                place,
                _("Danh sách hộ ngày đề xuất không có một hộ duy nhất mang số này."),
                field,
            )
        if alike[0].pk in consents:
            raise _wrong(place, _("Hộ này đã có ở một dòng trên."), field)
        consents[alike[0].pk] = (alike[0], given_on)
    return list(consents.values())


def alive_on(consents, day):
    """Those of the consents that live on the day, to the day."""
    return [
        (household, given_on)
        for household, given_on in consents
        if book().due("initiative.consent", given_on).day >= day
    ]


def check_initiative(alive, households, day, field="consents"):
    """Refused, on the field, where fewer households agree than oblige the head of the village."""
    judgement = judge(alive, households, threshold("initiative.households", day))
    if not judgement.passed:
        raise Refused(explain_judgement(judgement), field)


def _wrong(place, message, field):
    return Refused(_("Dòng %(line)s: %(message)s") % {"line": place, "message": message}, field)
