"""What each address answers to whom, written out apart from the code on purpose.

An address is known by its route without the language. Its expectation is (GET, POST), each a list
of (status, roles) of which the first that names the role holds. A new address without a line here
fails the suite.
"""

import re

from danchu.people.loading import rights_table
from tests.site.conftest import ABOVE, PDF, REPORT

ANYONE = "anonymous"
OFFICES = sorted(rights_table()["offices"])
OFFICIALS = [f"{office}@{place}" for place in ("own", "other") for office in OFFICES] + [
    f"{office}@above" for office in ABOVE
]
ROLES = [ANYONE, *OFFICIALS]


def _at(own, above=()):
    return {f"{office}@own" for office in own.split()} | {f"{office}@above" for office in above}


_VIEW = (
    "commune_clerk front_clerk front_chair steering_officer committee_chair "
    "province_reporter operator auditor"
)
SEES = _at(_VIEW, ABOVE)  # a draft dialogue of the ward, its papers and statements
DRAFTS = _at(
    "commune_clerk front_clerk front_chair committee_chair operator",
    ("committee_chair", "operator"),
)
CONFIRMS = _at("front_chair committee_chair operator", ("committee_chair", "operator"))
_STATE = (
    "commune_clerk front_clerk front_chair steering_officer committee_chair "
    "province_reporter operator"
)
STATES = _at(_STATE, ABOVE)
CONFIRMS_STATEMENTS = _at("committee_chair operator", ("committee_chair", "operator"))
SEALS = {f"{office}@above" for office in ABOVE}
DRAFT_SOMEWHERE = {
    role
    for role in OFFICIALS
    if role.split("@")[0]
    in ("commune_clerk", "front_clerk", "front_chair", "committee_chair", "operator")
}
STATE_SOMEWHERE = {role for role in OFFICIALS if role.split("@")[0] in _STATE.split()}

_IMPORT = (
    "petition_officer commune_clerk front_clerk front_chair inspection_head steering_officer "
    "committee_chair operator"
)
IMPORT_SOMEWHERE = {role for role in OFFICIALS if role.split("@")[0] in _IMPORT.split()}

_OWE = (
    "petition_officer inspectorate_chief commune_clerk front_clerk front_chair "
    "inspection_head village_head committee_chair operator"
)
OWES = _at(_OWE, ("committee_chair", "operator"))
OWE_SOMEWHERE = {role for role in OFFICIALS if role.split("@")[0] in _OWE.split()}
SEES_OBLIGATION = SEES | _at(
    "inspection_member inspection_head petition_officer inspectorate_chief village_head"
)
SEES_VILLAGE = SEES | _at("village_head")
SEES_RECOMMENDATION = SEES | _at("inspection_member inspection_head")

_FILES = "commune_clerk petition_officer committee_chair inspectorate_chief"
SEES_FILE = _at(_FILES, ("committee_chair",))
FILES_SOMEWHERE = {role for role in OFFICIALS if role.split("@")[0] in _FILES.split()}
_DRAFTS_FILES = "commune_clerk petition_officer committee_chair"
DRAFTS_FILE = _at(_DRAFTS_FILES, ("committee_chair",))
DRAFT_FILES_SOMEWHERE = {role for role in OFFICIALS if role.split("@")[0] in _DRAFTS_FILES.split()}
HAS_PART_IN_VAULT = _at(
    "petition_officer committee_chair inspectorate_chief auditor", ("committee_chair",)
)
ASKS_VAULT = _at("petition_officer committee_chair", ("committee_chair",))

BOARDS_SOMEWHERE = {
    role for role in OFFICIALS if role.split("@")[0] in ("front_clerk", "front_chair", "operator")
}
DISCLOSES_SOMEWHERE = {
    role
    for role in OFFICIALS
    if role.split("@")[0] in ("commune_clerk", "committee_chair", "operator")
}
DISCLOSES = _at("commune_clerk committee_chair operator", ("committee_chair", "operator"))
RECOGNISES = _at("front_chair operator", ("operator",))
KEEPS_BOARD = _at("front_clerk front_chair operator", ("operator",))

_BODIES = "front_chair steering_officer committee_chair operator"
BODIES_SOMEWHERE = {role for role in OFFICIALS if role.split("@")[0] in _BODIES.split()}
CHANGES_BODY = _at(
    "steering_officer committee_chair operator", ("steering_officer", "committee_chair", "operator")
)
VILLAGES_SOMEWHERE = {
    role for role in OFFICIALS if role.split("@")[0] in ("committee_chair", "operator")
}
_HOUSEHOLDS = "commune_clerk committee_chair village_head"
HOUSEHOLDS_SOMEWHERE = {role for role in OFFICIALS if role.split("@")[0] in _HOUSEHOLDS.split()}
WRITES_HOUSEHOLDS = _at(_HOUSEHOLDS, ("committee_chair",))
_OFFICIALS = "commune_clerk committee_chair operator"
_DECIDES = f"{_OFFICIALS} village_head"
DECIDE_SOMEWHERE = {role for role in OFFICIALS if role.split("@")[0] in _DECIDES.split()}
DRAFTS_DECISION = _at(_DECIDES, ("committee_chair", "operator"))
_COUNT = f"{_OFFICIALS} front_clerk front_chair"
COUNT_SOMEWHERE = {role for role in OFFICIALS if role.split("@")[0] in _COUNT.split()}
COUNTS_BALLOTS = _at(_COUNT, ("committee_chair", "operator"))
KEEPS_HEADS = _at(_OFFICIALS, ("committee_chair", "operator"))
KEEP_HEADS_SOMEWHERE = {role for role in OFFICIALS if role.split("@")[0] in _OFFICIALS.split()}
NOMINATES = COUNTS_BALLOTS
CHANGES_VILLAGE = _at("committee_chair operator", ("committee_chair", "operator"))
SEES_BOARD = SEES | _at("inspection_member inspection_head")
SEES_ROUND = SEES_BOARD
_ROUNDS = "inspection_member inspection_head committee_chair operator"
ROUNDS_SOMEWHERE = {role for role in OFFICIALS if role.split("@")[0] in _ROUNDS.split()}
DRAFTS_ROUND = _at(_ROUNDS, ("committee_chair", "operator"))
WITHDRAWS_ROUND = _at("inspection_head committee_chair operator", ("committee_chair", "operator"))
_ASKS = "commune_clerk front_clerk front_chair committee_chair operator"
ASKS_SOMEWHERE = {role for role in OFFICIALS if role.split("@")[0] in _ASKS.split()}
ASKS_BOARD = _at(_ASKS, ("committee_chair", "operator"))
ASKS_PEOPLE_SOMEWHERE = {
    role
    for role in OFFICIALS
    if role.split("@")[0] in ("commune_clerk", "committee_chair", "operator")
}
CALLS_OFF = _at("committee_chair operator", ("committee_chair", "operator"))
SENDS_REPORT = _at("inspection_head committee_chair operator", ("committee_chair", "operator"))
_SCORES = ("steering_officer", "committee_chair", "province_reporter", "operator")
SCORE_SOMEWHERE = {role for role in OFFICIALS if role.split("@")[0] in _SCORES}
# A score is one of the province, above the ward.
SEES_SCORE = {f"{office}@above" for office in ABOVE}
DRAFTS_SCORE = {f"{office}@above" for office in _SCORES}
_REPORTS = "commune_clerk steering_officer committee_chair province_reporter operator"
DRAFTS_REPORT = _at(_REPORTS, ABOVE)
REPORT_SOMEWHERE = {role for role in OFFICIALS if role.split("@")[0] in _REPORTS.split()}
RECOMMEND_SOMEWHERE = {
    role
    for role in OFFICIALS
    if role.split("@")[0] in ("inspection_member", "inspection_head", "operator")
}
WITHDRAWS = _at("inspection_head operator", ("operator",))
DRAFTS_RECOMMENDATION = _at("inspection_member inspection_head operator", ("operator",))
PREPARES_POLL = _at(
    "commune_clerk front_clerk front_chair committee_chair steering_officer operator",
    ("committee_chair", "steering_officer", "operator"),
)
CHAIRS_POLL = _at(
    "front_chair committee_chair steering_officer operator",
    ("committee_chair", "steering_officer", "operator"),
)
CONFER_SOMEWHERE = {
    role
    for role in OFFICIALS
    if role in PREPARES_POLL
    or role.split("@")[0]
    in (
        "commune_clerk",
        "front_clerk",
        "front_chair",
        "committee_chair",
        "steering_officer",
        "operator",
    )
}
SEES_RECOMMENDATION_PUBLIC = set()  # not sent yet: not even its officials read it there

_WRITES = (
    "commune_clerk front_clerk front_chair inspection_member inspection_head "
    "steering_officer committee_chair operator"
)
SEES_MINUTES = SEES | _at("inspection_member inspection_head")
DRAFTS_MINUTES = _at(_WRITES, ("steering_officer", "committee_chair", "operator"))
MINUTES_SOMEWHERE = {role for role in OFFICIALS if role.split("@")[0] in _WRITES.split()}
APPROVES = _at(
    "front_chair steering_officer committee_chair operator",
    ("steering_officer", "committee_chair", "operator"),
)
_PROMISES = (
    "commune_clerk petition_officer front_clerk front_chair inspection_head steering_officer "
    "committee_chair operator"
)
SEES_PROMISE = SEES_MINUTES | _at("petition_officer")
PROMISE_SOMEWHERE = {role for role in OFFICIALS if role.split("@")[0] in _PROMISES.split()}
TAKES_BACK = _at("front_chair operator", ("operator",))
MODERATES = CHAIRS_POLL | _at("commune_clerk front_clerk")

APPOINT_SOMEWHERE = {
    role for role in OFFICIALS if role.split("@")[0] in ("committee_chair", "operator")
}
APPOINTS = _at("committee_chair operator", ("committee_chair", "operator"))
SEES_CLERK = APPOINTS | {"commune_clerk@own"}  # their page, and those who appoint there
CLOSES_CLERK = _at("committee_chair", ("committee_chair",))  # the operator lacks their files

OPEN = [(200, ROLES)]
DESK = [(302, [ANYONE]), (200, ROLES)]
CLOSED = [(404, ROLES)]
ONLY_POST = [(405, ROLES)]
ONLY_POST_AT_DESK = [(302, [ANYONE]), (405, ROLES)]
JUST_READ = [(405, ROLES)]
FOR_OFFICIALS = [(403, [ANYONE]), (200, ROLES)]
AWAY, MOVED = [(302, ROLES)], [(301, ROLES)]
FOR_ACCOUNTS = DESK
FOR_STRANGERS = [(200, [ANYONE]), (302, ROLES)]


def _act(able, seen=SEES, done=302):
    """An act at the desk: done by these, refused to who only sees the thing, unknown to all
    others.
    """
    return [(302, [ANYONE]), (done, able), (403, seen), (404, ROLES)]


