"""The front page: headline figures, a map, the latest records."""

from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import today
from danchu.kernel.reading import once
from danchu.kernel.words import language
from danchu.look.my_place import my_place
from danchu.look.pages import page
from danchu.people.actor import Actor
from danchu.portal import cards
from danchu.portal.coverage import coverage_words, provinces_of, recorded_places
from danchu.portal.doors import DOORS
from danchu.portal.grounds import country, picture_address
from danchu.portal.pieces import card_pieces
from danchu.portal.query import query_string
from danchu.portal.question import question_in
from danchu.portal.rows import latest, latest_at
from danchu.portal.views.reports import published
from danchu.units.maps import boundaries
from danchu.units.models import Unit

# The indicator that the map of the front page shows.
MAPPED = "supervisions_217"
OWN_RECORDS = 3


def front(request):
    """Headline figures with their trends, a map, the latest records and reports."""
    if not Unit.objects.exists():
        return page(request, "portal/no_country.html")
    question = question_in(request)
    mapped = question.at(indicator=INDICATORS[MAPPED])
    headlines = [question.at(indicator=INDICATORS[key]) for key in cards.HEADLINES if key != MAPPED]
    return page(
        request,
        "portal/front.html",
        question=question,
        mapped=mapped,
        first=card_pieces([mapped], large=True)[0],
        cards=card_pieces(headlines),
        spots=_spots(mapped),
        ground=country(),
        picture=picture_address(),
        coverage=_coverage(question),
        latest=latest(Actor.public(), 6),
        reports=once(("published", language()), lambda: published(3), lasts=()),
        doors=DOORS.values(),
        motto=_motto(),
        own=_own_place(request),
    )


def _motto():
    """The phrases of the motto, each of which stays on one line."""
    motto = _("Dân biết, dân bàn, dân làm, dân kiểm tra, dân giám sát, dân thụ hưởng")
    *phrases, last = motto.split(", ")
    return [*(f"{phrase}," for phrase in phrases), last]


def _spots(question):
    """The circles of the map; read again only when what they count changes."""
    name = "spots", question.indicator.key, *question.arguments[1:], question.actor.key, language()
    return once(name, lambda: cards.spots(question, cards.places(question, "province")), lasts=())


def _coverage(question):
    """Of which provinces the figures are the sums; "" where the address names another place."""
    if question.unit.level != "nation":
        return ""
    return coverage_words(recorded_places(question), provinces_of(question))


def _own_place(request):
    """{place, records, links} of the reader's own place; None where none was chosen."""
    place = my_place(request)
    if place is None:
        return None
    units = tuple(boundaries(today()).sources(place.id))
    query = query_string(unit=place.written)
    links = [
        (word, f"{reverse(address)}?{query}")
        for address, word in (
            ("reception", _("Lịch tiếp công dân")),
            ("commitments", _("Cam kết và việc giữ lời")),
            ("recommendations", _("Kiến nghị của Ban Thanh tra nhân dân")),
            ("petitions", _("Đơn thư: ai trả lời")),
        )
    ]
    return {"place": place, "records": latest_at(request.actor, units, OWN_RECORDS), "links": links}
