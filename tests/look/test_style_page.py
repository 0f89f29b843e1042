"""Every component in a real browser, for everyone."""

import pytest

from tests.browser import assert_accessible, inspect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_the_components_are_accessible_and_fit_in_both_widths_and_themes(browser_page):
    inspect(browser_page, "/style/")
    inspect(browser_page, "/accessibility/")


def test_the_pages_of_refusal_are_accessible(browser_page):
    inspect(browser_page, "/khong-co/", status=404)


def test_the_theme_is_remembered_without_script(page_without_script):
    page = page_without_script
    page.goto("/style/")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("button", name="Nền tối").click()
    page.locator("[data-theme=dark]").wait_for()
    assert page.url.endswith("/style/")
    dark = page.evaluate(paper)
    assert dark != light
    page.goto("/")
    assert page.evaluate(paper) == dark
    page.get_by_role("button", name="Theo máy").click()
    page.locator("html:not([data-theme])").wait_for()
    assert page.evaluate(paper) == light


def test_the_keyboard_reaches_the_content_first(browser_page):
    browser_page.goto("/style/")
    browser_page.keyboard.press("Tab")
    assert browser_page.evaluate("document.activeElement.textContent") == "Đến nội dung chính"
    browser_page.keyboard.press("Enter")
    assert browser_page.evaluate("document.activeElement.id") == "content"


def test_axe_finds_a_planted_fault(browser_page):
    browser_page.goto("/style/")
    browser_page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(browser_page)