EXPECTED = {
    # the public site
    "": (OPEN, OPEN),
    "figures/": (OPEN, OPEN),
    "figures/<str:key>/": (OPEN, OPEN),
    "figures/<str:key>/evidence.csv": (OPEN, OPEN),
    "figures/<str:key>/evidence.xlsx": (OPEN, OPEN),
    "figures/<str:key>/feed.atom": (OPEN, OPEN),
    "figures/<str:key>/places.csv": (OPEN, OPEN),
    "sealed-reports/": (OPEN, OPEN),
    "sealed-reports.csv": (OPEN, OPEN),
    "sealed-reports.xlsx": (OPEN, OPEN),
    "sealed-reports.atom": (OPEN, OPEN),
    "report/": (OPEN, OPEN),
    "report/seals/<int:pk>/": (OPEN, OPEN),
    "report/<str:name>/": (OPEN, OPEN),
    "report/<str:name>/seal/": (ONLY_POST, [(302, SEALS), (403, ROLES)]),
    "report/<str:name>/file<str:ending>": (OPEN, OPEN),
    "compare/": (OPEN, OPEN),
    "tables/": (OPEN, OPEN),
    "tables/<slug:key>/": (OPEN, OPEN),
    "tables/<slug:key>.csv": (OPEN, OPEN),
    "tables/<slug:key>.xlsx": (OPEN, OPEN),
    "units/": (OPEN, OPEN),
    "units/choices.json": (OPEN, JUST_READ),
    "units/near.json": (ONLY_POST, OPEN),
    "units/ground-<str:version>.svg": (CLOSED, JUST_READ),
    "units/<int:pk>/": (OPEN, OPEN),
    "records/<uuid:uid>/": (OPEN, OPEN),
    "recommendations/": (OPEN, OPEN),
    "recommendations.csv": (OPEN, OPEN),
    "recommendations.xlsx": (OPEN, OPEN),
    "recommendations.atom": (OPEN, OPEN),
    "recommendations/<uuid:uid>/": ([(200, SEES_RECOMMENDATION_PUBLIC), (404, ROLES)],) * 2,
    "consultations/": (OPEN, OPEN),
    "consultations.csv": (OPEN, OPEN),
    "consultations.xlsx": (OPEN, OPEN),
    "consultations.atom": (OPEN, OPEN),
    "consultations/<uuid:uid>/": (OPEN, OPEN),
    "consultations/<uuid:uid>/say/": (OPEN, [(400, ROLES)]),
    "consultations/<uuid:uid>/vote/": (OPEN, [(400, ROLES)]),
    "consultations/<uuid:uid>/results/": (OPEN, OPEN),
    "opinions/": (OPEN, OPEN),
    "opinions.csv": (OPEN, OPEN),
    "opinions.xlsx": (OPEN, OPEN),
    "opinions.atom": (OPEN, OPEN),
    "opinions/follow/": (OPEN, [(400, ROLES)]),
    "opinions/<uuid:uid>/": (OPEN, OPEN),
    "disclosures/": (OPEN, OPEN),
    "disclosures.csv": (OPEN, OPEN),
    "disclosures.xlsx": (OPEN, OPEN),
    "disclosures.atom": (OPEN, OPEN),
    "disclosures/<uuid:uid>/": (OPEN, OPEN),
    "disclosures/papers/<uuid:uid>/": (OPEN, OPEN),
    "disclosures/<uuid:uid>/contest/": (OPEN, [(400, ROLES)]),
    "disclosures/photos/<uuid:uid>/": (OPEN, OPEN),
    "information/": (OPEN, [(400, ROLES)]),
    "information/follow/": (OPEN, [(400, ROLES)]),
    "disclosure-plans/": (OPEN, OPEN),
    "disclosure-plans.csv": (OPEN, OPEN),
    "disclosure-plans.xlsx": (OPEN, OPEN),
    "disclosure-plans.atom": (OPEN, OPEN),
    "disclosure-plans/<uuid:uid>/": (OPEN, OPEN),
    "disclosure-items/": (OPEN, OPEN),
    "disclosure-items.csv": (OPEN, OPEN),
    "disclosure-items.xlsx": (OPEN, OPEN),
    "disclosure-items.atom": (OPEN, OPEN),
    "disclosure-items/<int:pk>/": (OPEN, OPEN),
    "projects/": (OPEN, OPEN),
    "projects.csv": (OPEN, OPEN),
    "projects.xlsx": (OPEN, OPEN),
    "projects.atom": (OPEN, OPEN),
    "projects/<uuid:uid>/": (OPEN, OPEN),
    "journal/": (OPEN, OPEN),
    "journal/checkpoint": (OPEN, OPEN),
    "journal/keys": (OPEN, OPEN),
    "journal/checkpoints/<int:size>": (OPEN, OPEN),
    "journal/proofs/<int:number>": (OPEN, OPEN),
    "journal/consistency/<int:earlier>/<int:size>": (OPEN, OPEN),
    "journal/records/<slug:kind>/<uuid:uid>/": (OPEN, OPEN),
    "journal/records/<slug:kind>/<uuid:uid>/proof.json": (OPEN, OPEN),
    "journal/cosignatures": (ONLY_POST, [(400, ROLES)]),
    "conferences/": (OPEN, OPEN),
    "conferences.csv": (OPEN, OPEN),
    "conferences.xlsx": (OPEN, OPEN),
    "conferences.atom": (OPEN, OPEN),
    "conferences/<int:pk>/": (OPEN, OPEN),
    "conferences/<int:pk>/register/": (CLOSED, CLOSED),
    "polls/": (OPEN, OPEN),
    "polls.csv": (OPEN, OPEN),
    "polls.xlsx": (OPEN, OPEN),
    "polls.atom": (OPEN, OPEN),
    "polls/recount/": (OPEN, OPEN),
    "polls/<uuid:uid>/": (OPEN, [(400, ROLES)]),
    "polls/<uuid:uid>/file.csv": (OPEN, OPEN),
    "polls/<uuid:uid>/proof/": (ONLY_POST, CLOSED),
    "commitments/": (OPEN, OPEN),
    "commitments.xlsx": (OPEN, OPEN),
    "commitments.atom": (OPEN, OPEN),
    "commitments.csv": (OPEN, OPEN),
    "commitments/papers/<int:pk>/": (OPEN, OPEN),
    "commitments/<uuid:uid>/": (OPEN, [(400, ROLES)]),
    "minutes/<uuid:uid>/": (OPEN, OPEN),
    "minutes/<uuid:uid>/paper.<str:ending>": (OPEN, OPEN),
    "passages/<uuid:mark>/": ([(302, ROLES)], [(302, ROLES)]),
    "petitions/": (OPEN, OPEN),
    "petitions/send/": (OPEN, [(400, ROLES)]),
    "petitions/send/<str:door>/": (OPEN, [(400, ROLES)]),
    "petitions/follow/": (OPEN, [(400, ROLES)]),
    "petitions/outlook.json": (OPEN, OPEN),
    "petitions/told.json": (OPEN, OPEN),
    "petitions/papers/<str:token>/": (CLOSED, CLOSED),
    "petitions/<str:code>/": (CLOSED, CLOSED),
    "h/": (OPEN, [(400, ROLES)]),
    "h/<str:code>/": (OPEN, [(400, ROLES)]),
    "follow/": (OPEN, [(400, ROLES)]),
    "follow/confirm/<str:code>/": (OPEN, [(400, ROLES)]),
    "follow/own/<str:code>/": (OPEN, OPEN),
    "reception/": (OPEN, OPEN),
    "reception/bookings/": (OPEN, [(400, ROLES)]),
    "reception/days/<uuid:uid>/": (OPEN, [(400, ROLES)]),
    "findings/<uuid:uid>/": (CLOSED, CLOSED),
    "law/": (OPEN, OPEN),
    "law/rules.csv": (OPEN, OPEN),
    "law/<str:key>/": (OPEN, OPEN),
    "search/": (OPEN, OPEN),
    "accessibility/": (OPEN, OPEN),
    "style/": (OPEN, OPEN),
    "theme/": (ONLY_POST, [(302, ROLES)]),
    "place/": (OPEN, [(400, ROLES)]),
    "verbs/<str:verb>/": (OPEN, OPEN),
    "demo/role/": (ONLY_POST, [(404, ROLES)]),
    "demo/hall/": ([(404, ROLES)], [(404, ROLES)]),
    # for machines
    "api/v1/": (CLOSED, CLOSED),
    "api/v1/openapi.json": (OPEN, OPEN),
    "api/v1/figures": (OPEN, JUST_READ),
    "api/v1/figures/<key>": (OPEN, JUST_READ),
    "api/v1/figures/<key>/evidence": (OPEN, JUST_READ),
    "api/v1/figures/<key>/by-unit": (OPEN, JUST_READ),
    "api/v1/rules": (OPEN, JUST_READ),
    "api/v1/rules/<key>/due": (OPEN, JUST_READ),
    "api/v1/rules/<key>/judge": (OPEN, JUST_READ),
    "api/v1/units": (OPEN, JUST_READ),
    "api/v1/units/<unit>": (OPEN, JUST_READ),
    "api/v1/lists": (OPEN, JUST_READ),
    "api/v1/lists/<name>": (FOR_OFFICIALS, JUST_READ),
    "api/v1/imports": (JUST_READ, [(401, [ANYONE]), (422, ROLES)]),
    "open311/v2/discovery.<str:ending>": (OPEN, JUST_READ),
    "open311/v2/services.<str:ending>": (OPEN, JUST_READ),
    "open311/v2/services/<str:code>.<str:ending>": (OPEN, JUST_READ),
    "open311/v2/requests.<str:ending>": (OPEN, [(400, ROLES)]),
    "open311/v2/requests/<str:code>.<str:ending>": (CLOSED, JUST_READ),
    "open311/v2/tokens/<str:token>.<str:ending>": (CLOSED, JUST_READ),
    # the desk
    "desk/petitions/": ([(302, [ANYONE]), (200, FILES_SOMEWHERE), (403, ROLES)],) * 2,
    "desk/petitions.csv": ([(302, [ANYONE]), (200, FILES_SOMEWHERE), (403, ROLES)],) * 2,
    "desk/petitions.xlsx": ([(302, [ANYONE]), (200, FILES_SOMEWHERE), (403, ROLES)],) * 2,
    "desk/petitions/new/": (
        [(302, [ANYONE]), (200, DRAFT_FILES_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, DRAFT_FILES_SOMEWHERE), (403, ROLES)],
    ),
    "desk/petitions/batch/": (
        ONLY_POST_AT_DESK,
        [(302, [ANYONE]), (400, FILES_SOMEWHERE), (403, ROLES)],
    ),
    "desk/petitions/answers/": (
        [(302, [ANYONE]), (200, DRAFT_FILES_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, DRAFT_FILES_SOMEWHERE), (403, ROLES)],
    ),
    "desk/petitions/answers/<int:pk>/": (
        ONLY_POST_AT_DESK,
        [(302, [ANYONE]), (302, DRAFTS_FILE), (404, ROLES)],
    ),
    "desk/petitions/hotlines/": ([(302, [ANYONE]), (200, DRAFT_FILES_SOMEWHERE), (403, ROLES)],)
    * 2,
    # nobody of these sent a long file: tests/desk/test_long_calls.py
    "desk/petitions/hotlines/runs/<uuid:uid>/": (
        [(302, [ANYONE]), (404, DRAFT_FILES_SOMEWHERE), (403, ROLES)],
    )
    * 2,
    "desk/petitions/hotlines/<str:line>/import/": (
        [(302, [ANYONE]), (200, DRAFT_FILES_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, DRAFT_FILES_SOMEWHERE), (403, ROLES)],
    ),
    "desk/petitions/hotlines/<str:line>/import/sample.<str:ending>": (
        [(302, [ANYONE]), (200, DRAFT_FILES_SOMEWHERE), (403, ROLES)],
    )
    * 2,
    # nobody of these sent the file: tests/desk/test_hotlines.py
    **dict.fromkeys(
        [
            "desk/petitions/hotlines/<str:line>/import/<str:file_hash>/",
            "desk/petitions/hotlines/<str:line>/import/<str:file_hash>/problems.csv",
            "desk/petitions/hotlines/<str:line>/import/<str:file_hash>/file/",
        ],
        ([(302, [ANYONE]), (404, DRAFT_FILES_SOMEWHERE), (403, ROLES)],) * 2,
    ),
    "desk/petitions/tables/": (DESK, DESK),
    "desk/petitions/tables.csv": (DESK, DESK),
    "desk/petitions/papers/<int:pk>/": ([(302, [ANYONE]), (200, SEES_FILE), (404, ROLES)],) * 2,
    "desk/petitions/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES_FILE), (404, ROLES)],) * 2,
    "desk/petitions/<uuid:uid>/signers.csv": ([(302, [ANYONE]), (200, SEES_FILE), (404, ROLES)],)
    * 2,
    "desk/petitions/<uuid:uid>/letters/<int:number>.<str:ending>": (
        [(302, [ANYONE]), (200, SEES_FILE), (404, ROLES)],
    )
    * 2,
    "desk/petitions/<uuid:uid>/<str:act>/": (ONLY_POST_AT_DESK, _act(DRAFTS_FILE, SEES_FILE)),
    "desk/reception/": ([(302, [ANYONE]), (200, FILES_SOMEWHERE), (403, ROLES)],) * 2,
    "desk/reception.csv": ([(302, [ANYONE]), (200, FILES_SOMEWHERE), (403, ROLES)],) * 2,
    "desk/reception.xlsx": ([(302, [ANYONE]), (200, FILES_SOMEWHERE), (403, ROLES)],) * 2,
    "desk/reception/new/": (
        [(302, [ANYONE]), (200, DRAFT_FILES_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, DRAFT_FILES_SOMEWHERE), (403, ROLES)],
    ),
    "desk/reception/refusals/new/": (
        [(302, [ANYONE]), (200, DRAFT_FILES_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, DRAFT_FILES_SOMEWHERE), (403, ROLES)],
    ),
    "desk/reception/<uuid:uid>/notice.<str:ending>": (
        [(302, [ANYONE]), (200, SEES_FILE), (404, FILES_SOMEWHERE), (403, ROLES)],
    )
    * 2,
    "desk/reception/days/new/": (
        [(302, [ANYONE]), (200, DRAFT_FILES_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, DRAFT_FILES_SOMEWHERE), (403, ROLES)],
    ),
    "desk/reception/days/<uuid:uid>/": (
        ONLY_POST_AT_DESK,
        [
            (302, [ANYONE]),
            (400, DRAFTS_FILE),
            (403, SEES_FILE),
            (404, FILES_SOMEWHERE),
            (403, ROLES),
        ],
    ),
    "desk/reception/days/<uuid:uid>/edit/": (
        [
            (302, [ANYONE]),
            (200, DRAFTS_FILE),
            (403, SEES_FILE),
            (404, FILES_SOMEWHERE),
            (403, ROLES),
        ],
        [
            (302, [ANYONE]),
            (400, DRAFTS_FILE),
            (403, SEES_FILE),
            (404, FILES_SOMEWHERE),
            (403, ROLES),
        ],
    ),
    "desk/bookings/": ([(302, [ANYONE]), (200, FILES_SOMEWHERE), (403, ROLES)],) * 2,
    "desk/bookings.csv": ([(302, [ANYONE]), (200, FILES_SOMEWHERE), (403, ROLES)],) * 2,
    "desk/bookings.xlsx": ([(302, [ANYONE]), (200, FILES_SOMEWHERE), (403, ROLES)],) * 2,
    "desk/bookings/new/": (
        [(302, [ANYONE]), (200, DRAFT_FILES_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, DRAFT_FILES_SOMEWHERE), (403, ROLES)],
    ),
    "desk/bookings/<uuid:uid>/": (
        [(302, [ANYONE]), (200, SEES_FILE), (404, FILES_SOMEWHERE), (403, ROLES)],
    )
    * 2,
    "desk/bookings/<uuid:uid>/<str:act>/": (
        ONLY_POST_AT_DESK,
        [
            (302, [ANYONE]),
            (302, DRAFTS_FILE),
            (403, SEES_FILE),
            (404, FILES_SOMEWHERE),
            (403, ROLES),
        ],
    ),
    "desk/reception/<uuid:uid>/": (
        [(302, [ANYONE]), (200, SEES_FILE), (404, FILES_SOMEWHERE), (403, ROLES)],
    )
    * 2,
    "desk/reception/<uuid:uid>/<str:act>/": (
        ONLY_POST_AT_DESK,
        [
            (302, [ANYONE]),
            (302, DRAFTS_FILE),
            (403, SEES_FILE),
            (404, FILES_SOMEWHERE),
            (403, ROLES),
        ],
    ),
    "desk/vault/<str:pseudonym>/": ([(302, [ANYONE]), (200, HAS_PART_IN_VAULT), (403, ROLES)],) * 2,
    "desk/vault/<str:pseudonym>/<str:act>/": (
        ONLY_POST_AT_DESK,
        [(302, [ANYONE]), (302, ASKS_VAULT), (403, ROLES)],
    ),
    "desk/minutes/": (DESK, DESK),
    "desk/minutes.csv": (DESK, DESK),
    "desk/minutes.xlsx": (DESK, DESK),
    "desk/minutes/new/": (
        [(302, [ANYONE]), (200, MINUTES_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, MINUTES_SOMEWHERE), (403, ROLES)],
    ),
    "desk/minutes/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES_MINUTES), (404, ROLES)],) * 2,
    "desk/minutes/<uuid:uid>/edit/": (
        _act(DRAFTS_MINUTES, SEES_MINUTES, 200),
        _act(DRAFTS_MINUTES, SEES_MINUTES, 400),
    ),
    "desk/minutes/<uuid:uid>/paper.<str:ending>": (
        [(302, [ANYONE]), (200, SEES_MINUTES), (404, ROLES)],
    )
    * 2,
    "desk/minutes/<uuid:uid>/<str:act>/": (ONLY_POST_AT_DESK, _act(APPROVES, SEES_MINUTES)),
    "desk/commitments/": (DESK, DESK),
    "desk/commitments.csv": (DESK, DESK),
    "desk/commitments.xlsx": (DESK, DESK),
    "desk/commitments/new/": (
        [(302, [ANYONE]), (200, PROMISE_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, PROMISE_SOMEWHERE), (403, ROLES)],
    ),
    "desk/commitments/papers/<int:pk>/": ([(302, [ANYONE]), (200, SEES_PROMISE), (404, ROLES)],)
    * 2,
    "desk/commitments/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES_PROMISE), (404, ROLES)],) * 2,
    "desk/commitments/<uuid:uid>/<str:act>/": (ONLY_POST_AT_DESK, _act(TAKES_BACK, SEES_PROMISE)),
    "desk/notices/": (DESK, [(302, ROLES)]),
    "desk/reminders/": (DESK, DESK),
    # saved with what reads, and whose it is: tests/desk/test_saved_views.py
    "desk/views/save/": (ONLY_POST_AT_DESK, [(302, [ANYONE]), (404, ROLES)]),
    "desk/views/<int:pk>/": ([(302, [ANYONE]), (404, ROLES)], [(302, [ANYONE]), (404, ROLES)]),
    "desk/bodies/choices.json": (DESK, [(302, [ANYONE]), (405, ROLES)]),
    "desk/exports/": (DESK, DESK),
    "desk/exports/new/": (ONLY_POST_AT_DESK, [(302, ROLES)]),
    # nobody of these asked for one: tests/desk/test_exports.py
    "desk/exports/<uuid:uid>/": ([(302, [ANYONE]), (404, ROLES)],) * 2,
    "desk/exports/<uuid:uid>/file/": ([(302, [ANYONE]), (404, ROLES)],) * 2,
    # over the law and the jobs of the whole country: nobody of these holds an office there, who
    # does is in tests/desk/test_law.py and tests/desk/test_jobs.py
    **dict.fromkeys(
        [
            "desk/law/",
            "desk/law.csv",
            "desk/law/new/",
            "desk/law/calendar/",
            "desk/law/calendar/<int:year>/",
            "desk/law/calendar/<int:year>.csv",
            "desk/jobs/",
            "desk/jobs/<int:pk>/again/",
            "desk/law/escalations/",
            "desk/law/escalations/<int:pk>/",
            "desk/law/escalations/<int:pk>/remove/",
            "desk/law/<str:key>/",
            "desk/law/<str:key>/new/",
            "desk/law/<str:key>/correct/<int:pk>/",
            "desk/law/<str:key>/points/",
        ],
        ([(302, [ANYONE]), (403, ROLES)],) * 2,
    ),
    "desk/bodies/": (DESK, DESK),
    "desk/bodies.csv": (DESK, DESK),
    "desk/bodies.xlsx": (DESK, DESK),
    **dict.fromkeys(
        ["desk/bodies/new/", "desk/bodies/usual/"],
        (
            [(302, [ANYONE]), (200, BODIES_SOMEWHERE), (403, ROLES)],
            [(302, [ANYONE]), (400, BODIES_SOMEWHERE), (403, ROLES)],
        ),
    ),
    "desk/bodies/import/": (
        [(302, [ANYONE]), (200, BODIES_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, BODIES_SOMEWHERE), (403, ROLES)],
    ),
    "desk/bodies/import/sample.<str:ending>": (
        [(302, [ANYONE]), (200, BODIES_SOMEWHERE), (403, ROLES)],
    )
    * 2,
    # nobody of these sent the file: tests/bodies/test_sheets.py
    **dict.fromkeys(
        [
            "desk/bodies/import/<str:file_hash>/",
            "desk/bodies/import/<str:file_hash>/problems.csv",
            "desk/bodies/import/<str:file_hash>/file/",
        ],
        ([(302, [ANYONE]), (404, BODIES_SOMEWHERE), (403, ROLES)],) * 2,
    ),
    "desk/bodies/<int:pk>/": ([(302, [ANYONE]), (200, SEES), (404, ROLES)],) * 2,
    "desk/bodies/<int:pk>/<str:act>/": (ONLY_POST_AT_DESK, _act(CHANGES_BODY)),
    "decisions/": (OPEN, OPEN),
    "decisions.csv": (OPEN, OPEN),
    "decisions.xlsx": (OPEN, OPEN),
    "decisions.atom": (OPEN, OPEN),
    "decisions/<uuid:uid>/": (OPEN, OPEN),
    "online-votes/<uuid:uid>/": (OPEN, [(400, ROLES)]),
    "online-votes/<uuid:uid>/file.csv": (OPEN, OPEN),
    "desk/decisions/": (DESK, DESK),
    "desk/decisions.csv": (DESK, DESK),
    "desk/decisions.xlsx": (DESK, DESK),
    "desk/decisions/new/": (
        [(302, [ANYONE]), (200, DECIDE_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, DECIDE_SOMEWHERE), (403, ROLES)],
    ),
    "desk/decisions/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES_VILLAGE), (404, ROLES)],) * 2,
    "desk/decisions/<uuid:uid>/attend/": (
        _act(DRAFTS_DECISION, done=200),
        _act(DRAFTS_DECISION, done=400),
    ),
    # the meeting of this one is under way: a count may not follow, its form leads to the record
    "desk/decisions/<uuid:uid>/count/": (
        _act(COUNTS_BALLOTS, SEES_VILLAGE),
        _act(COUNTS_BALLOTS, SEES_VILLAGE, 400),
    ),
    "desk/decisions/<uuid:uid>/hand_out/": (
        _act(DRAFTS_DECISION),
        _act(DRAFTS_DECISION, done=400),
    ),
    "desk/decisions/<uuid:uid>/attend_cluster/": (
        _act(DRAFTS_DECISION),
        _act(DRAFTS_DECISION, done=400),
    ),
    "desk/decision-photos/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES_VILLAGE), (404, ROLES)],) * 2,
    **dict.fromkeys(
        [
            f"desk/{name}{ending}"
            for name in ("roll-sheets", "count-sheets")
            for ending in ("/", ".csv", ".xlsx")
        ],
        (DESK, DESK),
    ),
    "desk/roll-sheets/new/": (
        [(302, [ANYONE]), (200, DECIDE_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, DECIDE_SOMEWHERE), (403, ROLES)],
    ),
    "desk/count-sheets/new/": (
        [(302, [ANYONE]), (200, COUNT_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, COUNT_SOMEWHERE), (403, ROLES)],
    ),
    "desk/roll-sheets/worker.js": (OPEN, JUST_READ),
    "desk/count-sheets/worker.js": (OPEN, JUST_READ),
    "desk/roll-sheets/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES_VILLAGE), (404, ROLES)],) * 2,
    "desk/count-sheets/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES_VILLAGE), (404, ROLES)],) * 2,
    "desk/roll-sheets/<uuid:uid>/<str:act>/": (
        ONLY_POST_AT_DESK,
        _act(DRAFTS_DECISION, done=400),
    ),
    "desk/count-sheets/<uuid:uid>/<str:act>/": (
        ONLY_POST_AT_DESK,
        _act(COUNTS_BALLOTS, SEES_VILLAGE, 400),
    ),
    "desk/decisions/<uuid:uid>/votes/<int:number>/<str:kind>.<str:ending>": (
        [(302, [ANYONE]), (200, SEES_VILLAGE), (404, ROLES)],
    )
    * 2,
    "desk/decisions/<uuid:uid>/<str:act>/": (ONLY_POST_AT_DESK, _act(DRAFTS_DECISION)),
    **{
        f"{name}{ending}": (OPEN, OPEN)
        for name in ("head-elections", "village-heads", "conventions", "village-conferences")
        for ending in ("/", ".csv", ".xlsx", ".atom", "/<uuid:uid>/")
    },
    **{
        f"desk/{name}{ending}": (DESK, DESK)
        for name in ("head-elections", "village-heads", "conventions", "village-conferences")
        for ending in ("/", ".csv", ".xlsx")
    },
    **{
        f"desk/{name}/new/": (
            [(302, [ANYONE]), (200, able), (403, ROLES)],
            [(302, [ANYONE]), (400, able), (403, ROLES)],
        )
        for name, able in (
            ("head-elections", KEEP_HEADS_SOMEWHERE),
            ("village-heads", KEEP_HEADS_SOMEWHERE),
            ("conventions", DECIDE_SOMEWHERE),
            ("village-conferences", DECIDE_SOMEWHERE),
        )
    },
    **{
        f"desk/{name}/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES_VILLAGE), (404, ROLES)],) * 2
        for name in ("head-elections", "village-heads", "conventions", "village-conferences")
    },
    **{
        f"desk/{name}/<uuid:uid>/papers/<str:kind>.<str:ending>": (
            [(302, [ANYONE]), (200, SEES_VILLAGE), (404, ROLES)],
        )
        * 2
        for name in ("head-elections", "conventions", "village-conferences")
    },
    # no ballots are out, a text is missing, the conference was not held yet
    **{
        f"desk/{name}/": (_act(able, SEES_VILLAGE, shown), _act(able, SEES_VILLAGE, 400))
        for name, able, shown in (
            ("head-elections/<uuid:uid>/count", COUNTS_BALLOTS, 302),
            ("conventions/<uuid:uid>/revise", DRAFTS_DECISION, 200),
            ("village-conferences/<uuid:uid>/minute", DRAFTS_DECISION, 302),
        )
    },
    **{
        f"desk/{name}/<uuid:uid>/<str:act>/": (
            ONLY_POST_AT_DESK,
            _act(able, SEES_VILLAGE, done),
        )
        for name, able, done in (
            ("head-elections", NOMINATES, 400),
            ("village-heads", KEEPS_HEADS, 302),
            ("conventions", DRAFTS_DECISION, 302),
            ("village-conferences", DRAFTS_DECISION, 302),
        )
    },
    **{
        f"works-without-decision{ending}": (OPEN, OPEN)
        for ending in ("/", ".csv", ".xlsx", ".atom", "/<uuid:uid>/")
    },
    **{f"desk/works-without-decision{ending}": (DESK, DESK) for ending in ("/", ".csv", ".xlsx")},
    "desk/works-without-decision/new/": (
        [(302, [ANYONE]), (200, DECIDE_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, DECIDE_SOMEWHERE), (403, ROLES)],
    ),
    "desk/works-without-decision/<uuid:uid>/": (
        [(302, [ANYONE]), (200, SEES_VILLAGE), (404, ROLES)],
    )
    * 2,
    "desk/works-without-decision/<uuid:uid>/<str:act>/": (
        ONLY_POST_AT_DESK,
        _act(CONFIRMS_STATEMENTS, SEES_VILLAGE, 302),
    ),
    "desk/households/": ([(302, [ANYONE]), (200, HOUSEHOLDS_SOMEWHERE), (403, ROLES)],) * 2,
    "desk/households.csv": ([(302, [ANYONE]), (200, HOUSEHOLDS_SOMEWHERE), (403, ROLES)],) * 2,
    "desk/households.xlsx": ([(302, [ANYONE]), (200, HOUSEHOLDS_SOMEWHERE), (403, ROLES)],) * 2,
    "desk/households/new/": (
        [(302, [ANYONE]), (200, HOUSEHOLDS_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, HOUSEHOLDS_SOMEWHERE), (403, ROLES)],
    ),
    "desk/households/import/": (
        [(302, [ANYONE]), (200, HOUSEHOLDS_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, HOUSEHOLDS_SOMEWHERE), (403, ROLES)],
    ),
    "desk/households/import/sample.<str:ending>": (
        [(302, [ANYONE]), (200, HOUSEHOLDS_SOMEWHERE), (403, ROLES)],
    )
    * 2,
    # nobody of these sent the file: tests/decision/test_roll.py
    **dict.fromkeys(
        [
            "desk/households/import/<str:file_hash>/",
            "desk/households/import/<str:file_hash>/problems.csv",
            "desk/households/import/<str:file_hash>/file/",
        ],
        ([(302, [ANYONE]), (404, HOUSEHOLDS_SOMEWHERE), (403, ROLES)],) * 2,
    ),
    "desk/households/<uuid:uid>/": (
        [(302, [ANYONE]), (200, WRITES_HOUSEHOLDS), (404, HOUSEHOLDS_SOMEWHERE), (403, ROLES)],
    )
    * 2,
    "desk/households/<uuid:uid>/<str:act>/": (
        ONLY_POST_AT_DESK,
        [(302, [ANYONE]), (302, WRITES_HOUSEHOLDS), (404, HOUSEHOLDS_SOMEWHERE), (403, ROLES)],
    ),
    "desk/villages/": (DESK, DESK),
    "desk/villages.csv": (DESK, DESK),
    "desk/villages.xlsx": (DESK, DESK),
    "desk/villages/new/": (
        [(302, [ANYONE]), (200, VILLAGES_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, VILLAGES_SOMEWHERE), (403, ROLES)],
    ),
    "desk/villages/import/": (
        [(302, [ANYONE]), (200, VILLAGES_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, VILLAGES_SOMEWHERE), (403, ROLES)],
    ),
    "desk/villages/import/sample.<str:ending>": (
        [(302, [ANYONE]), (200, VILLAGES_SOMEWHERE), (403, ROLES)],
    )
    * 2,
    # nobody of these sent the file: tests/bodies/test_villages.py
    **dict.fromkeys(
        [
            "desk/villages/import/<str:file_hash>/",
            "desk/villages/import/<str:file_hash>/problems.csv",
            "desk/villages/import/<str:file_hash>/file/",
        ],
        ([(302, [ANYONE]), (404, VILLAGES_SOMEWHERE), (403, ROLES)],) * 2,
    ),
    "desk/villages/<int:pk>/": ([(302, [ANYONE]), (200, SEES), (404, ROLES)],) * 2,
    "desk/villages/<int:pk>/<str:act>/": (ONLY_POST_AT_DESK, _act(CHANGES_VILLAGE)),
    "desk/boards/": (DESK, DESK),
    "desk/boards/new/": (
        [(302, [ANYONE]), (200, BOARDS_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, BOARDS_SOMEWHERE), (403, ROLES)],
    ),
    "desk/boards.csv": (DESK, DESK),
    "desk/boards.xlsx": (DESK, DESK),
    "desk/boards/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES_BOARD), (404, ROLES)],) * 2,
    "desk/boards/<uuid:uid>/change_days/": (
        _act(KEEPS_BOARD, SEES_BOARD, 200),
        _act(KEEPS_BOARD, SEES_BOARD, 400),
    ),
    "desk/boards/<uuid:uid>/<str:act>/": (ONLY_POST_AT_DESK, _act(RECOGNISES, SEES_BOARD, 400)),
    "desk/conferences/": (DESK, DESK),
    "desk/conferences.csv": (DESK, DESK),
    "desk/conferences.xlsx": (DESK, DESK),
    "desk/conferences/new/": (
        [(302, [ANYONE]), (200, CONFER_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, CONFER_SOMEWHERE), (403, ROLES)],
    ),
    "desk/conferences/<int:pk>/": ([(302, [ANYONE]), (200, SEES), (404, ROLES)],) * 2,
    "desk/conferences/<int:pk>/edit/": (
        _act(PREPARES_POLL, done=200),
        _act(PREPARES_POLL, done=400),
    ),
    "desk/conferences/<int:pk>/programme/": (
        _act(PREPARES_POLL, done=200),
        _act(PREPARES_POLL, done=400),
    ),
    "desk/conferences/<int:pk>/programme/<int:item>/edit/": (
        _act(PREPARES_POLL, done=200),
        _act(PREPARES_POLL, done=400),
    ),
    "desk/conferences/<int:pk>/programme/<int:item>/papers/": (
        ONLY_POST_AT_DESK,
        _act(PREPARES_POLL),
    ),
    "desk/conferences/<int:pk>/programme/<int:item>/<str:act>/": (
        ONLY_POST_AT_DESK,
        _act(PREPARES_POLL),
    ),
    "desk/conferences/<int:pk>/papers/<int:paper>/remove/": (
        AWAY,
        _act(PREPARES_POLL),
    ),
    "desk/conferences/<int:pk>/points/": (
        _act(PREPARES_POLL, done=200),
        _act(PREPARES_POLL, done=400),
    ),
    "desk/conferences/<int:pk>/points/<int:point>/edit/": (
        _act(PREPARES_POLL, done=200),
        _act(PREPARES_POLL, done=400),
    ),
    "desk/conferences/<int:pk>/points/<int:point>/remove/": (
        ONLY_POST_AT_DESK,
        _act(PREPARES_POLL, done=400),
    ),  # somebody sits there
    "desk/conferences/<int:pk>/delegates/": (
        _act(PREPARES_POLL, done=200),
        _act(PREPARES_POLL, done=200),
    ),
    "desk/conferences/<int:pk>/delegates.csv": (_act(PREPARES_POLL, done=200),) * 2,
    "desk/conferences/<int:pk>/delegates.xlsx": (_act(PREPARES_POLL, done=200),) * 2,
    "desk/conferences/<int:pk>/delegates/new/": (
        _act(PREPARES_POLL, done=200),
        _act(PREPARES_POLL, done=400),
    ),
    "desk/conferences/<int:pk>/delegates/office/new/": (
        _act(PREPARES_POLL, done=200),
        _act(PREPARES_POLL, done=400),
    ),
    "desk/conferences/<int:pk>/delegates/send/": (
        _act(PREPARES_POLL, done=200),
        _act(PREPARES_POLL),
    ),
    "desk/conferences/<int:pk>/delegates/import/": (
        _act(PREPARES_POLL, done=200),
        _act(PREPARES_POLL, done=400),
    ),
    "desk/conferences/<int:pk>/delegates/import/sample.<str:ending>": (
        _act(PREPARES_POLL, done=200),
    )
    * 2,
    "desk/conferences/<int:pk>/delegates/import/<str:file_hash>/": (
        [(302, [ANYONE]), (404, PREPARES_POLL), (403, SEES), (404, ROLES)],
    )
    * 2,
    "desk/conferences/<int:pk>/delegates/import/<str:file_hash>/problems.csv": (
        [(302, [ANYONE]), (404, PREPARES_POLL), (403, SEES), (404, ROLES)],
    )
    * 2,
    "desk/conferences/<int:pk>/delegates/import/<str:file_hash>/file/": (
        [(302, [ANYONE]), (404, PREPARES_POLL), (403, SEES), (404, ROLES)],
    )
    * 2,
    "desk/conferences/<int:pk>/delegates/<uuid:uid>/edit/": (
        _act(PREPARES_POLL, done=200),
        _act(PREPARES_POLL, done=400),
    ),
    "desk/conferences/<int:pk>/delegates/<uuid:uid>/<str:act>/": (
        ONLY_POST_AT_DESK,
        _act(PREPARES_POLL),
    ),
    "desk/conferences/<int:pk>/passes/": (
        _act(PREPARES_POLL, done=200),
        _act(PREPARES_POLL, done=200),
    ),
    "desk/conferences/<int:pk>/passes/<int:pass_id>/withdraw/": (
        ONLY_POST_AT_DESK,
        _act(PREPARES_POLL),
    ),
    "desk/conferences/<int:pk>/passes/<str:act>/": (ONLY_POST_AT_DESK, _act(PREPARES_POLL)),
    "desk/conferences/<int:pk>/checkin/": (_act(PREPARES_POLL, done=200),) * 2,
    "desk/conferences/<int:pk>/checkin/<int:point>/": (_act(PREPARES_POLL, done=200),) * 2,
    "desk/conferences/<int:pk>/attendance.csv": (_act(PREPARES_POLL, done=200),) * 2,
    "desk/conferences/<int:pk>/presence/": ([(302, [ANYONE]), (200, SEES), (404, ROLES)],) * 2,
    "desk/conferences/<int:pk>/presence.csv": ([(302, [ANYONE]), (200, SEES), (404, ROLES)],) * 2,
    "desk/conferences/<int:pk>/<str:act>/": (ONLY_POST_AT_DESK, _act(CHAIRS_POLL)),
    "desk/polls/": (DESK, DESK),
    "desk/polls.csv": (DESK, DESK),
    "desk/polls.xlsx": (DESK, DESK),
    "desk/polls/new/": ([(302, [ANYONE]), (404, ROLES)],) * 2,
    "desk/polls/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES), (404, ROLES)],) * 2,
    "desk/polls/<uuid:uid>/edit/": (_act(PREPARES_POLL, done=200), _act(PREPARES_POLL, done=400)),
    "desk/polls/<uuid:uid>/<str:act>/": (ONLY_POST_AT_DESK, _act(CHAIRS_POLL)),
    "desk/plans.xlsx": (DESK, DESK),
    "desk/plans/": (DESK, DESK),
    "desk/plans.csv": (DESK, DESK),
    "desk/plans/new/": (
        [(302, [ANYONE]), (200, ROUNDS_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, ROUNDS_SOMEWHERE), (403, ROLES)],
    ),
    "desk/plans/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES_ROUND), (404, ROLES)],) * 2,
    "desk/plans/<uuid:uid>/<str:act>/": (ONLY_POST_AT_DESK, _act(DRAFTS_ROUND, SEES_ROUND)),
    "desk/consultations.xlsx": (DESK, DESK),
    "desk/consultations/": (DESK, DESK),
    "desk/consultations.csv": (DESK, DESK),
    "desk/consultations/new/": (
        [(302, [ANYONE]), (200, ASKS_PEOPLE_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, ASKS_PEOPLE_SOMEWHERE), (403, ROLES)],
    ),
    "desk/consultations/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES), (404, ROLES)],) * 2,
    "desk/consultations/<uuid:uid>/<str:act>/": (ONLY_POST_AT_DESK, _act(CALLS_OFF)),
    "desk/opinions.xlsx": (DESK, DESK),
    "desk/opinions/": (DESK, DESK),
    "desk/opinions.csv": (DESK, DESK),
    "desk/opinions/batch/": (ONLY_POST_AT_DESK, [(302, [ANYONE]), (400, ROLES)]),
    "desk/opinions/new/": (
        [(302, [ANYONE]), (200, DRAFT_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, DRAFT_SOMEWHERE), (403, ROLES)],
    ),
    "desk/opinions/import/": (
        [(302, [ANYONE]), (200, DRAFT_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, DRAFT_SOMEWHERE), (403, ROLES)],
    ),
    "desk/opinions/import/sample.<str:ending>": (
        [(302, [ANYONE]), (200, DRAFT_SOMEWHERE), (403, ROLES)],
    )
    * 2,
    # nobody of these sent the file: tests/consultation/test_import.py
    **dict.fromkeys(
        [
            "desk/opinions/import/<str:file_hash>/",
            "desk/opinions/import/<str:file_hash>/problems.csv",
            "desk/opinions/import/<str:file_hash>/file/",
        ],
        ([(302, [ANYONE]), (404, DRAFT_SOMEWHERE), (403, ROLES)],) * 2,
    ),
    "desk/propositions.xlsx": (DESK, DESK),
    "desk/propositions/": (DESK, DESK),
    "desk/propositions.csv": (DESK, DESK),
    "desk/propositions/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES), (404, ROLES)],) * 2,
    "desk/propositions/<uuid:uid>/<str:act>/": (ONLY_POST_AT_DESK, _act(DISCLOSES)),
    "desk/opinions/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES), (404, ROLES)],) * 2,
    "desk/opinions/<uuid:uid>/<str:act>/": (ONLY_POST_AT_DESK, _act(DISCLOSES)),
    "desk/disclosures/": (DESK, DESK),
    "desk/disclosures.csv": (DESK, DESK),
    "desk/disclosures.xlsx": (DESK, DESK),
    "desk/disclosures/new/": (
        [(302, [ANYONE]), (200, DISCLOSES_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, DISCLOSES_SOMEWHERE), (403, ROLES)],
    ),
    "desk/disclosures/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES), (404, ROLES)],) * 2,
    "desk/disclosures/<uuid:uid>/<str:act>/": (ONLY_POST_AT_DESK, _act(DISCLOSES, done=400)),
    "desk/disclosures/<uuid:uid>/post/": (_act(DISCLOSES, done=200), _act(DISCLOSES, done=400)),
    "desk/disclosures/sheets/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES), (404, ROLES)],) * 2,
    "desk/information-requests/": (DESK, DESK),
    "desk/information-requests.csv": (DESK, DESK),
    "desk/information-requests.xlsx": (DESK, DESK),
    "desk/information-requests/new/": (
        [(302, [ANYONE]), (200, DRAFT_FILES_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, DRAFT_FILES_SOMEWHERE), (403, ROLES)],
    ),
    "desk/information-requests/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES_FILE), (404, ROLES)],)
    * 2,
    "desk/information-requests/papers/<uuid:uid>/": (
        [(302, [ANYONE]), (200, SEES_FILE), (404, ROLES)],
    )
    * 2,
    "desk/information-requests/<uuid:uid>/<str:act>/": (
        ONLY_POST_AT_DESK,
        _act(DRAFTS_FILE, SEES_FILE, done=400),
    ),
    "desk/information-requests/<uuid:uid>/answer/": (
        _act(DRAFTS_FILE, SEES_FILE, done=200),
        _act(DRAFTS_FILE, SEES_FILE, done=400),
    ),
    "desk/contests/": (DESK, DESK),
    "desk/contests.csv": (DESK, DESK),
    "desk/contests.xlsx": (DESK, DESK),
    "desk/contests/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES), (404, ROLES)],) * 2,
    "desk/contests/<uuid:uid>/<str:act>/": (ONLY_POST_AT_DESK, _act(DISCLOSES, done=400)),
    "desk/contests/photos/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES), (404, ROLES)],) * 2,
    "desk/disclosure-plans/": (DESK, DESK),
    "desk/disclosure-plans.csv": (DESK, DESK),
    "desk/disclosure-plans.xlsx": (DESK, DESK),
    "desk/disclosure-plans/new/": (
        [(302, [ANYONE]), (200, DISCLOSES_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, DISCLOSES_SOMEWHERE), (403, ROLES)],
    ),
    "desk/disclosure-plans/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES), (404, ROLES)],) * 2,
    "desk/disclosure-plans/<uuid:uid>/<str:act>/": (
        ONLY_POST_AT_DESK,
        _act(DISCLOSES, done=400),
    ),
    "desk/council-reports/": (DESK, DESK),
    "desk/council-reports.csv": (DESK, DESK),
    "desk/council-reports.xlsx": (DESK, DESK),
    "desk/council-reports/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES), (404, ROLES)],) * 2,
    "desk/council-reports/<uuid:uid>/<str:act>/": (
        ONLY_POST_AT_DESK,
        _act(DISCLOSES, done=400),
    ),
    "desk/posting-places/": (DESK, DESK),
    "desk/posting-places.csv": (DESK, DESK),
    "desk/posting-places.xlsx": (DESK, DESK),
    "desk/posting-places/new/": (
        [(302, [ANYONE]), (200, DISCLOSES_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, DISCLOSES_SOMEWHERE), (403, ROLES)],
    ),
    "desk/posting-places/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES), (404, ROLES)],) * 2,
    "desk/posting-places/<uuid:uid>/<str:act>/": (ONLY_POST_AT_DESK, _act(DISCLOSES, done=400)),
    "desk/disclosure-items/": (DESK, DESK),
    "desk/disclosure-items.csv": (DESK, DESK),
    "desk/disclosure-items.xlsx": (DESK, DESK),
    "desk/disclosure-items/<int:pk>/": (DESK, DESK),
    "desk/disclosure-items/<int:pk>/amend/": ([(302, [ANYONE]), (403, ROLES)],) * 2,
    "desk/disclosure-items/<int:pk>/<str:act>/": ([(302, [ANYONE]), (403, ROLES)],) * 2,
    "desk/projects.xlsx": (DESK, DESK),
    "desk/projects/": (DESK, DESK),
    "desk/projects.csv": (DESK, DESK),
    "desk/projects/new/": (
        [(302, [ANYONE]), (200, BOARDS_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, BOARDS_SOMEWHERE), (403, ROLES)],
    ),
    "desk/projects/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES_BOARD), (404, ROLES)],) * 2,
    "desk/projects/<uuid:uid>/<str:act>/": (ONLY_POST_AT_DESK, _act(RECOGNISES, SEES_BOARD)),
    "desk/verifications.csv": (DESK, DESK),
    "desk/verifications.xlsx": (DESK, DESK),
    "desk/verifications/": (DESK, DESK),
    "desk/verifications/new/": (
        [(302, [ANYONE]), (200, ASKS_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, ASKS_SOMEWHERE), (403, ROLES)],
    ),
    "desk/verifications/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES_BOARD), (404, ROLES)],) * 2,
    "desk/verifications/<uuid:uid>/<str:act>/": (
        ONLY_POST_AT_DESK,
        _act(ASKS_BOARD, SEES_BOARD, 400),
    ),
    "desk/board-reports/": (DESK, DESK),
    "desk/board-reports.csv": (DESK, DESK),
    "desk/board-reports.xlsx": (DESK, DESK),
    "desk/board-reports/new/": (
        [(302, [ANYONE]), (200, ROUNDS_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, ROUNDS_SOMEWHERE), (403, ROLES)],
    ),
    "desk/board-reports/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES_BOARD), (404, ROLES)],) * 2,
    "desk/board-reports/<uuid:uid>/<str:act>/": (ONLY_POST_AT_DESK, _act(SENDS_REPORT, SEES_BOARD)),
    "desk/board-reports/<uuid:uid>/file.<str:ending>": (
        [(302, [ANYONE]), (200, SEES_BOARD), (404, ROLES)],
    )
    * 2,
    "desk/board-reports/<uuid:uid>/rows/<str:key>/": (
        [(302, [ANYONE]), (200, SEES_BOARD), (404, ROLES)],
    )
    * 2,
    "desk/scores/": (DESK, DESK),
    "desk/scores.csv": (DESK, DESK),
    "desk/scores.xlsx": (DESK, DESK),
    "desk/scores/new/": (
        [(302, [ANYONE]), (200, SCORE_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, SCORE_SOMEWHERE), (403, ROLES)],
    ),
    "desk/scores/<int:pk>/": ([(302, [ANYONE]), (200, SEES_SCORE), (404, ROLES)],) * 2,
    "desk/scores/<int:pk>/<str:act>/": (
        ONLY_POST_AT_DESK,
        _act(DRAFTS_SCORE, SEES_SCORE, 400),
    ),
    "desk/office-reports/": (DESK, DESK),
    "desk/office-reports.csv": (DESK, DESK),
    "desk/office-reports.xlsx": (DESK, DESK),
    "desk/office-reports/new/": (
        [(302, [ANYONE]), (200, REPORT_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, REPORT_SOMEWHERE), (403, ROLES)],
    ),
    "desk/office-reports/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES), (404, ROLES)],) * 2,
    "desk/office-reports/<uuid:uid>/edit/": (
        _act(DRAFTS_REPORT, done=200),
        _act(DRAFTS_REPORT, done=400),
    ),
    "desk/office-reports/<uuid:uid>/<str:act>/": (ONLY_POST_AT_DESK, _act(DRAFTS_REPORT)),
    "desk/rounds/": (DESK, DESK),
    "desk/rounds.csv": (DESK, DESK),
    "desk/rounds.xlsx": (DESK, DESK),
    "desk/rounds/new/": (
        [(302, [ANYONE]), (200, ROUNDS_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, ROUNDS_SOMEWHERE), (403, ROLES)],
    ),
    "desk/rounds/line/": (DESK, [(302, [ANYONE]), (400, ROUNDS_SOMEWHERE), (403, ROLES)]),
    "desk/rounds/line/<uuid:uid>/<str:sent_hash>/": (
        ONLY_POST_AT_DESK,
        _act(DRAFTS_ROUND, SEES_ROUND, 200),
    ),
    "desk/line/": (DESK, [(302, [ANYONE]), (405, ROLES)]),
    "desk/rounds/worker.js": (OPEN, JUST_READ),
    "desk/records/worker.js": (OPEN, JUST_READ),
    "desk/statements/worker.js": (OPEN, JUST_READ),
    "desk/obligations/worker.js": (OPEN, JUST_READ),
    "desk/commitments/worker.js": (OPEN, JUST_READ),
    "desk/findings/worker.js": (OPEN, JUST_READ),
    "desk/recommendations/worker.js": (OPEN, JUST_READ),
    "desk/verifications/worker.js": (OPEN, JUST_READ),
    "desk/projects/worker.js": (OPEN, JUST_READ),
    "desk/rounds/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES_ROUND), (404, ROLES)],) * 2,
    "desk/rounds/<uuid:uid>/edit/": (
        _act(DRAFTS_ROUND, SEES_ROUND, 200),
        _act(DRAFTS_ROUND, SEES_ROUND, 400),
    ),
    "desk/rounds/<uuid:uid>/<str:act>/": (ONLY_POST_AT_DESK, _act(DRAFTS_ROUND, SEES_ROUND)),
    "desk/findings.xlsx": (DESK, DESK),
    "desk/findings/": (DESK, DESK),
    "desk/findings.csv": (DESK, DESK),
    "desk/findings/new/": (
        [(302, [ANYONE]), (200, ROUNDS_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, ROUNDS_SOMEWHERE), (403, ROLES)],
    ),
    "desk/findings/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES_ROUND), (404, ROLES)],) * 2,
    "desk/findings/<uuid:uid>/<str:act>/": (ONLY_POST_AT_DESK, _act(WITHDRAWS_ROUND, SEES_ROUND)),
    "desk/imports/": (
        [(302, [ANYONE]), (200, IMPORT_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, IMPORT_SOMEWHERE), (403, ROLES)],
    ),
    "desk/imports/sample.csv": (DESK, DESK),
    "desk/imports/sample.xlsx": (DESK, DESK),
    # nobody of these sent the file: tests/desk/test_imports.py, test_corrected_sheets.py
    **dict.fromkeys(
        [
            "desk/imports/<str:file_hash>/",
            "desk/imports/<str:file_hash>/problems.csv",
            "desk/imports/<str:file_hash>/file/",
        ],
        ([(302, [ANYONE]), (404, IMPORT_SOMEWHERE), (403, ROLES)],) * 2,
    ),
    "desk/": (DESK, DESK),
    "desk/figures/": (DESK, DESK),
    "desk/figures.csv": (DESK, DESK),
    "desk/records/": (DESK, DESK),
    "desk/records.csv": (DESK, DESK),
    "desk/records.xlsx": (DESK, DESK),
    "desk/confirm/": (DESK, [(302, [ANYONE]), (400, ROLES)]),
    "desk/records/new/": (
        [(302, [ANYONE]), (200, DRAFT_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, DRAFT_SOMEWHERE), (403, ROLES)],
    ),
    "desk/records/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES), (404, ROLES)],) * 2,
    "desk/records/<uuid:uid>/edit/": (_act(DRAFTS, done=200), _act(DRAFTS, done=400)),
    "desk/records/<uuid:uid>/correct/": (_act(CONFIRMS, ROLES, 200), _act(CONFIRMS, ROLES, 400)),
    "desk/records/<uuid:uid>/<str:act>/": (ONLY_POST_AT_DESK, _act(CONFIRMS)),
    "desk/records/<uuid:uid>/papers/": (ONLY_POST_AT_DESK, _act(DRAFTS)),
    "desk/statements/": (DESK, DESK),
    "desk/statements.csv": (DESK, DESK),
    "desk/statements.xlsx": (DESK, DESK),
    "desk/statements/new/": (
        [(302, [ANYONE]), (200, STATE_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, STATE_SOMEWHERE), (403, ROLES)],
    ),
    "desk/statements/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES), (404, ROLES)],) * 2,
    "desk/statements/<uuid:uid>/edit/": (_act(STATES, done=200), _act(STATES, done=400)),
    "desk/statements/<uuid:uid>/correct/": (
        _act(CONFIRMS_STATEMENTS, done=200),
        _act(CONFIRMS_STATEMENTS, done=400),
    ),
    "desk/statements/<uuid:uid>/papers/": (ONLY_POST_AT_DESK, _act(STATES)),
    "desk/statements/<uuid:uid>/<str:act>/": (ONLY_POST_AT_DESK, _act(CONFIRMS_STATEMENTS)),
    "desk/obligations/": (DESK, DESK),
    "desk/obligations.csv": (DESK, DESK),
    "desk/obligations.xlsx": (DESK, DESK),
    "desk/due-revisions/": (DESK, DESK),
    "desk/due-revisions.csv": (DESK, DESK),
    "desk/due-revisions.xlsx": (DESK, DESK),
    "desk/obligations/new/": (
        [(302, [ANYONE]), (200, OWE_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, OWE_SOMEWHERE), (403, ROLES)],
    ),
    "desk/obligations/<uuid:uid>/": ([(302, [ANYONE]), (200, SEES_OBLIGATION), (404, ROLES)],) * 2,
    "desk/obligations/<uuid:uid>/<str:act>/": (ONLY_POST_AT_DESK, _act(OWES, SEES_OBLIGATION)),
    "desk/recommendations.csv": (DESK, DESK),
    "desk/recommendations.xlsx": (DESK, DESK),
    "desk/recommendations/": (DESK, DESK),
    "desk/recommendations/new/": (
        [(302, [ANYONE]), (200, RECOMMEND_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, RECOMMEND_SOMEWHERE), (403, ROLES)],
    ),
    "desk/recommendations/<uuid:uid>/": (
        [(302, [ANYONE]), (200, SEES_RECOMMENDATION), (404, ROLES)],
    )
    * 2,
    # the one there is confirmed
    "desk/recommendations/<uuid:uid>/edit/": (
        _act(DRAFTS_RECOMMENDATION, SEES_RECOMMENDATION),
        _act(DRAFTS_RECOMMENDATION, SEES_RECOMMENDATION, 400),
    ),
    "desk/recommendations/<uuid:uid>/<str:act>/": (
        ONLY_POST_AT_DESK,
        _act(WITHDRAWS, SEES_RECOMMENDATION),
    ),
    "desk/papers/<int:pk>/": ([(302, [ANYONE]), (200, SEES), (404, ROLES)],) * 2,
    "desk/papers/<int:pk>/detach/": ([(302, [ANYONE, *DRAFTS, *SEES]), (404, ROLES)], _act(DRAFTS)),
    # the hall: without a pass one listens
    "hall/<int:pk>/": (OPEN, OPEN),
    "hall/<int:pk>/state.json": (OPEN, JUST_READ),
    "hall/<int:pk>/mine.json": ([(403, ROLES)], JUST_READ),
    "hall/<int:pk>/papers/<int:paper>/": ([(200, SEES), (403, ROLES)], JUST_READ),
    "hall/<int:pk>/screen/": (OPEN, OPEN),
    "hall/<int:pk>/speaker/": (OPEN, OPEN),
    "hall/<int:pk>/chair/": ([(200, CHAIRS_POLL), (403, ROLES)],) * 2,
    "hall/<int:pk>/chair/<str:act>/": (ONLY_POST, [(400, CHAIRS_POLL), (403, ROLES)]),
    "hall/<int:pk>/questions/": ([(200, MODERATES), (403, ROLES)],) * 2,
    "hall/<int:pk>/questions/<str:act>/": (ONLY_POST, [(400, MODERATES), (403, ROLES)]),
    "hall/<int:pk>/room/": ([(403, ROLES)],) * 2,
    "hall/<int:pk>/room/enter/": (ONLY_POST, [(403, ROLES)]),
    "hall/<int:pk>/room/entries/": (ONLY_POST, [(403, ROLES)]),
    "hall/<int:pk>/room/worker.js": (OPEN, JUST_READ),
    "hall/<int:pk>/ask/": ([(403, ROLES)], [(403, ROLES)]),
    **dict.fromkeys(
        [f"hall/<int:pk>/{act}/" for act in ("vote", "want", "hand", "unhand")],
        (ONLY_POST, [(403, ROLES)]),
    ),
    # people, their offices, the set-up
    **dict.fromkeys(
        [
            "desk/people/",
            "desk/people.csv",
            "desk/people.xlsx",
            "desk/account-invitations/",
            "desk/account-invitations.csv",
            "desk/account-invitations.xlsx",
        ],
        ([(302, [ANYONE]), (200, APPOINT_SOMEWHERE), (403, ROLES)],) * 2,
    ),
    "desk/people/<int:pk>/": ([(302, [ANYONE]), (200, SEES_CLERK), (404, ROLES)],) * 2,
    "desk/people/<int:pk>/<str:act>/": (ONLY_POST_AT_DESK, _act(CLOSES_CLERK, SEES_CLERK)),
    "desk/account-invitations/new/": (
        [(302, [ANYONE]), (200, APPOINT_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, APPOINT_SOMEWHERE), (403, ROLES)],
    ),
    "desk/account-invitations/import/": (
        [(302, [ANYONE]), (200, APPOINT_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, APPOINT_SOMEWHERE), (403, ROLES)],
    ),
    "desk/account-invitations/import/sample.<str:ending>": (
        [(302, [ANYONE]), (200, APPOINT_SOMEWHERE), (403, ROLES)],
    )
    * 2,
    # nobody of these sent the file: tests/staff/test_people_sheet.py
    **dict.fromkeys(
        [
            "desk/account-invitations/import/<str:file_hash>/",
            "desk/account-invitations/import/<str:file_hash>/problems.csv",
            "desk/account-invitations/import/<str:file_hash>/file/",
        ],
        ([(302, [ANYONE]), (404, APPOINT_SOMEWHERE), (403, ROLES)],) * 2,
    ),
    "desk/account-invitations/letters/": (
        [(302, [ANYONE]), (200, APPOINT_SOMEWHERE), (403, ROLES)],
        [(302, [ANYONE]), (400, APPOINT_SOMEWHERE), (403, ROLES)],
    ),
    "desk/account-invitations/<uuid:uid>/": ([(302, [ANYONE]), (200, APPOINTS), (404, ROLES)],) * 2,
    "desk/account-invitations/<uuid:uid>/<str:act>/": (
        ONLY_POST_AT_DESK,
        _act(APPOINTS, APPOINTS),
    ),
    "desk/rights/": (DESK, [(302, [ANYONE]), (400, ROLES)]),
    "desk/setup/": ([(302, [ANYONE]), (403, ROLES)],) * 2,
    "desk/setup/<str:act>/": ([(302, [ANYONE]), (403, ROLES)],) * 2,
    "accounts/join/": (OPEN, [(400, ROLES)]),
    "accounts/join/<str:code>/": ([(400, ROLES)],) * 2,
    "accounts/recover/": (OPEN, [(400, ROLES)]),
    "accounts/setup/": (AWAY, AWAY),
    "accounts/restore/": (AWAY, AWAY),
    "accounts/restoring/": ([(403, ROLES)],) * 2,
    "accounts/setup/<str:secret>/": (OPEN, [(403, ROLES)]),
    # accounts, by the log-in library
    "accounts/login/": (FOR_STRANGERS, FOR_STRANGERS),
    "accounts/logout/": ([(302, [ANYONE]), (200, ROLES)], AWAY),
    "accounts/inactive/": (OPEN, JUST_READ),
    "accounts/reauthenticate/": (FOR_ACCOUNTS, FOR_ACCOUNTS),
    "accounts/password/change/": (FOR_ACCOUNTS, FOR_ACCOUNTS),
    "accounts/password/set/": (AWAY, AWAY),
    "accounts/password/reset/": (OPEN, OPEN),
    "accounts/password/reset/done/": (OPEN, JUST_READ),
    "accounts/password/reset/key/done/": (OPEN, JUST_READ),
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": (OPEN, OPEN),
    "accounts/login/code/confirm/": (AWAY, AWAY),
    "accounts/2fa/": (FOR_ACCOUNTS, [(302, [ANYONE]), (405, ROLES)]),
    "accounts/2fa/authenticate/": (AWAY, AWAY),
    "accounts/2fa/reauthenticate/": (AWAY, AWAY),
    "accounts/2fa/totp/activate/": (AWAY, AWAY),
    "accounts/2fa/totp/deactivate/": ([(302, [ANYONE]), (404, ROLES)],) * 2,
    "accounts/2fa/recovery-codes/": ([(302, [ANYONE]), (404, ROLES)], ONLY_POST_AT_DESK),
    "accounts/2fa/recovery-codes/generate/": (AWAY, AWAY),
    "accounts/2fa/recovery-codes/download/": ([(302, [ANYONE]), (404, ROLES)],) * 2,
    "accounts/3rdparty/login/cancelled/": (OPEN, JUST_READ),
    "accounts/3rdparty/login/error/": ([(401, ROLES)], JUST_READ),
    "accounts/3rdparty/": (FOR_ACCOUNTS, FOR_ACCOUNTS),
    "accounts/social/login/cancelled/": (MOVED, MOVED),
    "accounts/social/login/error/": (MOVED, MOVED),
    "accounts/social/connections/": (MOVED, MOVED),
    "accounts/oidc/<slug:provider_id>/login/": (CLOSED, CLOSED),
    "accounts/oidc/<slug:provider_id>/login/callback/": (CLOSED, CLOSED),
} | dict.fromkeys(
    [
        "accounts/^(?:email|confirm-email|signup|social/signup|3rdparty/signup)/",
        "accounts/signup/",
        "accounts/email/",
        "accounts/confirm-email/",
        r"accounts/^confirm-email/(?P<key>[-:\w]+)/$",
        "accounts/3rdparty/signup/",
        "accounts/social/signup/",
    ],
    (CLOSED, CLOSED),
)

