"""How often each public address may be asked for by one client, or why it needs no limit.

The table is walked by a test: a new address without a line fails the suite. A client is an account
where somebody is logged in, else an address; what one does takes nothing from another.
"""

import re
from dataclasses import dataclass
from functools import cache

from danchu.casework.access.rate_limits import AN_HOUR, TooOften, limit_rate
from danchu.kernel.days import now
from danchu.look import pages
from danchu.people.askers import asker_of
from danchu.subjects.room import public_sections, unlisted_records

ENGLISH = "en/"
# Reasons for no limit.
KEPT = "answers from kept sums and a few rows"
CHEAP = "sets a cookie or leads on; asks the database nothing"
LIBRARY = "counted by django-allauth and danchu/people/throttle.py"
HELD = "only for accounts or passes that were let in"
FILE = "one stored file, as it is"
DEMO = "only in a demo, whose records are invented; 404 elsewhere"
WORK = "for officials: behind the log-in"


@dataclass(frozen=True)
class Rate:
    """Counted before the view runs, for the purpose of casework.access.rate_limits."""

    purpose: str


@dataclass(frozen=True)
class CountedInside:
    """Counted by the view itself, for wrong secrets only or behind its own form."""

    purpose: str


# (pattern of a route without the language, what holds there); the first that matches. The lists and
# records that rooms declare follow below.
RATES = (
    (r"desk/.*", WORK),
    (r"search/", Rate("search")),
    (r"units/(choices|near)\.json|petitions/told\.json|place/", Rate("suggest")),
    (r"open311/v2/requests\.<str:ending>", Rate("program")),
    (r"(api|open311)/.*", Rate("program")),
    (r".*\.atom", Rate("feed")),
    (r".*\.(csv|xlsx)|report/<str:name>/file<str:ending>", Rate("export")),
    (r"minutes/<uuid:uid>/paper\.<str:ending>", Rate("export")),
    (r"journal/(proofs|consistency|records)/.*|journal/cosignatures", Rate("proof")),
    (r"polls/<uuid:uid>/proof/", Rate("proof")),
    (r"petitions/send/(<str:door>/)?", CountedInside("send")),
    (r"petitions/follow/|reception/bookings/", CountedInside("follow")),
    (r"reception/days/<uuid:uid>/|consultations/<uuid:uid>/say/", CountedInside("send")),
    (r"opinions/follow/|consultations/<uuid:uid>/vote/", CountedInside("follow")),
    (r"consultations/<uuid:uid>/results/", KEPT),
    (r"(disclosures/<uuid:uid>/contest|information)/", CountedInside("send")),
    (r"information/follow/", CountedInside("follow")),
    (r"follow/", CountedInside("follow_mail")),
    (r"follow/(confirm|own)/<str:code>/", CountedInside("follow")),
    (r"h/(<str:code>/)?|conferences/<int:pk>/register/", CountedInside("hall")),
    (r"accounts/(join/(<str:code>/)?|recover/|setup/<str:secret>/)", CountedInside("account")),
    (r"accounts/(setup|restore|restoring)/", HELD),
    (r"accounts/.*", LIBRARY),
    (r"hall/.*", HELD),
    (r"demo/.*", DEMO),
    (
        r"(commitments/papers/<int:pk>|petitions/papers/<str:token>)/|"
        r"disclosures/(papers|photos)/<uuid:uid>/|"
        r"journal/(keys|checkpoint|checkpoints/<int:size>)",
        FILE,
    ),
    (r"theme/|accessibility/|passages/<uuid:mark>/|style/|report/<str:name>/seal/", CHEAP),
    (
        r"((figures|report|compare|tables|units|records|journal|petitions|reception|law|verbs)/.*)?",
        KEPT,
    ),
)
_PATTERNS = tuple((re.compile(pattern), what) for pattern, what in RATES)


@cache
def rate_of(route):
    """A Rate, a CountedInside or the reason for none of a route; None for one without a line."""
    for pattern, what in _PATTERNS:
        if pattern.fullmatch(route):
            return what
    folder, _slash, rest = route.partition("/")
    return _rates_of_rooms().get((folder, bool(rest)))


@cache
def _rates_of_rooms():
    """{(first segment, whether of one record): what holds} of what rooms show to the public."""
    rates = {}
    for section in public_sections():
        rates[section.listing.name, False] = KEPT
        if section.record:
            rates[section.listing.name, True] = _rate_of_record(section.record)
    for unlisted in unlisted_records():
        rates[unlisted.folder, True] = _rate_of_record(unlisted.record)
    return rates


def _rate_of_record(record):
    """A record that replies to a form counts wrong secrets (portal/sections.py)."""
    return CountedInside("follow") if record.reply else KEPT


def route_of(match):
    """The pattern of the address that a ResolverMatch has found, the same for either language."""
    return match.route.removeprefix(ENGLISH)


def client_of(request):
    """Whom the requests of this client are counted for."""
    actor = getattr(request, "actor", None)
    if actor is not None and not actor.is_public:
        return f"account {actor.account_id}"
    return asker_of(request)


def rate_middleware(get_response):
    """Count a request before its view runs where its address has a Rate; above it, 429."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == 429 and "Retry-After" not in response.headers:
            # Counted inside, by the hour.
            response.headers["Retry-After"] = str(AN_HOUR - int(now().timestamp()) % AN_HOUR)
        return response

    def process_view(request, _view, _arguments, _named):
        rate = rate_of(route_of(request.resolver_match))
        if isinstance(rate, Rate):
            try:
                limit_rate(rate.purpose, client_of(request))
            except TooOften as refusal:
                return pages.too_often(request, refusal)
        return None

    middleware.process_view = process_view
    return middleware
