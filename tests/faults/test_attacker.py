"""An attacker collects everything that a reader without a right can fetch about petitions and
receptions, sets up the bounds of every count that is not published, and learns of no small one.
"""

import io
import re
import zipfile
from datetime import date
from fractions import Fraction
from itertools import product
from types import SimpleNamespace
from urllib.parse import urlsplit
from uuid import uuid4
from xml.etree.ElementTree import fromstring

import pytest
from django.db import DatabaseError, transaction
from django.urls import resolve, reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from danchu.casework.loading import load_matters
from danchu.casework.models import Petition
from danchu.figures.actions import release_periods, release_year
from danchu.figures.blur import seen_figure
from danchu.figures.catalogue import INDICATORS
from danchu.figures.evidence import evidence
from danchu.figures.models import ReleasedFigure
from danchu.figures.suppression import SMALLEST_SHOWN, Tree, safe_parts, safe_totals
from danchu.journal.actions import publish_checkpoint, record
from danchu.journal.loading import found_digests
from danchu.kernel.days import Period, today
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from danchu.register.actions import confirm_event, draft_event
from danchu.register.models import Event
from danchu.reports.actions import edit_report, issue_report, start_report
from danchu.reports.document import fill
from danchu.reports.indicator_names import name_in_text
from danchu.reports.models import OfficeReport
from danchu.reports.sealing import base_figures, evidence_lines, text_of
from danchu.reports.template import Form, Reference
from danchu.subjects.room import public_sections, sections
from danchu.subjects.verbs import VERBS
from danchu.units.models import Unit
from tests.bounds import THRESHOLD, Bounds, told
from tests.casework.test_tables import petition_of
from tests.people.conftest import holder, make_unit, offices, person, system  # noqa: F401
from tests.site.addresses import ANYONE, EXPECTED, expected
from tests.sizes import one_in, part, turn

BY = Actor.system("test")
NATURES = ("complaint", "denunciation", "feedback")
YEARS = (2023, 2024)
TODAY = date(2026, 4, 2)
# Periods of reports that are no years.
REPORTS = (
    Period(date(2023, 1, 1), date(2024, 7, 1)),
    Period(date(2023, 3, 1), date(2024, 3, 1)),
    Period(date(2023, 7, 1), date(2024, 10, 1)),
    Period(date(2023, 7, 1), date(2024, 1, 1)),
)
WHOLE = "petitions_received"
VISITORS = "reception_visitors"
ATOM = "{http://www.w3.org/2005/Atom}"


# ---- random numbers, without a database

LEAVES = st.lists(
    st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), max_size=4),
    min_size=1,
    max_size=4,
)


def places_of(provinces):
    """{place: (its own counts by nature, its places)} of lists of provinces of leaves."""
    tree = {}
    for number, leaves in enumerate(provinces):
        tree[f"p{number}"] = {f"p{number}c{at}": counts for at, counts in enumerate(leaves)}
    return tree


