"""Views of lists that an official saves: opened by the list's navigation, of this account alone."""

from html import unescape

import pytest
from django.http import QueryDict

from danchu.inspection.room import ROOM
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from danchu.subjects.actions import MOST_VIEWS, change_view, remove_view, save_view
from danchu.subjects.models import SavedView
from danchu.subjects.narrowing import narrowing
from tests.browser import inspect
from tests.desk.test_boards import offices, world  # noqa: F401
from tests.desk.test_lists import many  # noqa: F401
from tests.markup import tight

FINDINGS = next(one.listing for one in ROOM.sections if one.listing.name == "findings")
QUERY = "q=muc+1&sort=title&column=found_on"


def save(client, name="Mức 1", query=QUERY, **more):
    typed = {"listing": "findings", "name": name, "query": query, **more}
    return client.post("/desk/views/save/", typed)


def heads(page):
    return [column.name for column in page.context["columns"]]


def test_a_saved_view_opens_the_same_rows_in_the_same_order_and_columns(client, many):
    asked = client.get(f"/desk/findings/?{QUERY}&typed=1&after=&since=")
    assert save(client, query=asked.context["query_kept"]).url == f"/desk/findings/?{QUERY}"
    whole = client.get("/desk/findings/")
    assert f'href="?{QUERY}"' in unescape(whole.content.decode())
    seen = client.get(f"/desk/findings/?{QUERY}")
    assert [line.row.title for line in seen.context["lines"]] == ["Thu quỹ sai mức 1"] * 2
    assert heads(seen) == [
        column.name for column in FINDINGS.columns if column.links or column.name == "found_on"
    ]
    assert seen.context["view_here"].name == "Mức 1"
    # the filter form keeps the columns, the form of columns keeps the filters
    page = tight(seen.content.decode())
    assert '<input type="hidden" name="column" value="found_on">' in page
    assert '<input type="hidden" name="q" value="muc 1">' in page


def test_the_first_view_opens_the_list_and_the_whole_list_stays_one_press_away(client, many):
    save(client, is_default="1")
    opened = client.get("/desk/findings/")
    assert (opened.status_code, opened.url) == (302, f"/desk/findings/?{QUERY}")
    whole = client.get("/desk/findings/?typed=1")
    assert len(whole.context["lines"]) == len(FINDINGS.rows(Actor.of(many.chair)))
    save(client, name="Khác", query="sort=title", is_default="1")
    assert client.get("/desk/findings/").url == "/desk/findings/?sort=title"
    assert SavedView.objects.filter(is_default=True).count() == 1


def test_a_view_is_renamed_and_removed_and_two_do_not_have_one_name(client, many):
    save(client)
    save(client, name="Khác", query="sort=title")
    view = SavedView.objects.get(name="Mức 1")
    page = client.post(f"/desk/views/{view.pk}/", {"name": "Khác"}, follow=True)
    assert "Đã có cách xem tên “Khác”" in page.content.decode()
    client.post(f"/desk/views/{view.pk}/", {"name": " Thu  quỹ "})
    assert set(SavedView.objects.values_list("name", flat=True)) == {"Thu quỹ", "Khác"}
    assert client.post(f"/desk/views/{view.pk}/", {"remove": "1"}).status_code == 302
    assert client.post(f"/desk/views/{view.pk}/", {"remove": "1"}).status_code == 404
    assert list(SavedView.objects.values_list("name", flat=True)) == ["Khác"]


def test_saving_under_a_name_again_replaces_the_view(client, many):
    save(client)
    save(client, query="sort=title")
    assert SavedView.objects.get().query == "sort=title"


@pytest.mark.parametrize("query", ["sort=zzz", "column=zzz", "since=31/02/2025", "state=zzz"])
def test_what_the_list_does_not_read_is_not_saved(client, many, query):
    assert "/desk/findings/" in save(client, query=query).url
    assert not SavedView.objects.exists()


def test_a_column_that_the_list_does_not_have_is_refused(client, many):
    page = client.get("/desk/findings/?column=zzz")
    assert page.status_code == 400
    assert "không có cột “zzz”" in page.content.decode()


def test_a_view_is_of_one_account_alone(client, many):
    save(client, is_default="1")
    view = SavedView.objects.get()
    client.force_login(many.clerk)
    assert client.get("/desk/findings/").status_code == 200
    assert client.post(f"/desk/views/{view.pk}/", {"remove": "1"}).status_code == 404
    stranger = Actor.of(many.clerk)
    with pytest.raises(Denied):
        change_view(view, by=stranger, name="Của tôi", is_default=False)
    with pytest.raises(Denied):
        remove_view(view, by=stranger)
    for nobody in (Actor.public(), Actor.system("test")):
        with pytest.raises(Denied):
            save_view(FINDINGS, by=nobody, name="x", query=QueryDict(""))
    assert SavedView.objects.get() == view


def test_too_many_views_and_a_name_without_letters_are_refused(many):
    chair = Actor.of(many.chair)
    for number in range(MOST_VIEWS):
        save_view(FINDINGS, by=chair, name=f"Cách {number}", query=QueryDict("sort=title"))
    for name in ("Thêm", "", " ", "x" * 61):
        with pytest.raises(Refused):
            save_view(FINDINGS, by=chair, name=name, query=QueryDict("sort=title"))
    assert SavedView.objects.count() == MOST_VIEWS


def test_names_typed_into_a_filter_of_the_body_are_never_saved():
    from danchu.staff.sections.people import LISTING as PEOPLE  # late: declared when rooms are

    assert narrowing(PEOPLE, QueryDict("q=Lan&sort=name&after=1.x&typed=1")).urlencode() == (
        "sort=name"
    )


@pytest.mark.browser
def test_a_list_with_saved_views_is_for_everyone(browser_page, client, site, many):
    save(client)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}
    browser_page.context.add_cookies([cookie])
    inspect(browser_page, f"/desk/findings/?{QUERY}")