# Which thing an address of one thing is asked for, and what is sent to it.
OF_CONFIRMED = (
    "records/<uuid:uid>/",
    "desk/records/<uuid:uid>/correct/",
)
OF_STATED = ("desk/statements/<uuid:uid>/correct/",)
MORE = {
    "api/v1/rules/<key>/due": "?event=2024-08-18",
    f"desk/rounds/line/<uuid:uid>/{'a' * 64}/": "?offset=0",
    "api/v1/rules/<key>/judge": "?part=5",
    "desk/records/new/": "?kind=dialogue",
    "api/v1/figures/<key>": "?unit=1",
    "api/v1/figures/<key>/evidence": "?unit=1",
    "api/v1/figures/<key>/by-unit": "?unit=1&level=commune",
}


def address_of(route, world):
    """The address a role asks for, with the things of the world in it."""
    if route.startswith("tables/"):
        return "/" + route.replace("<slug:key>", "decisions")
    if route == "api/v1/lists/<name>":
        uid, route = None, route.replace("<name>", "findings")
    elif "disclosures/papers/" in route:
        uid = world.disclosure.versions.get().uid
    elif "disclosures/photos/" in route:
        uid = world.posted["photo"]
    elif "disclosures/sheets/" in route:
        uid = world.posted["sheet"]
    elif "information-requests/" in route:
        uid, route = world.asked.uid, route.replace("<str:act>", "refuse")
    elif "disclosure-plans/" in route:
        uid, route = world.disclosure_plan.uid, route.replace("<str:act>", "add")
    elif "council-reports/" in route:
        uid, route = world.council_report.uid, route.replace("<str:act>", "send")
    elif "contests/" in route:
        uid, route = world.contest.uid, route.replace("<str:act>", "uphold")
    elif "disclosures/" in route:
        uid, route = world.disclosure.uid, route.replace("<str:act>", "renew")
    elif "posting-places/" in route:
        uid, route = world.posting_place.uid, route.replace("<str:act>", "close")
    elif "disclosure-items/" in route:
        uid = None
        route = route.replace("<int:pk>", str(world.disclosure_item.pk))
        route = route.replace("<str:act>", "amend")
    elif route.startswith("verbs/"):
        uid, route = None, route.replace("<str:verb>", "know")
    elif route in OF_CONFIRMED:
        uid = world.confirmed.uid
    elif route in OF_STATED:
        uid = world.stated.uid
    elif "desk/bodies/" in route:
        uid = None
        route = route.replace("<int:pk>", str(world.body.pk)).replace("<str:act>", "close")
        route = route.replace("<str:ending>", "csv")
    elif "online-votes/" in route:
        uid = world.online_poll.uid
    elif "roll-sheets/" in route or "decision-photos/" in route:
        uid, route = world.roll_sheet.uid, route.replace("<str:act>", "photograph")
    elif "count-sheets/" in route:
        uid, route = world.count_sheet.uid, route.replace("<str:act>", "photograph")
    elif "head-elections/" in route:
        uid, route = world.election.uid, route.replace("<str:act>", "nominate")
        route = route.replace("<str:kind>.<str:ending>", "posting.pdf")
    elif "village-heads/" in route:
        uid, route = world.head.uid, route.replace("<str:act>", "vacate")
    elif "conventions/" in route:
        uid, route = world.convention.uid, route.replace("<str:act>", "withdraw")
        route = route.replace("<str:kind>.<str:ending>", "text.pdf")
    elif "village-conferences/" in route:
        uid, route = world.village_conference.uid, route.replace("<str:act>", "cancel")
        route = route.replace("<str:kind>.<str:ending>", "plan.pdf")
    elif "works-without-decision/" in route:
        uid, route = world.works.uid, route.replace("<str:act>", "withdraw")
    elif "decisions/" in route:
        uid, route = world.decision.uid, route.replace("<str:act>", "withdraw")
        route = route.replace("<int:number>/<str:kind>.<str:ending>", "1/list.pdf")
    elif "desk/households/" in route:
        uid = world.household.uid
        route = route.replace("<str:act>", "leave").replace("<str:ending>", "csv")
    elif "desk/villages/" in route:
        uid = None
        route = route.replace("<int:pk>", str(world.village.pk)).replace("<str:act>", "close")
        route = route.replace("<str:ending>", "csv")
    elif "account-invitations/" in route:
        uid = world.office_invitation.uid
        route = route.replace("<str:act>", "withdraw").replace("<str:ending>", "csv")
    elif "boards/" in route:
        uid, route = world.term.uid, route.replace("<str:act>", "recognise")
    elif "verifications/" in route:
        uid, route = world.verification.uid, route.replace("<str:act>", "withdraw")
    elif "board-reports/" in route:
        uid, route = (
            world.board_report.uid,
            route.replace("<str:key>", "findings")
            .replace("<str:ending>", "pdf")
            .replace("<str:act>", "send"),
        )
    elif "office-reports/" in route:
        uid, route = world.office_report.uid, route.replace("<str:act>", "submit")
    elif "rounds/" in route:
        uid, route = (
            world.round.uid,
            route.replace("<str:act>", "discard").replace("<str:sent_hash>", "a" * 64),
        )
    elif route.startswith("journal/records/"):
        uid, route = world.confirmed.uid, route.replace("<slug:kind>", "event")
    elif route.startswith("journal/"):
        size = str(world.checkpoint.size)
        uid, route = None, re.sub("<int:(size|earlier)>", size, route).replace("<int:number>", "1")
    elif "polls/" in route:
        uid, route = (
            (world.drafted_poll if route.startswith("desk/") else world.poll).uid,
            route.replace("<str:act>", "cancel"),
        )
    elif "plans/" in route:
        uid, route = world.plan.uid, route.replace("<str:act>", "notify")
    elif "opinions/" in route:
        uid, route = world.opinion.uid, route.replace("<str:act>", "hide")
        route = route.replace("<str:ending>", "csv")
    elif "desk/propositions/" in route:
        uid, route = world.question.uid, route.replace("<str:act>", "hide")
    elif "consultations/" in route:
        uid, route = world.consultation.uid, route.replace("<str:act>", "cancel")
    elif "projects/" in route:
        uid, route = world.project.uid, route.replace("<str:act>", "finish")
    elif "desk/findings/" in route:
        uid, route = world.finding.uid, route.replace("<str:act>", "withdraw")
    elif "minutes/" in route:
        uid = world.minutes.uid if route.startswith("desk/") else world.shown.uid
        route = route.replace("<str:act>", "approve").replace("paper.<str:ending>", "paper.pdf")
    elif "commitments/" in route:
        uid, route = world.promise.uid, route.replace("<str:act>", "withdraw")
    elif "passages/" in route:
        uid, route = None, route.replace("<uuid:mark>", str(world.shown.passages.get().mark))
    elif "desk/bookings/" in route:
        uid, route = world.booking.uid, route.replace("<str:act>", "cancel")
    elif "days/<uuid" in route:
        uid = world.reception_day.uid
    elif "reception/" in route and "notice." in route:
        uid, route = world.refused.uid, route.replace("<str:ending>", "pdf")
    elif "reception/" in route:
        uid, route = world.visit.uid, route.replace("<str:act>", "answer")
    elif "petitions/" in route:
        uid = world.petition.uid
        route = route.replace("<str:line>", "ihanoi").replace("sample.<str:ending>", "sample.csv")
    else:
        uid = (
            world.statement.uid
            if "statements" in route
            else world.obligation.uid
            if "obligations" in route
            else world.recommendation.uid
            if "recommendations" in route
            else world.draft.uid
        )
    if "conferences/" in route and "village-" not in route:
        uid = world.hall_delegate.uid
        route = (
            route.replace(
                "<str:act>",
                "down"
                if "programme/" in route
                else "absent"
                if "delegates/" in route
                else "rooms"
                if "passes/" in route
                else "close",
            )
            .replace("<int:pass_id>", str(world.hall_pass.pk))
            .replace("<str:ending>", "csv")
        )
        route = route.replace("<int:pk>", str(world.hall.pk)).replace(
            "<int:paper>", str(world.hall_paper.pk)
        )
        route = route.replace("<int:item>", str(world.hall_paper.item_id)).replace(
            "<int:point>", str(world.hall_point.pk)
        )
    if route.startswith("hall/"):
        route = (
            route.replace("<str:act>", "open" if "chair" in route else "show")
            .replace("<int:pk>", str(world.hall.pk))
            .replace("<int:paper>", str(world.hall_paper.pk))
        )
    route = (
        route.replace("<str:act>", "withdraw").replace(
            "letters/<int:number>.<str:ending>", "letters/1.pdf"
        )
        if "petitions/" in route
        else route
    )
    if "vault/" in route:
        route = route.replace("<str:pseudonym>", world.denounced.sealed.pseudonym).replace(
            "<str:act>", "ask"
        )
    route = route.replace("services/<str:code>", "services/road")
    if "people/" in route or "setup/" in route:
        act = "close" if "people/" in route else "place"
        route = route.replace("<str:act>", act).replace("<str:secret>", "a" * 32)
    route = (
        route.replace("<str:ending>", "json")
        .replace("<str:token>", "PA-0000-0000")
        .replace("<str:code>", "PA-0000-0000")
        if "open311" in route or "<str:code>" in route
        else route
    )
    pk = (
        world.accounts["commune_clerk@own"].pk
        if "people/" in route
        else world.promise.papers.get().pk
        if "commitments/papers" in route
        else world.answer_text.pk
        if "answers/" in route
        else world.petition.papers.get().pk
        if "petitions/papers" in route
        else world.seal.pk
        if "seals" in route
        else world.score.pk
        if "scores/" in route
        else world.draft_paper.pk
        if "papers" in route
        else world.places["own"].pk
    )
    route = route.replace("<str:act>", "correct") if "scores/" in route else route
    route = (
        route.replace("<str:act>", "meet")
        if "obligations" in route
        else route.replace("<str:act>", "withdraw")
        if "recommendations" in route
        else route
    )
    key = "pib.members" if route.endswith("judge") else "pib.answer"
    found = (
        route.replace("<str:key>", key).replace("<key>", key)
        if "law/" in route or "rules/" in route
        else route
    )
    for hole, value in {
        r"^confirm-email/(?P<key>[-:\w]+)/$": "confirm-email/abc/",
        "^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "password/reset/key/1-abc/",
        "<str:key>": "dialogues",
        "<key>": "dialogues",
        "<str:name>": REPORT,
        "<str:door>": "fault",
        "<int:pk>": pk,
        "<int:year>": 2026,
        "<uuid:uid>": uid,
        "<unit>": pk,
        "<str:act>": "confirm",
        "<str:ending>": ".csv",
        "<str:file_hash>": "0" * 64,
        "^(?:email|confirm-email|signup|social/signup|3rdparty/signup)": "email",
        "^(?P<provider_id>[^/]+)": "sso",
    }.items():
        found = found.replace(hole, str(value))
    return f"/{found}{MORE.get(route, '')}"


def sent_to(route):
    """What a POST carries: a paper where papers are taken, else enough that a form is filled
    in, and wrong.
    """
    from django.core.files.uploadedfile import SimpleUploadedFile

    if route.endswith("papers/"):
        return {"file": SimpleUploadedFile("moi.pdf", PDF + b"%")}
    return {
        "reason": "Ghi nhầm sổ",
        "title": "",
        "on": "05/03/2026",
        **({"text": "Thôi"} if "petitions/" in route or "reception/" in route else {}),
    }


def expected(route, role, method):
    cases = EXPECTED[route][method == "post"]
    status = next(status for status, roles in cases if role in roles)
    if method == "post" and route.startswith("desk/") and role == ANYONE and status == 302:
        return 403  # what was typed comes back, with the way to log in
    return status