@pytest.mark.case("FI9")
@pytest.mark.case("FA1")
@settings(max_examples=120, deadline=None)
@given(LEAVES, st.lists(st.integers(0, 9), min_size=3, max_size=3))
def test_a_breakdown_beside_totals_tells_no_small_count(provinces, own):
    """Totals and natures by province. The last leaf of a province is its own part; the nation has
    an own part too.
    """
    tree = places_of(provinces)
    natures = range(3)
    value = {}
    sums = []
    for province, leaves in tree.items():
        for nature in natures:
            parts = [(leaf, nature) for leaf in leaves]
            value |= {(leaf, nature): counts[nature] for leaf, counts in leaves.items()}
            value[province, nature] = sum(value[part] for part in parts)
            if parts:
                sums.append(((province, nature), parts))
    value |= {("own", nature): own[nature] for nature in natures}
    for nature in natures:
        parts = [(place, nature) for place in (*tree, "own")]
        value["all", nature] = sum(value[part] for part in parts)
        sums.append((("all", nature), parts))
    places = sorted({place for place, _nature in value})
    for place in places:
        value[place, ""] = sum(value[place, nature] for nature in natures)
        sums.append(((place, ""), [(place, nature) for nature in natures]))
    for province, leaves in tree.items():
        if leaves:
            sums.append(((province, ""), [(leaf, "") for leaf in leaves]))
    sums.append((("all", ""), [(place, "") for place in (*tree, "own")]))
    # Provinces that merge later: every pair of them is a place of another map.
    for first, second in zip(list(tree), list(tree)[1:], strict=False):
        for nature in (*natures, ""):
            sums.append(((f"{first}+{second}", nature), [(first, nature), (second, nature)]))

    map_of_places = Tree("all", dict.fromkeys(tree, ()))
    totals = {place: Fraction(value[place, ""]) for place in (*tree, "all")}
    shown = safe_totals(map_of_places, totals)
    parts = [{place: Fraction(value[place, n]) for place in (*tree, "all")} for n in natures]
    breakdowns = safe_parts(map_of_places, totals, shown, parts)
    known = {(place, ""): number for place, number in shown.items()}
    for place, numbers in breakdowns.items():
        known |= {(place, n): number for n, number in zip(natures, numbers, strict=True)}
    assert all(number >= SMALLEST_SHOWN and number == value[cell] for cell, number in known.items())
    hidden = [cell for whole, cells in sums for cell in (whole, *cells)]
    # A province without places of its own is one place: its leaves are not asked for.
    assert not told(sums, known, hidden)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), max_size=5), min_size=1, max_size=4), st.integers(0, 9))
def test_totals_by_commune_tell_no_small_count(provinces, own):
    """Totals of communes; the last of a province is its own part, which is never published."""
    value = {"all own": own}
    communes = {}
    sums = []
    for number, counts in enumerate(provinces):
        cells = [f"p{number}c{at}" for at in range(len(counts))]
        value |= dict(zip(cells, counts, strict=True))
        value[f"p{number}"] = sum(counts)
        communes[f"p{number}"] = tuple(cells[:-1])
        if cells:
            sums.append((f"p{number}", cells))
    value["all"] = own + sum(value[province] for province in communes)
    sums.append(("all", [*communes, "all own"]))
    totals = {cell: Fraction(number) for cell, number in value.items()}
    shown = safe_totals(Tree("all", communes), totals)
    own_parts = {cells[-1] for whole, cells in sums if whole != "all"}
    assert not shown.keys() & own_parts
    hidden = [cell for cell in value if len(communes.get(cell[:2], (1,))) or cell not in own_parts]
    assert not told(sums, shown, hidden)


def test_the_nation_is_told_only_beside_enough_that_is_not():
    tree = Tree("all", {"a": (), "b": (), "c": ()})
    assert safe_totals(tree, {"all": 30, "a": 20, "b": 10}) == {"a": 20, "b": 10}
    assert safe_totals(tree, {"all": 34, "a": 20, "b": 10, "c": 4}) == {"a": 20, "b": 10}
    assert safe_totals(tree, {"all": 36, "a": 20, "b": 10, "c": 4}) == {
        "a": 20,
        "b": 10,
        "all": 36,
    }


