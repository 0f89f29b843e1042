"""Feeds for whoever follows a list or a figure, and rows of a figure drawn at random."""

from datetime import date
from xml.etree import ElementTree

import pytest

from danchu.figures.catalogue import INDICATORS
from danchu.figures.evidence import evidence
from danchu.figures.evidence_sample import MOST, sample
from danchu.inspection.actions import register_project
from danchu.inspection.models import Project
from danchu.kernel.days import Period, today
from danchu.people.actor import Actor
from danchu.portal import feeds
from danchu.register.actions import confirm_event, draft_event
from danchu.subjects.room import public_sections
from danchu.units.find import unit_from

BY = Actor.system("test")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def ward(country, db):
    return unit_from("00070@2026-03-03")


def recorded(unit, day, kind="supervision_217", **more):
    event = draft_event(kind, by=BY, unit=unit, held_on=day, title=f"Giám sát {day}", **more)
    return confirm_event(event, by=BY)


def entries(answer):
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    assert root.findtext(f"{ATOM}updated") and root.findtext(f"{ATOM}id")
    return root.findall(f"{ATOM}entry")


def test_a_figure_that_changed_comes_as_a_new_entry(client, ward):
    recorded(ward, date(2026, 3, 3))
    address = f"/figures/supervisions_217/feed.atom?unit={ward.pk}&year=2026"
    first = client.get(address)
    ids = [entry.findtext(f"{ATOM}id") for entry in entries(first)]
    assert len(ids) == len(set(ids))
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    recorded(ward, date(2026, 3, 4))
    second = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    new = [entry.findtext(f"{ATOM}id") for entry in entries(second)]
    assert [one for one in new if one not in ids] == new[:1]
    link = entries(second)[0].find(f"{ATOM}link").get("href")
    assert client.get(link.removeprefix("http://testserver")).status_code == 200


def test_the_feed_of_a_figure_of_persons_is_that_of_the_public_for_an_official_too(
    client, ward, django_user_model
):
    """Received by three persons only, which is never published."""
    recorded(
        ward, date(today().year - 1, 9, 3), "reception", participants=3, people=3, form="regular"
    )
    address = f"/figures/reception_visitors/feed.atom?unit={ward.pk}&year={today().year - 1}"
    assert entries(client.get(address)) == []
    account = django_user_model.objects.create(email="a@example.vn", name="A")
    client.force_login(account)
    assert entries(client.get(address)) == []


@pytest.mark.case("FA6")
def test_a_title_of_an_earlier_version_that_xml_cannot_hold_breaks_no_feed(client, ward):
    project = register_project(
        by=BY,
        unit=ward,
        name="Nhà văn hóa",
        owner="UBND phường",
        capital="community",
        begun_on=date(2026, 3, 3),
    )
    Project.objects.filter(pk=project.pk).update(name="Nhà\x0bvăn hóa \ufffe tổ 5")
    (entry,) = entries(client.get("/projects.atom"))
    assert entry.findtext(f"{ATOM}title").startswith("Nhà")


def test_each_public_list_can_be_followed(client, ward):
    for section in public_sections():
        rows = section.listing.rows(Actor.public()).count()  # of catalogues that are loaded
        assert len(entries(client.get(f"/{section.listing.name}.atom"))) == min(rows, feeds.MOST)
        assert client.get(f"/{section.listing.name}.atom", {"since": "x"}).status_code == 400


@pytest.fixture
def thirty(ward):
    return [recorded(ward, date(2026, 1, 1 + number)) for number in range(30)]


def asked(ward, seed, most=None):
    indicator = INDICATORS["supervisions_217"]
    question = (indicator, ward.pk, Period.year(2026), date(2026, 12, 31), Actor.public())
    return sample(*question, seed) if most is None else evidence(*question, limit=most)


def test_the_same_seed_draws_the_same_rows_and_another_seed_others(ward, thirty):
    rows = {row.pk for row in asked(ward, "", most=50).rows}
    assert len(rows) == 30
    drawn = {seed: [row.pk for row in asked(ward, seed).rows] for seed in map(str, range(20))}
    for seed, keys in drawn.items():
        assert keys == [row.pk for row in asked(ward, seed).rows]
        assert len(keys) == len(set(keys)) == MOST and set(keys) <= rows
    assert len({tuple(keys) for keys in drawn.values()}) == 20
    assert set().union(*drawn.values()) == rows


def test_a_sample_of_few_rows_is_all_of_them(ward):
    recorded(ward, date(2026, 3, 3))
    assert len(asked(ward, "7").rows) == 1


def test_the_page_leads_to_a_seed_that_nobody_chose_and_can_be_cited(client, ward, thirty):
    address = f"/figures/supervisions_217/?unit={ward.pk}&year=2026"
    page = client.get(address).content.decode()
    assert "Mở hai mươi hồ sơ bất kỳ" in page
    answer = client.get(f"{address}&sample=new")
    assert answer.status_code == 302 and "sample=new" not in answer.url
    cited = client.get(answer.url)
    rows = [row.pk for row in cited.context["evidence"]["rows"]]
    assert len(rows) == MOST
    assert rows == [row.pk for row in client.get(answer.url).context["evidence"]["rows"]]
    assert answer.url.rpartition("sample=")[2].partition("#")[0] in cited.content.decode()


def test_rows_of_a_figure_of_persons_are_not_drawn(client, ward):
    recorded(ward, date(2026, 3, 3), "reception", participants=3, people=3, form="regular")
    address = f"/figures/reception_visitors/?unit={ward.pk}&year=2025&sample=5"
    assert client.get(address).context["evidence"]["rows"] == []


@pytest.mark.parametrize("seed", ["%27", "a" * 500, "\u0000x", "<b>", "²"])
def test_whatever_stands_as_a_seed_draws_rows(client, ward, thirty, seed):
    answer = client.get(f"/figures/supervisions_217/?unit={ward.pk}&year=2026", {"sample": seed})
    assert answer.status_code in (200, 400)