# ---- pages and answers


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Three provinces with three, two and one communes; petitions and receptions of two years."""
    with django_db_blocker.unblock(), transaction.atomic():
        nation = make_unit("nation", "Việt Nam")
        provinces = [make_unit("province", name, nation) for name in ("Hà Nội", "Huế", "Lai Châu")]
        communes = {
            province.pk: [
                make_unit("commune", f"Xã {number} {province.pk}", province).pk
                for number in range(count)
            ]
            for province, count in zip(provinces, (3, 2, 1), strict=True)
        }
        here = SimpleNamespace(nation=nation.pk, communes=communes, today=TODAY)
        _record_events(here)
        yield here
        transaction.set_rollback(True)


# Petitions of a year by province, commune (the last number: the province's own) and nature.
COUNTS = {
    2023: [
        [(9, 2, 14), (0, 1, 3), (7, 4, 8), (1, 0, 0)],
        [(6, 3, 9), (2, 3, 0), (0, 0, 0)],
        [(1, 0, 2), (0, 0, 1)],
    ],
    2024: [
        [(3, 1, 4), (2, 0, 3), (1, 0, 2), (0, 0, 0)],
        [(8, 9, 9), (7, 6, 5), (0, 0, 1)],
        [(2, 4, 3), (0, 0, 0)],
    ],
}


def _record_events(here):
    events = []
    for year, provinces in COUNTS.items():
        for (province, communes), counts in zip(here.communes.items(), provinces, strict=True):
            for unit, natures in zip((*communes, province), counts, strict=True):
                for nature, count in zip(NATURES, natures, strict=True):
                    events += [
                        _event(unit, date(year, 1 + (3 * at + unit) % 12, 1 + at % 28), form=nature)
                        for at in range(count)
                    ]
                events += [
                    _event(
                        unit, date(year, 1 + at % 12, 5), kind="reception", participants=1 + at % 3
                    )
                    for at in range(natures[0])
                ]
    Event.objects.bulk_create(events)


def _event(unit, held_on, kind="petition", **more):
    return Event(
        uid=uuid4(),
        kind=kind,
        held_on=held_on,
        unit_id=unit,
        state="confirmed",
        title="Việc",
        recorded_by="test",
        recorded_at=timezone.now(),
        **more,
    )


@pytest.fixture
def reader(world, db, client):
    """A client without an account; both years have been published, and for the periods of reports
    what of the first two provinces tells no small count beside them.
    """
    release_periods(
        product((WHOLE, VISITORS), REPORTS[:2]), next(iter(world.communes)), TODAY, by=BY
    )
    for year in YEARS:
        release_year(year, by=BY)
    second = list(world.communes)[1]
    assert release_periods(product((WHOLE, VISITORS), REPORTS), second, TODAY, by=BY)
    world.report = _sealed_report(next(iter(world.communes)))
    world.record = _public_record(world)
    world.checkpoints = [publish_checkpoint(by=BY).size]
    record(BY, "test.more")
    world.checkpoints.append(publish_checkpoint(by=BY).size)
    return client


def _sealed_report(province):
    """A report of an office that names figures of petitions and receptions in every form."""
    keys = (WHOLE, *(f"{WHOLE}.{nature}" for nature in NATURES), VISITORS, "visit_count")
    names = [name_in_text(key) for key in keys]
    all_names = "; ".join(names)
    lines = [
        *(f"Có {{{name}}}, {{{name} so cùng kỳ}}." for name in names),
        *(f"[Bảng: Bảng | {all_names}{level}]" for level in ("", " | theo xã", " | so cùng kỳ")),
        *(f"[Biểu đồ: Nhiều năm | {name}]" for name in names),
    ]
    report = start_report(
        by=BY,
        unit=Unit.objects.get(pk=province),
        since=date(2024, 1, 1),
        last=date(2024, 12, 31),
        title="Năm 2024",
    )
    edit_report(report, by=BY, title="Năm 2024", text="\n".join(lines))
    return issue_report(OfficeReport.objects.get(pk=report.pk), by=BY)


def _public_record(world):
    unit = Unit.objects.get(pk=world.communes[next(iter(world.communes))][1])
    event = draft_event("conference", by=BY, unit=unit, held_on=date(2024, 5, 6), title="Hội nghị")
    return confirm_event(event, by=BY)


def units_of(world):
    """Every unit of the world."""
    provinces = list(world.communes)
    return [world.nation, *provinces, *(unit for part in world.communes.values() for unit in part)]


def periods(months=(3,)):
    """(since, until) of every period that the attacker tries: years, some months, and from long ago
    up to each of these months; those of reports.
    """
    yield from ((one.since, one.until) for one in REPORTS)
    for year in YEARS:
        yield date(year, 1, 1), date(year + 1, 1, 1)
        for month in months:
            until = date(year + month // 12, month % 12 + 1, 1)
            yield date(year, month, 1), until
            yield date(2000, 1, 1), until


def answers(client, world, keys):
    """{(key, unit, since, until): value} of every figure that the API tells."""
    values = {}
    for key, unit, (since, until) in product(keys, units_of(world), periods()):
        query = f"unit={unit}&since={since}&until={until}&map={TODAY}"
        answer = client.get(f"/api/v1/figures/{key}?{query}")
        body = answer.json()
        if answer.status_code == 200 and body["value"] is not None:
            values[key, unit, since, until] = Fraction(body["value"])
    return values


def months_of(since, until):
    """The months of the world's years that begin in a period."""
    return [
        date(year, month, 1)
        for year in YEARS
        for month in range(1, 13)
        if since <= date(year, month, 1) < until
    ]


def model(world):
    """(the sums between the counts of petitions by nature, place and month, what is hidden)."""
    natures = ("", *NATURES)
    spans = [*months_of(date(2000, 1, 1), date(2099, 1, 1)), *YEARS]
    places = [*units_of(world), *(f"own {unit}" for unit in (world.nation, *world.communes))]
    sums = [
        ((place, "", span), [(place, nature, span) for nature in NATURES])
        for place, span in product(places, spans)
    ]
    for nature, year in product(natures, YEARS):
        months = months_of(date(year, 1, 1), date(year + 1, 1, 1))
        sums += [
            ((place, nature, year), [(place, nature, at) for at in months]) for place in places
        ]
    inside = {unit: [*communes, f"own {unit}"] for unit, communes in world.communes.items()}
    inside[world.nation] = [*world.communes, f"own {world.nation}"]
    sums += [
        ((place, nature, span), [(part, nature, span) for part in parts])
        for (place, parts), nature, span in product(inside.items(), natures, spans)
    ]
    return sums, [cell for whole, cells in sums for cell in (whole, *cells)]


def learned(values, sums):
    """The cells that the values of the API say, and the sums with those of other periods."""
    known = {}
    extra = []
    for (key, unit, since, until), value in values.items():
        nature = key.removeprefix(WHOLE).removeprefix(".")
        months = months_of(since, until)
        years = [year for year in YEARS if len(months) == 12 and months[0].year == year]
        if years:
            known[unit, nature, years[0]] = value
        else:
            cell = unit, nature, (since, until)
            known[cell] = value
            extra.append((cell, [(unit, nature, month) for month in months]))
    return known, [*sums, *extra]


@pytest.mark.case("FA1")
@pytest.mark.case("FI9")
@pytest.mark.case("SE-M1")
def test_no_small_count_follows_from_all_answers_together(reader, world):
    keys = [WHOLE, *(f"{WHOLE}.{nature}" for nature in NATURES)]
    values = answers(reader, world, keys)
    assert values, "something is published"
    years = {(date(year, 1, 1), date(year + 1, 1, 1)) for year in YEARS}
    periods_told = {(since, until) for _key, _unit, since, until in values}
    assert years < periods_told <= years | {(one.since, one.until) for one in REPORTS}
    sums, hidden = model(world)
    known, sums = learned(values, sums)
    assert told(sums, known, hidden) == {}
    bounds = Bounds(sums, known)
    assert all(bounds.high[cell] >= THRESHOLD for cell in hidden)


def addresses(world):
    """Whatever a reader without an account can ask about some places of the world."""
    keys = [key for key, indicator in INDICATORS.items() if indicator.sensitive]
    headlines = (WHOLE, f"{WHOLE}.denunciation", VISITORS, "visit_count", "files_received")
    province, communes = next(iter(world.communes.items()))
    for unit in (world.nation, province, communes[1]):
        yield f"/units/{unit}/?on=2024-12-31"
        yield f"/?my={unit}"
        yield f"/api/v1/units/{unit}"
        yield f"/petitions/?unit={unit}&year=2024"
        yield f"/reception/?unit={unit}"
        for key in headlines:
            yield f"/figures/{key}/?unit={unit}&year=2024"
            yield f"/figures/{key}/feed.atom?unit={unit}&year=2024"
            yield f"/api/v1/figures/{key}?unit={unit}&since=2023-01-01&until=2025-01-01"
        yield f"/figures/{WHOLE}/?unit={unit}&since=2024-01-01&last=2024-05-31"
        yield f"/figures/{WHOLE}/?unit={unit}&since=2023-01-01&last=2024-06-30"
        for more in ("sample=seed", "after=2024-06-30", "level=commune", "own=commune", "map="):
            yield f"/figures/{WHOLE}/?unit={unit}&year=2024&{more}"
    question = f"unit={world.nation}&since=2024-01-01&until=2025-01-01"
    yield from (f"/api/v1/figures/{key}?{question}" for key in keys)
    for key in (*headlines, "files_overdue", "petition_resolution_rate"):
        yield f"/api/v1/figures/{key}/evidence?{question}"
        yield f"/api/v1/figures/{key}/by-unit?{question}&level=province"
        yield f"/api/v1/figures/{key}/by-unit?{question}&level=commune"
        for ending in ("csv", "xlsx"):
            yield f"/figures/{key}/evidence.{ending}?unit={world.nation}&year=2024"
        yield f"/figures/{key}/places.csv?unit={world.nation}&year=2024&level=commune"
    others = part(keys, 16, "feeds of sensitive figures")
    yield from (f"/figures/{key}/feed.atom?unit={world.nation}" for key in others)
    yield from (f"/verbs/{verb}/?my={communes[1]}" for verb in VERBS)
    yield from (
        "/",
        "/figures/",
        "/figures/?q=don&family=G",
        "/units/?on=2024-12-31",
        f"/units/choices.json?q=xa&id={province}",
        *_journal_addresses(world),
        *_report_addresses(world),
        "/law/",
        "/law/rules.csv",
        "/place/",
        "/accessibility/",
        "/petitions/follow/",
        f"/petitions/told.json?place={communes[1]}&title=viec",
        "/reception/bookings/",
        "/opinions/follow/",
        f"/reception/days/{world.record.uid}/",
        f"/search/?q=khieu+nai+{'+'.join(NATURES)}",
        "/search/?q=Hue+tiep+cong+dan",
        "/search/?q=135",
        "/api/v1/figures",
        "/api/v1/rules",
        "/api/v1/units?q=xa",
        "/api/v1/openapi.json",
        "/open311/v2/discovery.json",
        "/open311/v2/services.json",
        "/open311/v2/requests.xml",
        f"/compare/?unit={province}&unit={communes[1]}&year=2024&key={WHOLE}",
        f"/figures/{WHOLE}/",
        "/petitions/",
        "/search/?q=viec",
        "/api/v1/lists",
        "/open311/v2/requests.json",
        "/open311/v2/requests.json?start_date=2023-01-01T00:00:00Z",
    )
    yield from (f"/api/v1/lists/{section.listing.name}" for section in sections())
    for section in public_sections():
        address = reverse(section.listing.name.replace("-", "_"))
        yield from (address, f"{address.rstrip('/')}.atom", f"{address.rstrip('/')}.csv")


def _journal_addresses(world):
    first, last = world.checkpoints
    kinds = ("event", "petition", "visit", "statement", "obligation")
    return [
        *("/journal/", "/journal/keys", "/journal/checkpoint"),
        *(f"/journal/checkpoints/{size}" for size in world.checkpoints),
        *(f"/journal/proofs/{number}" for number in range(1, last + 2)),
        f"/journal/consistency/{first}/{last}",
        *(f"/journal/records/{kind}/{world.record.uid}/" for kind in kinds),
        *(f"/journal/records/{kind}/{world.record.uid}/proof.json" for kind in kinds),
    ]


def _report_addresses(world):
    name = world.report.name
    return [
        *("/report/", f"/report/{name}/", f"/report/{name}/?map={TODAY}"),
        *(f"/report/{name}/file{ending}" for ending in (".html", ".csv", ".json")),
        f"/report/seals/{world.report.seal_id}/",
    ]


def fetched(client, world):
    """{address: (status, what the answer says, the headers that depend on it)}."""
    answers = {}
    for address in addresses(world):
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = words_of_book(body) if body.startswith(b"PK") else body.decode()
        text = re.sub(r'(csrfmiddlewaretoken" value="|nonce=")[^"]*', "", text)
        text = re.sub(r"<dcterms:(created|modified)\b[^>]*>[^<]*", "", text)  # of a workbook: now
        headers = {name: answer.headers.get(name) for name in ("ETag", "Last-Modified", "Link")}
        answers[address] = answer.status_code, text, headers
    return answers


# Addresses that the attacker need not ask, by their beginning or end, and why.
ELSEWHERE = {
    "accounts/": "logging in",
    "hall/": "a hall",
    "h/": "the door of a hall",
    "conferences/<": "a conference",
    "polls/": "a poll and its recount",
    "commitments/": "a promise that was made in public",
    "minutes/": "approved minutes",
    "projects/<": "an investment project",
    "records/<": "a record of a public kind",
    "consultations/<": "what people were asked",
    "opinions/<": "what people said, let in for everyone to read",
    "decisions/<": "what households decided",
    "works-without-decision/<": "works of the people",
    "head-elections/<": "an election of a head",
    "village-heads/<": "a head of a village",
    "conventions/<": "a village convention",
    "village-conferences/<": "a yearly conference",
    "online-votes/<": "a vote of households on line: tests/decision/test_online.py",
    "disclosure-items/<": "what the law lists",
    "disclosures/": "what was disclosed",
    "disclosure-plans/<": "what will be disclosed in a year",
    "tables/": "what was disclosed, asked, decided and met about",
    "information/": "the form of a request for information, and its state by a secret",
    "law/<": "the law",
    "follow/": "what may be followed; its letters: tests/following",
    "api/v1/rules/<": "the law",
    "style/": "the look of pages",
    "petitions/send/": "forms",
    "petitions/outlook.json": "what the law says of a complaint that is being written",
    "open311/v2/services/": "the list of matters",
    "worker.js": "a script",
    ".xlsx": "the rows of the CSV of the same list",
}


def is_elsewhere(route):
    return any(route.startswith(one) or route.endswith(one) for one in ELSEWHERE)


def test_every_public_address_is_asked(reader, world):
    """A new page is asked for by the attacker too, or says here why not."""
    routes = {resolve(urlsplit(address).path).route for address in addresses(world)}
    public = {route for route in EXPECTED if expected(route, ANYONE, "get") == 200}
    assert [route for route in sorted(public - routes) if not is_elsewhere(route)] == []
    sensitive = ("figures/", "petitions/", "reception/", "search/", "units/", "verbs/", "api/v1/f")
    sensitive += ("journal/", "report/")
    asked = {route for route in routes if route.startswith(sensitive)}
    assert asked == {route for route in public if route.startswith(sensitive)} - {
        route for route in public if route.startswith(("petitions/send/", "petitions/outlook"))
    }


def test_a_feed_says_what_figures_of_years_say_and_nothing_else(reader, world):
    told_by_feeds = 0
    for key, unit in product((WHOLE, f"{WHOLE}.denunciation", VISITORS), units_of(world)):
        feed = fromstring(reader.get(f"/figures/{key}/feed.atom?unit={unit}&year=2024").content)
        titles = [entry.find(f"{ATOM}title").text for entry in feed.iter(f"{ATOM}entry")]
        values = {}
        for year in YEARS:
            query = f"unit={unit}&since={year}-01-01&until={year + 1}-01-01"
            answer = reader.get(f"/api/v1/figures/{key}?{query}")
            if answer.status_code == 200 and answer.json()["value"] is not None:
                values[year] = answer.json()["value"]
        numbers = dict(re.search(r", (\d{4}): (\d+) ", title).groups() for title in titles)
        numbers = {int(year): number for year, number in numbers.items()}
        assert numbers.items() <= values.items() and (2024 in numbers) == (2024 in values)
        told_by_feeds += len(numbers)
    assert told_by_feeds


def report_text(world):
    """What a report says of petitions and receptions to the public, with its numbers."""
    keys = [WHOLE, f"{WHOLE}.denunciation", VISITORS, "petition_resolution_rate"]
    sentence = ("Nhận ", *(Reference(key, False, frozenset(), {}) for key in keys), ".")
    blocks = [
        {"kind": "paragraph", "text": {"vi": sentence}},
        *(
            {"kind": "table", "text": {"vi": "Bảng"}, "keys": tuple(keys), "level": level}
            for level in ("", "province", "commune")
        ),
    ]
    texts = []
    for period in (Period.year(2024), Period(date(2023, 1, 1), date(2024, 6, 1))):
        form = Form("x", str(world.nation), period, date(2024, 12, 31), {"vi": "x"}, tuple(blocks))
        document = fill(form)
        texts.append([text_of(document), [figure.value for figure in document.figures]])
        for figure in base_figures(document):  # published numbers, no rows
            assert all(ref.startswith(("year:", "period:")) for ref in evidence_lines(figure))
    return texts


@turn(4, together=0)
@pytest.mark.case("FA1")
@pytest.mark.case("SE-M1")
def test_two_days_with_late_moved_and_withdrawn_rows_between_read_the_same(reader, world):
    """Whatever becomes of the rows after the year was published, no public answer changes: so
    none depends on a row, and the difference of two days tells nothing.
    """
    load_matters(by=BY)
    before = fetched(reader, world), report_text(world)
    commune = world.communes[next(iter(world.communes))][1]
    late = [_event(commune, date(2024, 11, day), form="denunciation") for day in range(1, 8)]
    late += [_event(commune, date(2026, 10, 7), form="denunciation")]
    late += [_event(commune, date(2024, 2, 2), kind="reception", participants=9)]
    Event.objects.bulk_create(late)
    old = Event.objects.filter(kind="petition", held_on__year=2024, form="complaint")
    Event.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:3])).update(
        state="withdrawn"
    )
    drawn = {"sort": "ours", "done": 3, "solved": True, "verdict": "founded", "late": True}
    drawn |= {"stage": "first", "matter": "land_use", "nature": "denunciation", "way": 0}
    unit = Unit.objects.get(pk=commune)
    Petition.objects.bulk_create(
        petition_of({**drawn, "received_on": date(2024, 7, day)}, unit) for day in (1, 2)
    )
    after = fetched(reader, world), report_text(world)
    assert sum(answer[0] == 200 for answer in before[0].values()) > len(before[0]) * 3 / 4
    different = [one for one, answer in before[0].items() if after[0][one] != answer]
    assert different == []
    assert before[1] == after[1]


HASH = re.compile(r"[0-9a-f]{64}|[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{60,}=*|\d\d:\d\d(:\d\d)?")


@one_in(3)
@pytest.mark.case("FA1")
@pytest.mark.parametrize("act", ["petition.registered", "visit.recorded", "petition.stepped"])
def test_the_journal_tells_of_a_petition_what_it_tells_of_any_other_act(reader, world, act):
    """As many entries about other matters give the same answers, but for their hashes."""
    before = world.checkpoints

    def answers_after(act, **data):
        with transaction.atomic():
            for _number in range(7):
                record(BY, act, None, **data)
            world.checkpoints = [before[-1], publish_checkpoint(by=BY).size]
            asked = {one: reader.get(one) for one in _journal_addresses(world)}
            transaction.set_rollback(True)
        return {
            one: (answer.status_code, HASH.sub("#", answer.content.decode()))
            for one, answer in asked.items()
        }

    with transaction.atomic():
        found_digests(by=BY)
        world.record = _public_record(world)
        about_petitions = answers_after(act, nature="denunciation", verdict="founded")
        about_others = answers_after("event.drafted", kind="conference")
        transaction.set_rollback(True)
    assert about_petitions == about_others
    proofs = [one for one, (status, _text) in about_others.items() if status == 200]
    assert len(proofs) > 10 and any(one.endswith("proof.json") for one in proofs)
    text = str(about_petitions)
    assert not any(word in text for word in ("denunciation", "founded", "petition.", "visit."))


def test_the_pages_of_a_sealed_report_say_published_numbers_only(reader, world):
    """Of the figures of petitions and receptions; each is ≥ the smallest number shown."""
    published = {row.value for row in ReleasedFigure.objects.all()}
    document = reader.get(f"/report/{world.report.name}/file.json").json()
    said = [figure for figure in figures_in(document) if figure["value"] is not None]
    assert said
    for figure in said:
        assert str(figure["value"]) in published, figure
        assert Fraction(str(figure["value"])) >= SMALLEST_SHOWN


@pytest.mark.case("FA1")
def test_the_files_of_a_sealed_report_say_no_number_that_its_page_does_not(reader, world):
    """The paper, which is one source for DOCX and PDF, and the sheet, also what they carry unseen.
    Days are no counts.
    """
    name = world.report.name
    on_the_page = numbers_in(reader.get(f"/report/{name}/file.html").content.decode())
    document = reader.get(f"/report/{name}/file.json").json()
    exact = {str(figure["value"]) for figure in figures_in(document)}
    for ending in (".docx", ".xlsx"):
        said = numbers_in(words_of_book(reader.get(f"/report/{name}/file{ending}").content))
        assert said & on_the_page
        assert said - on_the_page - exact == set(), ending


def words_of_book(content):
    """The XML of all parts of a DOCX or XLSX."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name for name in archive.namelist() if name.endswith(".xml")}
        parts -= {"docProps/app.xml"}  # the version of the program
        return "\n".join(archive.read(part).decode() for part in sorted(parts))


TAG = re.compile(r"<[^>]*>")
# A cell of a sheet that is a text: its number in the table of texts.
PLACE_OF_TEXT = re.compile(r'<c [^>]*t="s"[^>]*><v>\d+</v>')
DAY = re.compile(
    r"\d{4}-\d\d-\d\d\S*|\d{1,2}/\d{1,2}/\d{4}|\d{1,2}/\d{4}|"
    r"ngày\s+\d+\s+tháng\s+\d+\s+năm\s+\d+"
)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def numbers_in(markup):
    """The numbers a reader sees in HTML or XML, without those of days."""
    text = TAG.sub(" ", PLACE_OF_TEXT.sub(" ", markup))
    return set(NUMBER.findall(DAY.sub(" ", text)))


def figures_in(value):
    """Every mapping with a key and a value in a document of JSON."""
    if isinstance(value, list):
        for one in value:
            yield from figures_in(one)
    elif isinstance(value, dict):
        if {"key", "value"} <= value.keys():
            yield value
        for one in value.values():
            yield from figures_in(one)


def test_a_year_is_published_once_and_not_before_it_has_closed(reader, world):
    assert release_year(2024, by=BY) == 0
    with pytest.raises(Refused, match="01/03"):
        release_year(today().year, by=BY)
    with pytest.raises(Denied):
        release_year(2024, by=Actor.public())
    with pytest.raises(DatabaseError), transaction.atomic():
        ReleasedFigure.objects.update(value="7")


@pytest.mark.case("SE-M1")
def test_another_period_is_refused_with_the_ones_there_are(reader, world):
    province = next(iter(world.communes))
    for since, until in (("2023-03-07", "2023-03-08"), ("2000-01-01", "2023-10-15")):
        answer = reader.get(f"/api/v1/figures/{WHOLE}?unit={province}&since={since}&until={until}")
        assert answer.status_code == 400
        assert "trọn năm" in answer.json()["error"] and answer.json()["field"] == "since"
    page = reader.get(
        f"/figures/{WHOLE}/?unit={province}&since=2023-03-07&last=2023-03-07"
    ).content.decode()
    assert "không nêu" in page and "trọn năm" in page


@pytest.mark.case("SE-M1")
def test_an_account_sees_exact_counts_within_its_own_scope_only(reader, world, holder, person):
    first, second = list(world.communes)[:2]
    commune = world.communes[first][0]
    clerk = Actor.of(holder("petition_officer", Unit.objects.get(pk=commune)).account)
    stranger = Actor.of(person("Không Chức Vụ"))
    denunciations = INDICATORS[f"{WHOLE}.denunciation"]
    day = Period(date(2023, 1, 1), date(2023, 1, 2))
    for actor, unit, sees in (
        (clerk, commune, True),
        (clerk, world.communes[second][0], False),
        (clerk, first, False),
        (clerk, world.nation, False),
        (stranger, commune, False),
        (Actor.public(), commune, False),
        (BY, commune, True),
    ):
        figure = seen_figure(denunciations, unit, day, TODAY, actor)
        assert figure.is_hidden is not sees
        assert evidence(denunciations, unit, day, TODAY, actor).blurred is not sees
